import { describe, expect, test } from 'vitest';
import type { RunEvent, TrialResult } from '../../harness/model.ts';
import { Progress } from '../../reports/progress.ts';
import { columnsOf } from '../../reports/wrap.ts';
import { exampleReport, HEAP } from '../support/report-fixture.ts';

const report = exampleReport();
const trials = report.trials.slice(0, 2).map(judged => judged.result.trial);
const [first, second] = trials.map(trial => trial.id) as [string, string];

describe('progress into a pipe', () => {
  test('tells the start and the end of every trial and nothing between', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: report.scenarios });
    const lines = events().map(event => progress.textFor(event));
    expect(lines.filter(line => line !== '')).toEqual([
      '2 trials planned; one in doubt goes on, for up to 1 min (--budget)\n',
      'started auto-reload/leaky/1\n',
      'started auto-reload/fixed/1\n',
      'warning no heap diff by class: no compiler; leakgate doctor says what is there; verdicts do not need it\n',
      'done    auto-reload/leaky/1: 1,000 reloads in 13.9 s, heap +231 MB, 3 samples\n',
      'faulted auto-reload/fixed/1: hung: during iteration 12: no sign of life within 2 s; 0 samples kept\n',
      'finished in 1 min 23 s\n',
    ]);
  });

  test('says nothing of a budget that the limit of iterations leaves no use for', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: report.scenarios });
    const limited = trials.map(trial => {
      const { iterations } = trial.options;
      return { ...trial, options: { ...trial.options, maxIterations: 2 * iterations - 1 } };
    });
    expect(progress.textFor({ type: 'plan', trials: limited })).toBe('2 trials planned\n');
  });

  test('says of a long trial how far it is, every 20 s at most', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: report.scenarios });
    progress.textFor({ type: 'plan', trials });
    progress.textFor({ type: 'trial:start', trial: second });
    const told = [5, 19, 20, 39, 45, 80].map(seconds => {
      const sample = {
        iteration: 10 * seconds,
        elapsed: 1000 * seconds,
        measuring: 0,
        settled: true,
        readings: {},
      };
      return progress.textFor({ type: 'sample', trial: second, sample });
    });
    expect(told).toEqual([
      '',
      '',
      'still   auto-reload/fixed/1: 200 of 2,000 reloads, 3 min left\n',
      '',
      'still   auto-reload/fixed/1: 450 of 2,000 reloads, 2 min 35 s left\n',
      'still   auto-reload/fixed/1: 800 of 2,000 reloads, 2 min left\n',
    ]);
  });

  test('says of a trial that gave no reading for 20 s that it may be ended, until one comes', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: report.scenarios });
    progress.textFor({ type: 'plan', trials });
    progress.textFor({ type: 'trial:start', trial: second });
    const silent = (seconds: number) =>
      `still   auto-reload/fixed/1: no reading for ${seconds} s; without a sign of life it is ended after 2 min (--deadline)\n`;
    const told = () => progress.textAfter(20_000);
    expect([told(), told(), told()]).toEqual(['', silent(20), silent(40)]);
    const sample = { iteration: 10, elapsed: 70_000, measuring: 0, settled: true, readings: {} };
    progress.textFor({ type: 'sample', trial: second, sample });
    expect([told(), told()]).toEqual(['', silent(20)]);
  });

  test('brings in no control codes from names and messages', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: [] });
    const trial = { ...trials[0]!, id: 'a\u001b[2J/b/1' };
    const text = [
      progress.textFor({ type: 'plan', trials: [trial] }),
      progress.textFor({ type: 'trial:start', trial: trial.id }),
      progress.textFor({ type: 'trial:end', trial: trial.id, result: faulted('line one\nline two\u0007') }),
    ].join('');
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text.split('\n')).toHaveLength(4);
  });

  test('does not call a trial faulted that was interrupted', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: report.scenarios });
    progress.textFor({ type: 'plan', trials });
    const result = { ...faulted('Interrupted during iteration 12') } as TrialResult & { outcome: 'faulted' };
    const fault = { ...result.fault, kind: 'interrupted' as const };
    expect(progress.textFor({ type: 'trial:end', trial: second, result: { ...result, fault } })).toBe(
      'ended   auto-reload/fixed/1: interrupted during iteration 12; 0 samples kept\n',
    );
  });

  test('tells the outcome that it is given, at the end of the trial', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: report.scenarios });
    const lines = events().map(event =>
      progress.textFor(event, event.type === 'trial:end' ? 'leak' : undefined),
    );
    expect(lines).toContain(
      'done    auto-reload/leaky/1: LEAK, 1,000 reloads in 13.9 s, heap +231 MB, 3 samples\n',
    );
  });

  test('makes no verdict of its own', () => {
    const progress = new Progress({ width: 80, color: false, redraw: false, scenarios: report.scenarios });
    expect(
      events()
        .map(event => progress.textFor(event))
        .join(''),
    ).not.toMatch(/leak\b|steady|expected/i);
  });
});

describe('progress on a terminal', () => {
  test('redraws one line per running trial and leaves the finished ones above', () => {
    const progress = new Progress({ width: 100, color: false, redraw: true, scenarios: report.scenarios });
    const screen = events().reduce(
      (lines, event) => written(lines, progress.textFor(event)),
      [] as readonly string[],
    );
    expect(screen).toEqual([
      '2 trials planned; one in doubt goes on, for up to 1 min (--budget)',
      'warning no heap diff by class: no compiler; leakgate doctor says what is there; verdicts do not n...',
      'done    auto-reload/leaky/1: 1,000 reloads in 13.9 s, heap +231 MB, 3 samples',
      'faulted auto-reload/fixed/1: hung: during iteration 12: no sign of life within 2 s; 0 samples kept',
      'finished in 1 min 23 s',
    ]);
  });

  test('a running line shows how far it is, the heap now, the slope so far, and the time left', () => {
    const progress = new Progress({ width: 120, color: false, redraw: true, scenarios: report.scenarios });
    const running = events()
      .slice(0, 9)
      .reduce((lines, event) => written(lines, progress.textFor(event)), [] as readonly string[]);
    expect(running.at(-2)).toBe(
      'auto-reload/leaky/1          ██████░░░░░░ 1,000/2,000 reloads  238 MB  +231 kB/reload so far  1 s left  ▁▅█',
    );
    expect(running.at(-1)).toBe('auto-reload/fixed/1          ░░░░░░░░░░░░ warming up');
  });

  test('a running line that gets no reading for 20 s says so in place of the time left', () => {
    const progress = new Progress({ width: 120, color: false, redraw: true, scenarios: report.scenarios });
    const running = [
      ...events()
        .slice(0, 9)
        .map(event => () => progress.textFor(event)),
      () => progress.textAfter(20_000),
      () => progress.textAfter(20_000),
    ].reduce((lines, text) => written(lines, text()), [] as readonly string[]);
    expect(running.at(-2)).toContain('+231 kB/reload so far  no reading for 20 s  ▁▅█');
    expect(running.at(-1)).toBe('auto-reload/fixed/1          ░░░░░░░░░░░░ warming up, no reading for 20 s');
  });

  test('at 80 columns only what is least is left out', () => {
    const progress = new Progress({ width: 80, color: false, redraw: true, scenarios: report.scenarios });
    const running = events()
      .slice(0, 9)
      .reduce((lines, event) => written(lines, progress.textFor(event)), [] as readonly string[]);
    expect(running.at(-2)).toBe('auto-reload/leaky/1  ███░░░ 1,000/2,000  238 MB  +231 kB/reload  1 s left');
  });

  test('at 40 columns the trials can be told apart', () => {
    const progress = new Progress({ width: 40, color: false, redraw: true, scenarios: report.scenarios });
    const running = events()
      .slice(0, 9)
      .reduce((lines, event) => written(lines, progress.textFor(event)), [] as readonly string[]);
    expect(running.slice(-2).map(line => line.split(' ')[0])).toEqual(['leaky', 'fixed']);
  });

  test('a line of somebody else stays above them', () => {
    const progress = new Progress({ width: 100, color: false, redraw: true, scenarios: report.scenarios });
    const drawn = events()
      .slice(0, 9)
      .reduce((lines, event) => written(lines, progress.textFor(event)), [] as readonly string[]);
    const said = written(drawn, progress.textOf('Looking for what auto-reload leaky keeps'));
    expect(said.slice(0, -3)).toEqual(drawn.slice(0, -2));
    expect(said.slice(-3)).toEqual(['Looking for what auto-reload leaky keeps', ...drawn.slice(-2)]);
    const piped = new Progress({ width: 100, color: false, redraw: false, scenarios: report.scenarios });
    expect(piped.textOf('Looking')).toBe('Looking\n');
  });

  test('makes room for what somebody else writes, and is drawn again below it', () => {
    const progress = new Progress({ width: 100, color: false, redraw: true, scenarios: report.scenarios });
    const [before, after] = [events().slice(0, 9), events().slice(9)];
    let screen = before.reduce(
      (lines, event) => written(lines, progress.textFor(event)),
      [] as readonly string[],
    );
    screen = written(screen, progress.clear());
    screen = written(screen, 'Ending the running trials\n');
    screen = after.reduce((lines, event) => written(lines, progress.textFor(event)), screen);
    expect(screen.slice(0, 3)).toEqual([
      '2 trials planned; one in doubt goes on, for up to 1 min (--budget)',
      'warning no heap diff by class: no compiler; leakgate doctor says what is there; verdicts do not n...',
      'Ending the running trials',
    ]);
    expect(screen).toHaveLength(6);
  });

  test.each([20, 40, 80])('no line reaches the last of %d columns, as the terminal would wrap it', width => {
    const progress = new Progress({ width, color: true, redraw: true, scenarios: report.scenarios });
    const text = events()
      .map(event => progress.textFor(event))
      .join('');
    expect(text.split('\n').filter(line => columnsOf(line) > width)).toEqual([]);
  });
});

function events(): readonly RunEvent[] {
  const sample = (iteration: number) => ({
    iteration,
    elapsed: iteration,
    measuring: 0,
    settled: true,
    readings: { 'heap.used': 6_900_000 + 231_000 * iteration },
  });
  const samples = [0, 500, 1000].map(sample);
  const leaky = report.trials[0]!.result;
  return [
    { type: 'plan', trials },
    { type: 'trial:start', trial: first },
    { type: 'trial:start', trial: second },
    { type: 'warmup', trial: first, warmup: { iterations: 100, elapsed: 400, stable: true, drift: 0 } },
    { type: 'metrics', trial: first, metrics: [HEAP] },
    ...samples.map(one => ({ type: 'sample', trial: first, sample: one }) as const),
    { type: 'warning', warning: { code: 'heap-diff-skipped', reason: 'no compiler' } },
    { type: 'trial:end', trial: first, result: { ...leaky, samples, heapTables: [] } as TrialResult },
    { type: 'trial:end', trial: second, result: faulted('no sign of life within 2 s') },
    { type: 'end', elapsed: 83_412 },
  ];
}

function faulted(message: string): TrialResult {
  const { trial, metrics, stages, notes, wall, startup } = report.trials[1]!.result;
  const fault = { kind: 'hung', message, detail: '', during: 'iteration 12' } as const;
  return {
    outcome: 'faulted',
    fault,
    trial,
    metrics,
    samples: [],
    stages,
    heapTables: [],
    notes,
    wall,
    startup,
  };
}

const ESCAPE = String.fromCharCode(27);
const UP_AND_CLEAR = new RegExp(`^${ESCAPE}\\[(\\d+)F${ESCAPE}\\[J`);

/** What a terminal shows after the text: knows line feeds, "up n lines, to column 1" and "clear from here". */
function written(screen: readonly string[], text: string): readonly string[] {
  const up = UP_AND_CLEAR.exec(text);
  const kept = up === null ? screen : screen.slice(0, screen.length - Number(up[1]));
  const rest = up === null ? text : text.slice(up[0].length);
  return rest === '' ? kept : [...kept, ...rest.replace(/\n$/, '').split('\n')];
}
