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
const trials = plan([scenario], {
  builds: [],
  repetitions: 1,
  overrides: { iterations: 100, windows: 10 },
  parameters: {},
  jit: 'none',
  nullRun: false,
});
const [first, second] = trials.map(({ id }) => id) as [string, string];
const heap = { name: 'heap.used', unit: 'B', kind: 'bytes' } as const;
const begin: RunBegin = { type: 'begin', environment, scenarios: [scenario] };
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

function left(events: readonly (RunBegin | RunEvent)[], rest = ''): string {
  const path = join(folder.path, 'samples.jsonl');
  writeFileSync(path, events.map(event => `${JSON.stringify(event)}\n`).join('') + rest);
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
    fault: { kind: 'interrupted', during: 'iteration 10' },
    wall: 400,
  });
  expect(other?.series[0]?.points.map(({ iteration }) => iteration)).toEqual([0, 10]);
});

test('a run whose trials had all ended is whole', () => {
  const events = [begin, { type: 'plan', trials } as const, ...started(first), ended(first)];
  const whole = recoveredRun(left([...events, ...started(second), ended(second)]));
  expect(whole.interrupted).toBeUndefined();
  expect(recoveredRun(left(events)).interrupted).toBe(true);
});

test.each([
  ['the first samples', [], 'warm-up'],
  ['the end of the warm-up', started(second).slice(0, 1), 'warm-up'],
  ['the first sample', started(second), 'measuring'],
])('says that a trial was cut off before %s', (_, told, during) => {
  const events = [begin, { type: 'plan', trials } as const, { type: 'trial:start', trial: second } as const];
  const [trial] = recoveredRun(left([...events, ...told])).trials;
  expect(trial?.result).toMatchObject({ fault: { during } });
});

test('refuses what is none of a run', () => {
  expect(() => recoveredRun(left([{ type: 'plan', trials }]))).toThrow(
    /must begin with what was run, as this leakgate writes them: .*samples\.jsonl$/,
  );
  expect(() => recoveredRun(left([begin], 'nonsense\n'))).toThrow(
    /each line of its events must be JSON: .*samples\.jsonl:2: Unexpected token/,
  );
  expect(() => recoveredRun(left([]))).toThrow(UsageError);
  expect(() => recoveredRun(join(folder.path, 'nowhere.jsonl'))).toThrow(/must be readable: ENOENT/);
});
