import { describe, expect, test } from 'vitest';
import type { Environment, Trial, TrialResult } from '../harness/model.ts';
import { NULL_SCENARIO } from '../harness/plan.ts';
import { buildReport, type RunRecord, SCHEMA_VERSION } from '../harness/report.ts';
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
