import { describe, expect, test } from 'vitest';
import { plantOf } from '../harness/certify.ts';
import { judgeClosely, judgeResult } from '../harness/judge.ts';
import { endOf, type Plant, type TrialResult, type Verdict } from '../harness/model.ts';
import { growthOfBytes } from '../harness/stats/byte-growth.ts';
import { median } from '../harness/stats/quantile.ts';
import { cache, container, drift, lateLeak, leak, type Maker, saw, stepAt } from './stats/behaviours.ts';
import { ALLOWANCE, alike, type Noise, quiet, rough, ruleAt } from './stats/shapes.ts';
import { type Heap, simulatedTrial } from './support/simulated-trial.ts';

/*
 * What the whole gate says of subjects whose heap is told by a shape and a noise, and of which nothing else grows: the
 * real stages and verdicts, over simulated readings.
 */

const NOTHING: Plant = { kind: 'object', size: 0, every: 1, seed: 0 };
/** Of each kind of noise. */
const CLEAN_RUNS = 200;
/** Of each behaviour. */
const RUNS = 40;
/** Of each size. */
const PLANTED_RUNS = 20;

describe('a still subject is no leak', () => {
  test.each([
    { correlation: 0, deviation: 6 },
    { correlation: 0, deviation: 30 },
    { correlation: 0.5, deviation: 6 },
    { correlation: 0.5, deviation: 30 },
    { correlation: 0.7, deviation: 6 },
    { correlation: 0.7, deviation: 30 },
  ])('whose heap strays by $deviation kB, and neighbours are alike by $correlation', noise => {
    const trials = trialsOf(strays(noise), CLEAN_RUNS);
    const outcomes = trials.map(outcomeOf);
    expect(outcomes).not.toContain('leak');
    expect(outcomes.filter(outcome => outcome === 'steady').length).toBeGreaterThanOrEqual(CLEAN_RUNS * 0.99);
    expect(trials.filter(grewAtSomeLook).length).toBeLessThanOrEqual(CLEAN_RUNS * 0.02);
  });
});

describe('what steady runs of a still subject state', () => {
  test.each([0.5, 0.7])(
    'is seldom missed where its heap strays by 30 kB, and neighbours are alike by %d, twice as much never',
    correlation => {
      const heap = strays({ correlation, deviation: 30 });
      const stated = statedBy(trialsOf(heap, 9));
      const leaksAt = (growth: number) =>
        trialsOf(heap, PLANTED_RUNS, plantOf('heap', growth, 0, 1)).filter(
          trial => outcomeOf(trial) === 'leak',
        ).length;
      expect(leaksAt(stated)).toBeGreaterThanOrEqual(PLANTED_RUNS * 0.8);
      expect(leaksAt(stated * 2)).toBe(PLANTED_RUNS);
    },
    120_000,
  );
});

interface Row {
  readonly name: string;
  readonly make: Maker;
  /** What runs are called, by noise; the first is what most are. */
  readonly quiet: readonly Verdict['outcome'][];
  readonly rough: readonly Verdict['outcome'][];
}

describe('the whole gate, as the table of method.md has it', () => {
  test.each<Row>([
    { name: 'clean heap', make: drift, quiet: ['steady'], rough: ['steady'] },
    {
      name: 'leak of three allowances',
      make: leak(ALLOWANCE * 3, ALLOWANCE * 3),
      quiet: ['leak'],
      rough: ['leak'],
    },
    {
      name: 'leak that begins within the first six tenths',
      make: lateLeak(0.3, 0.6, [4, 8]),
      quiet: ['leak'],
      rough: ['leak'],
    },
    { name: 'cache that is full by half-way', make: cache(0.1, 0.5), quiet: ['steady'], rough: ['steady'] },
    {
      name: 'cache that is full at two thirds to four fifths',
      make: cache(0.65, 0.8),
      quiet: ['steady'],
      rough: ['steady'],
    },
    { name: 'sawtooth of two to eight windows', make: saw, quiet: ['steady'], rough: ['steady'] },
    { name: 'step in the late half', make: stepAt(0.5, 1), quiet: ['steady'], rough: ['steady'] },
    {
      name: 'container that doubles, of which no snapshot tells,',
      make: container,
      quiet: ['leak', 'inconclusive'],
      rough: ['inconclusive'],
    },
  ])(
    'of a $name',
    ({ make, ...expected }) => {
      for (const [noise, wanted] of [
        [quiet, expected.quiet],
        [rough, expected.rough],
      ] as const) {
        const outcomes = trialsOf(withNoise(make, noise), RUNS).map(outcomeOf);
        expect(outcomes.filter(outcome => !wanted.includes(outcome))).toEqual([]);
        expect(outcomes.filter(outcome => outcome === wanted[0]).length).toBeGreaterThanOrEqual(RUNS * 0.8);
      }
    },
    120_000,
  );
});

function withNoise(make: Maker, noise: Noise): Heap {
  return random => {
    const [shape, next] = [make(random), noise(random)];
    return iteration => shape(iteration) + next();
  };
}

/** Deviation in kB. */
function strays({ correlation, deviation }: { correlation: number; deviation: number }): Heap {
  return random => {
    const next = alike(correlation)(random);
    return () => (deviation / 6) * next();
  };
}

function trialsOf(heap: Heap, runs: number, plant: Plant = NOTHING): TrialResult[] {
  return Array.from({ length: runs }, (_, nth) => simulatedTrial(plant, (nth + 1) * 7919, heap));
}

/** Bytes per iteration that steady trials would have caught, in the middle. */
function statedBy(trials: readonly TrialResult[]): number {
  return median(
    trials.map(trial => {
      const verdict = judgeResult(trial);
      return verdict.outcome === 'steady' ? verdict.limit.bytesPerIteration : Number.NaN;
    }),
  );
}

function outcomeOf(result: TrialResult): Verdict['outcome'] {
  return judgeClosely({ ...result, options: result.trial.options }).outcome;
}

/** Whether the heap alone would have been called a leak. */
function grewAtSomeLook({ samples, stages }: TrialResult): boolean {
  return stages.some((stage, before) => {
    const seen = samples.filter(({ iteration }) => iteration <= endOf(stage));
    const points = seen.map(({ iteration, readings }) => ({ iteration, value: readings['heap.used'] ?? 0 }));
    return growthOfBytes(points, ruleAt(before + 1)).state === 'grows';
  });
}
