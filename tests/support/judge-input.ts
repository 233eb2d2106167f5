import type {
  BaseEntry,
  Growth,
  Metric,
  Sample,
  Trial,
  TrialRecord,
  TrialResult,
} from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { plannedStage } from '../../harness/stages.ts';

export const HEAP: Metric = { name: 'heap.used', unit: 'B', kind: 'bytes' };
export const EXTERNAL: Metric = { name: 'heap.external', unit: 'B', kind: 'bytes' };
export const NATIVE: Metric = { name: 'memory.native', unit: 'B', kind: 'pages' };
export const TIMERS: Metric = { name: 'timers', unit: 'timers', kind: 'exact' };
export const POPULATION: Metric = { name: 'population', unit: 'objects', kind: 'exact' };
export const ZONES: Metric = { name: 'instances.Zone', unit: 'Zone', kind: 'exact' };
export const RSS: Metric = { name: 'rss', unit: 'B', kind: 'advisory' };

/** What a metric reads after so many iterations; undefined where it was not read. */
export type Reading = (iteration: number) => number | undefined;

/** Samples of 21 windows of 97 iterations, or after the iterations given. */
export function sampled(
  readings: readonly (readonly [Metric, Reading])[],
  at: readonly number[] = Array.from({ length: 22 }, (_, window) => window * 97),
): Pick<TrialRecord, 'metrics' | 'samples'> {
  return {
    metrics: readings.map(([metric]) => metric),
    samples: at.map(iteration => sampleAt(iteration, readings)),
  };
}

function sampleAt(iteration: number, readings: readonly (readonly [Metric, Reading])[]): Sample {
  const known = readings.flatMap(([{ name }, reading]) => {
    const value = reading(iteration);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    iteration,
    elapsed: iteration,
    measuring: iteration / 10,
    settled: true,
    readings: Object.fromEntries(known),
  };
}

/** Read at the first sample, at a third, at two thirds and at the last. */
export function census(reading: (iteration: number) => number): Reading {
  return iteration => ([0, 679, 1358, 2037].includes(iteration) ? reading(iteration) : undefined);
}

export function trialOf(changes: Partial<Trial> = {}): Trial {
  return {
    id: 'auto-reload/fixed/1',
    scenario: 'auto-reload',
    scenarioPath: '/scenarios/auto-reload.js',
    target: 'engine',
    build: 'fixed',
    variant: 'stable',
    repetition: 1,
    expect: 'steady',
    parameters: {},
    options: DEFAULT_OPTIONS,
    ...changes,
  };
}

/** What a base of 2,037 iterations says of one build. */
export function baseEntry(verdict: BaseEntry['verdict'], growths: readonly Growth[]): BaseEntry {
  return {
    scenario: 'auto-reload',
    build: 'fixed',
    verdict,
    iterations: 2037,
    allowance: DEFAULT_OPTIONS.allowance,
    confidence: DEFAULT_OPTIONS.confidence,
    node: '20.20.2',
    nodeFlags: DEFAULT_OPTIONS.nodeFlags,
    parameters: {},
    growths,
  };
}

export function completed(
  record: Pick<TrialRecord, 'metrics' | 'samples'>,
  trial: Partial<Trial> = {},
  changes: Partial<TrialRecord> = {},
): TrialResult {
  return {
    outcome: 'completed',
    trial: trialOf(trial),
    ...record,
    stages: [plannedStage(DEFAULT_OPTIONS)],
    heapTables: [],
    warmup: { iterations: 50, elapsed: 100, stable: true, drift: 0 },
    notes: {},
    wall: 4000,
    startup: 200,
    ...changes,
  };
}

export function faulted(
  record: Pick<TrialRecord, 'metrics' | 'samples'>,
  trial: Partial<Trial> = {},
): TrialResult {
  const fault = {
    kind: 'crashed',
    message: 'exited by SIGABRT',
    detail: '',
    during: 'iteration 12',
  } as const;
  return { ...completed(record, trial), outcome: 'faulted', fault };
}
