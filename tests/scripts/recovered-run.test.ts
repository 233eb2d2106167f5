import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../harness/errors.ts';
import type { RunEvent, Sample, TrialResult } from '../../harness/model.ts';
import { plan } from '../../harness/plan.ts';
import { type RunBegin, recoveredRun } from '../../scripts/recovered-run.ts';
import { temporaryFolder } from '../support/cli.ts';
import { exampleReport } from '../support/report-fixture.ts';

const { environment, scenarios } = exampleReport();
const [scenario] = scenarios;
if (!scenario) throw new Error('the example must have a scenario');
const trials = plan([scenario], { overrides: { iterations: 100, windows: 10 } });
const [first, second] = trials.map(({ id }) => id) as [string, string];
const heap = { name: 'heap.used', unit: 'B', kind: 'bytes' } as const;
const begin: RunBegin = {
  type: 'begin',
  schemaVersion: '1.0.0',
  pid: process.pid,
  environment,
  scenarios: [scenario],
};
const sampled = (trial: string, iteration: number): RunEvent => {
  const readings = { 'heap.used': 5_000_000 };
  const sample: Sample = { iteration, elapsed: 10 * iteration, measuring: 1, settled: true, readings };
  return { type: 'sample', trial, sample };
};
const started = (trial: string): readonly RunEvent[] => [
  { type: 'trial:start', trial },
  { type: 'metrics', trial, metrics: [heap] },
  { type: 'warmup', trial, warmup: { iterations: 25, elapsed: 300, stable: true, drift: 0 } },
];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** An event every 100 ms. */
function left(events: readonly (RunBegin | RunEvent)[], rest = ''): string {
  const path = join(folder.path, 'samples.jsonl');
  const lines = events.map((event, at) => `${JSON.stringify({ ...event, at: 100 * at })}\n`);
  writeFileSync(path, lines.join('') + rest);
  return path;
}

function ended(trial: string): RunEvent {
  const result: TrialResult = {
    outcome: 'completed',
    trial: trials.find(({ id }) => id === trial)!,
    metrics: [heap],
    samples: Array.from({ length: 11 }, (_, at) => sampled(trial, 10 * at)).flatMap(event =>
      event.type === 'sample' ? event.sample : [],
    ),
    stages: [],
    heapTables: [],
    notes: {},
    wall: 1000,
    startup: 100,
  };
  return { type: 'trial:end', trial, result };
}

test('judges what had ended, and keeps the samples of what ran', () => {
  const report = recoveredRun(
    left(
      [
        begin,
        { type: 'plan', trials },
        ...started(first),
        ...started(second),
        sampled(second, 0),
        ended(first),
        sampled(second, 10),
      ],
      '{"type":"sample","tri',
    ),
  );
  expect(report.environment).toEqual(environment);
  expect(report.interrupted).toBe(true);
  expect(report.exitCode).toBe(2);
  const [one, other] = report.trials;
  expect(one?.result.outcome).toBe('completed');
  expect(one?.verdict.estimates.map(({ metric }) => metric.name)).toEqual(['heap.used']);
  expect(other?.result).toMatchObject({
    outcome: 'faulted',
    fault: { kind: 'interrupted', during: 'the iterations from 10 on' },
    wall: 500,
    startup: 100,
  });
  expect(report.elapsed).toBe(1000);
  expect(other?.series[0]?.points.map(({ iteration }) => iteration)).toEqual([0, 10]);
});

test('a run whose trials had all ended was cut off too: what follows them is lost', () => {
  const both = [...started(first), ended(first), ...started(second), ended(second)];
  const report = recoveredRun(left([begin, { type: 'plan', trials }, ...both]));
  expect(report.trials.map(({ result }) => result.outcome)).toEqual(['completed', 'completed']);
  expect(report).toMatchObject({ interrupted: true, exitCode: 2, evidence: [] });
});

test('a run without a trial that had begun was cut off', () => {
  for (const events of [[begin], [begin, { type: 'plan', trials } as const]])
    expect(recoveredRun(left(events))).toMatchObject({ interrupted: true, exitCode: 2, trials: [] });
});

test.each([
  ['the metrics', [], 'setup or warm-up'],
  ['the end of the warm-up', started(second).slice(0, 2), 'setup or warm-up'],
  ['the first sample', started(second), 'the iterations from 0 on'],
])('says that a trial was cut off before %s', (_, told, during) => {
  const events = [begin, { type: 'plan', trials } as const, { type: 'trial:start', trial: second } as const];
  const [trial] = recoveredRun(left([...events, ...told])).trials;
  expect(trial?.result).toMatchObject({ fault: { during } });
});

const planned = { type: 'plan', trials } as const;
test.each([
  ['that is empty', '', /it must have begun: there is no event: .*samples\.jsonl$/],
  ['whose first line was cut off', '{"type":"beg', /it must have begun: there is no event/],
  [
    'of a certification, or of an older leakgate',
    '{"type":"plan","trials":[]}\n',
    /samples\.jsonl:1: Cannot read run as it must be a run of leakgate, with schemaVersion and scenarios: it is an object with "type","trials"$/,
  ],
  ['with nothing', 'null\n', /samples\.jsonl:1: Cannot read run .* it is null$/],
  ['with half a beginning', '{"type":"begin","schemaVersion":"1.0.0","scenarios":[]}\n', /environment/],
  ['of a newer leakgate', `${JSON.stringify({ ...begin, schemaVersion: '99.0.0' })}\n`, /1\.x or older/],
  ['with nonsense', `${JSON.stringify(begin)}\nnonsense\n`, /samples\.jsonl:2: .*Unexpected token/],
  [
    'with a null',
    `${JSON.stringify(begin)}\nnull\n`,
    /each line must be an event as JSON: .*samples\.jsonl:2/,
  ],
  [
    'whose events have not the shape',
    [begin, planned, { type: 'trial:end', trial: first, result: {} }]
      .map(line => `${JSON.stringify({ ...line, at: 1 })}\n`)
      .join(''),
    /its events must be as this leakgate writes them: .*samples\.jsonl/,
  ],
])('refuses a file %s', (_, text, message) => {
  const path = left([], text);
  expect(() => recoveredRun(path)).toThrow(message);
  expect(() => recoveredRun(path)).toThrow(UsageError);
});

test('refuses a file that cannot be read', () => {
  expect(() => recoveredRun(join(folder.path, 'nowhere.jsonl'))).toThrow(/must be readable: .*ENOENT/);
});
