import { describe, expect, test } from 'vitest';
import { baseEntries } from '../harness/base.ts';
import {
  type Environment,
  type HeapTable,
  type Metric,
  NULL_SCENARIO,
  type Trial,
  type TrialResult,
} from '../harness/model.ts';
import { buildReport, type RunRecord, SCHEMA_VERSION } from '../harness/report.ts';
import { renderJson } from '../reports/json.ts';
import { readReport } from '../reports/saved-report.ts';
import { completed, faulted, HEAP, sampled, TIMERS } from './support/judge-input.ts';

const ENVIRONMENT: Environment = {
  leakgate: '0.1.0',
  node: '20.20.2',
  v8: '11.3',
  os: 'linux',
  arch: 'x64',
  cpu: 'cpu',
  cores: 2,
  memory: 8e9,
  commit: '',
  date: '2026-01-01T00:00:00.000Z',
  command: ['run'],
};

const STEADY = sampled([
  [HEAP, iteration => 6e6 + iteration],
  [TIMERS, () => 3],
]);
const LEAK = sampled([
  [HEAP, iteration => 6e6 + 9e4 * iteration],
  [TIMERS, iteration => 10 * iteration],
]);
const UNCLEAR = sampled([
  [HEAP, iteration => 6e6 + (iteration > 1500 ? 300_000 : 0)],
  [TIMERS, () => 3],
]);

const LEAKY: Partial<Trial> = { id: 'auto-reload/leaky/1', build: 'leaky', expect: 'leak' };
const JIT: Partial<Trial> = { id: 'auto-reload/fixed/jit', variant: 'jit' };
const NULL: Partial<Trial> = { id: 'null/default/1', scenario: NULL_SCENARIO, build: 'default' };

function reportOf(results: readonly TrialResult[], changes: Partial<RunRecord> = {}) {
  return buildReport({
    environment: ENVIRONMENT,
    descriptions: [],
    results,
    timings: [],
    heapDiffs: [],
    evidence: [],
    warnings: [],
    elapsed: 5000,
    ...changes,
  });
}

describe('the exit code', () => {
  const codes: readonly (readonly [string, number, readonly TrialResult[]])[] = [
    ['every build did what is expected of it', 0, [completed(STEADY), completed(LEAK, LEAKY)]],
    ['a build that should be steady leaks', 1, [completed(LEAK), completed(LEAK, LEAKY)]],
    ['a leak was not caught', 1, [completed(STEADY), completed(STEADY, LEAKY)]],
    ['a trial faulted', 1, [faulted(STEADY), completed(LEAK, LEAKY)]],
    ['a build that should leak faulted', 1, [completed(STEADY), faulted(LEAK, LEAKY)]],
    ['a trial is inconclusive', 3, [completed(UNCLEAR), completed(LEAK, LEAKY)]],
    ['one is inconclusive and one leaks', 1, [completed(UNCLEAR), completed(LEAK)]],
    ['a leaking build is inconclusive', 3, [completed(STEADY), completed(UNCLEAR, LEAKY)]],
    ['only the trial with the JIT on leaks', 0, [completed(STEADY), completed(LEAK, JIT)]],
    ['the harness itself leaks', 2, [completed(LEAK, NULL), completed(STEADY)]],
    ['the harness itself is inconclusive', 3, [completed(UNCLEAR, NULL), completed(STEADY)]],
    ['nothing was judged', 2, []],
  ];
  test.each(codes)('when %s is %d', (_, code, results) => {
    expect(reportOf(results).exitCode).toBe(code);
  });
});

test('a report has its series and verdicts, and the samples only once', () => {
  const report = reportOf([completed(STEADY)]);
  const [trial] = report.trials;
  expect(report.schemaVersion).toBe(SCHEMA_VERSION);
  expect(trial!.result).not.toHaveProperty('samples');
  expect(trial!.series.map(({ metric, points }) => [metric.name, points.length])).toEqual([
    ['heap.used', 22],
    ['timers', 22],
  ]);
  expect(trial).toMatchObject({ asExpected: true, verdict: { outcome: 'steady' } });
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('the trial of the empty scenario is the null run and none of the trials', () => {
  const report = reportOf([completed(STEADY, NULL), completed(STEADY)]);
  expect(report.nullRun?.result.trial.id).toBe('null/default/1');
  expect(report.trials.map(({ result }) => result.trial.id)).toEqual(['auto-reload/fixed/1']);
  expect(reportOf([completed(STEADY)])).not.toHaveProperty('nullRun');
});

test('warnings about samples follow those of the trials', () => {
  const samples = STEADY.samples.slice(0, 9).map((sample, place) => ({ ...sample, settled: place > 1 }));
  const warmup = { iterations: 500, elapsed: 900, stable: false, drift: 812 };
  const unavailable = {
    code: 'probe-unavailable',
    trial: 'x',
    probe: 'descriptors',
    reason: 'no /proc',
  } as const;
  const report = reportOf([completed({ ...STEADY, samples }, {}, { warmup })], { warnings: [unavailable] });
  const trial = 'auto-reload/fixed/1';
  expect(report.warnings).toEqual([
    unavailable,
    { code: 'warmup-drifting', trial, drift: 812 },
    { code: 'not-settled', trial, samples: 2 },
    { code: 'samples-thinned', trial, taken: 9, wanted: 21 },
  ]);
});

test('a heap too large for snapshots is warned of, unless it leaks', () => {
  const large = (growth: number) => ({
    ...STEADY,
    samples: STEADY.samples.map(sample => ({
      ...sample,
      readings: { ...sample.readings, 'heap.used': 1e8 + growth * sample.iteration },
    })),
  });
  const warning = { code: 'too-large-for-snapshots', trial: 'auto-reload/fixed/1', heap: 1e8 };
  expect(reportOf([completed(large(0))]).warnings).toEqual([warning]);
  expect(reportOf([completed(large(900))]).warnings).toEqual([]);
});

test('worker threads whose heaps were not read are warned of, unless the trial leaks', () => {
  const WORKERS: Metric = { name: 'workers', unit: 'worker threads', kind: 'exact' };
  const THREAD_HEAPS: Metric = { name: 'heap.workers', unit: 'B', kind: 'bytes' };
  const pool = (growth: number, heaps: 'read' | 'unread') => {
    const readings = [
      [HEAP, (iteration: number) => 6e6 + growth * iteration],
      [WORKERS, () => 17],
      [THREAD_HEAPS, () => 0],
    ] as const;
    const known = sampled(heaps === 'read' ? readings : readings.slice(0, 2));
    return completed({ ...known, metrics: [HEAP, WORKERS, THREAD_HEAPS] });
  };
  const warning = { code: 'threads-unread', trial: 'auto-reload/fixed/1', threads: 17 };
  expect(reportOf([pool(0, 'unread')]).warnings).toEqual([warning]);
  expect(reportOf([pool(0, 'unread')]).trials[0]?.verdict.outcome).toBe('steady');
  expect(reportOf([pool(0, 'read')]).warnings).toEqual([]);
  expect(reportOf([pool(9e4, 'unread')]).warnings).toEqual([]);
});

test('a faulted trial is not said to have thinned out its samples, nor is one of few iterations', () => {
  const few = { ...STEADY, samples: STEADY.samples.slice(0, 6) };
  const { options } = completed(few).trial;
  expect(reportOf([faulted(few)]).warnings).toEqual([]);
  expect(reportOf([completed(few, { options: { ...options, iterations: 5 } })]).warnings).toEqual([]);
});

test('the share of measuring counts starting up, settling and reading, over the wall time of all trials', () => {
  const report = reportOf([completed(STEADY, NULL, { wall: 1000, startup: 100 }), completed(STEADY)]);
  const measuring = 2 * STEADY.samples.at(-1)!.measuring;
  expect(report.measuringShare).toBeCloseTo((measuring + 100 + 200) / 5000, 9);
  expect(reportOf([]).measuringShare).toBe(0);
});

describe('against a base', () => {
  const drift = (rate: number) =>
    sampled([
      [HEAP, iteration => 6e6 + rate * iteration],
      [TIMERS, () => 3],
    ]);
  const entries = baseEntries(reportOf([completed(drift(120))]));
  const base = { from: 'baseline', name: 'known.json', entries } as const;
  const verdicts = (results: readonly TrialResult[], changes: Partial<RunRecord>) =>
    reportOf(results, changes).trials.map(({ verdict }) => verdict.outcome);

  test('in a file, a known drift passes and a worse one fails', () => {
    expect(reportOf([completed(drift(122))]).exitCode).toBe(1);
    expect(reportOf([completed(drift(122))], { base })).toMatchObject({ exitCode: 0, warnings: [] });
    expect(reportOf([completed(drift(240))], { base }).exitCode).toBe(1);
  });

  test('each trial says what it was compared with', () => {
    const [trial] = reportOf([completed(drift(240))], { base }).trials;
    expect(trial?.base).toMatchObject({
      name: 'known.json',
      comparisons: [{ metric: HEAP, base: 120, difference: 120, change: 'worse' }, { change: 'same' }],
    });
  });

  test('a build that should leak is judged absolutely, and so is a trial with the JIT on', () => {
    const known = { ...base, entries: entries.map(entry => ({ ...entry, build: 'leaky' })) };
    const report = reportOf([completed(drift(120), LEAKY)], { base: known });
    expect(report).toMatchObject({ exitCode: 0, warnings: [], trials: [{ verdict: { outcome: 'leak' } }] });
    expect(verdicts([completed(STEADY), completed(drift(120), JIT)], { base })).toEqual(['steady', 'leak']);
  });

  test('that lacks the scenario or a metric warns, and judges absolutely', () => {
    const other = { ...base, entries: entries.map(entry => ({ ...entry, scenario: 'other' })) };
    expect(reportOf([completed(drift(120))], { base: other })).toMatchObject({
      exitCode: 1,
      warnings: [{ code: 'base-missing', trial: 'auto-reload/fixed/1', base: 'known.json', metrics: [] }],
    });
    const few = {
      ...base,
      entries: entries.map(entry => ({ ...entry, growths: entry.growths.slice(0, 1) })),
    };
    expect(reportOf([completed(drift(120))], { base: few })).toMatchObject({
      exitCode: 0,
      warnings: [{ code: 'base-missing', metrics: ['timers'] }],
    });
  });

  test('that was measured otherwise warns', () => {
    const otherwise = { node: '24.1.0', nodeFlags: ['--jitless'], parameters: { zones: 3 } };
    const stale = { ...base, entries: entries.map(entry => ({ ...entry, ...otherwise })) };
    const { warnings } = reportOf([completed(drift(120))], { base: stale });
    expect(warnings.map(warning => 'setting' in warning && warning.setting)).toEqual([
      'node',
      'nodeFlags',
      'parameters',
    ]);
  });

  test('that is a build of the run shows by its own snapshots that a class did not grow in it', () => {
    const tables = (ofTickets: number) =>
      [2037, 4074, 6111, 8148].map((iteration, place, places): HeapTable => {
        const keptOf = (rate: number) => {
          const [count, seen] = [rate * iteration, rate * (places[place - 1] ?? 0)].map(Math.floor);
          return { count: count ?? 0, bytes: 24 * (count ?? 0), seen: seen ?? 0 };
        };
        const classes = { Entry: keptOf(4), Ticket: keptOf(ofTickets) };
        return { iteration, newest: iteration, classes, seen: { count: 0, bytes: 0 } };
      });
    const parameters = { revision: 1 };
    const old: Partial<Trial> = { id: 'auto-reload/old/1', build: 'old', parameters };
    const own = { base: { from: 'build', name: 'old' } } as const;
    const outcome = (head: number, ...ofBase: readonly number[]) => {
      const bases = ofBase.map((rate, place) =>
        completed(drift(120), { ...old, repetition: place + 1 }, { heapTables: tables(rate) }),
      );
      const judged = completed(drift(122), {}, { heapTables: tables(head) });
      return reportOf([...bases, judged], own).trials.at(-1)?.verdict;
    };
    expect(outcome(0, 0)).toMatchObject({ outcome: 'steady' });
    expect(outcome(1 / 60, 0)).toMatchObject({
      outcome: 'leak',
      findings: [{ metric: { name: 'class.Ticket' } }],
    });
    expect(outcome(1 / 60, 1 / 60)).toMatchObject({ outcome: 'steady' });
    expect(outcome(1 / 60, 0, 1 / 60)).toMatchObject({ outcome: 'steady' });
    const head = completed(drift(122), {}, { heapTables: tables(1 / 60) });
    const against = (entry: object) => {
      const known = entries.map(one => ({ ...one, ...entry }));
      return reportOf([head], { base: { ...base, from: 'report', entries: known } }).trials[0]?.verdict;
    };
    expect(against({})).toMatchObject({ outcome: 'steady' });
    expect(against({ heapTables: [tables(0)] })).toMatchObject({ outcome: 'leak' });
    expect(against({ heapTables: [tables(0)], node: '24.1.0' })).toMatchObject({ outcome: 'steady' });
    expect(against({ heapTables: [tables(0)], parameters: { zones: 3 } })).toMatchObject({
      outcome: 'steady',
    });
  });

  test('that is a build of the run decides nothing itself, unless it faulted', () => {
    const old: Partial<Trial> = { id: 'auto-reload/old/1', build: 'old' };
    const own = { base: { from: 'build', name: 'old' } } as const;
    const report = reportOf([completed(drift(120), old), completed(drift(122))], own);
    expect(report).toMatchObject({
      exitCode: 0,
      warnings: [],
      trials: [{ isBase: true, verdict: { outcome: 'leak' } }, { base: { name: 'old' } }],
    });
    expect(reportOf([completed(drift(120), old), completed(drift(240))], own).exitCode).toBe(1);
    const broken = reportOf([faulted(drift(120), old), completed(STEADY)], own);
    expect(broken).toMatchObject({ exitCode: 1, warnings: [{ code: 'base-missing' }] });
  });

  test('of several trials holds what they all did', () => {
    const again: Partial<Trial> = { id: 'auto-reload/fixed/2', repetition: 2 };
    const [entry, ...more] = baseEntries(
      reportOf([
        completed(drift(100)),
        completed(drift(140), again),
        faulted(STEADY, again),
        completed(LEAK, JIT),
      ]),
    );
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ verdict: 'leak', iterations: 2037 });
    expect(entry?.growths[0]).toEqual({ metric: HEAP, slope: 120, low: 100, high: 140 });
  });

  test('that had a base of its own is what it would have been alone, with the classes that grew in it', () => {
    const heapTables = [0, 400, 800, 1200, 1600, 2037].map((iteration, place, places): HeapTable => {
      const [count, seen] = [iteration / 4, (places[place - 1] ?? 0) / 4];
      const classes = { string: { count, bytes: 24 * count, seen } };
      return { iteration, newest: iteration, classes, seen: { count: seen, bytes: 24 * seen } };
    });
    const entryOf = (rate: number, tables: readonly HeapTable[]) => {
      const report = reportOf([completed(drift(rate), {}, { heapTables: tables })], { base });
      const [entry] = baseEntries(readReport(renderJson(report)));
      const outcome = report.trials[0]?.verdict.outcome;
      return { outcome, alone: entry?.verdict, metrics: entry?.growths.map(({ metric }) => metric.name) };
    };
    expect(entryOf(2, [])).toMatchObject({ outcome: 'steady', alone: 'steady' });
    expect(entryOf(122, heapTables)).toEqual({
      outcome: 'steady',
      alone: 'leak',
      metrics: ['heap.used', 'timers', 'class.string'],
    });
  });

  test('that had a base of its own, in an older report, may not have been steady without it', () => {
    const report = reportOf([completed(drift(2))], { base });
    const older = report.trials.map(({ base: beside, ...judged }) => {
      const { alone: _, ...rest } = beside ?? { name: '', comparisons: [] };
      return { ...judged, base: rest };
    });
    expect(baseEntries({ ...report, trials: older })[0]?.verdict).toBe('inconclusive');
  });

  test('keeps the classes that grew, with room for chance, but no stores of containers', () => {
    const report = reportOf([completed(LEAK)]);
    const [judged] = report.trials;
    if (judged?.verdict.outcome !== 'leak') throw new Error('the example must leak');
    const [found] = judged.verdict.findings;
    const grown = (name: string, unit: string) => {
      const metric: Metric = { name, unit, kind: 'exact' };
      const estimate = { ...found.estimate, metric, slope: 0.25, confidence: 0.99 };
      return { ...found, metric, estimate, growth: 400, from: 437, to: 2037, exactMultiple: false };
    };
    const findings = [found, grown('class.string', 'strings'), grown('class.array store', 'B')] as const;
    const trials = [{ ...judged, verdict: { ...judged.verdict, findings } }];
    const [entry] = baseEntries({ ...report, trials });
    const kept = entry?.growths.filter(({ metric }) => metric.name.startsWith('class.'));
    expect(kept?.map(({ metric }) => metric.unit)).toEqual(['strings']);
    // 8 of slack and 2.576 times the root of 4 times 400, over 1,600 iterations.
    expect(kept?.[0]?.high).toBeCloseTo(0.25 + (8 + 2.5758 * 40) / 1600, 4);
  });
});
