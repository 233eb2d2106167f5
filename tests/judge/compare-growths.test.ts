import { describe, expect, test } from 'vitest';
import { compareGrowth, compareGrowths } from '../../harness/judge/compare-growths.ts';
import { growthOf } from '../../harness/judge/growth-of.ts';
import type { Comparison, Estimate, Growth, Metric } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { netGrowth, span } from '../../harness/stats/point.ts';
import { robustSlope } from '../../harness/stats/slope.ts';
import { between, counts, normal, type Random, readings, rough, seeded } from '../stats/shapes.ts';
import { HEAP, NATIVE, POPULATION, TIMERS } from '../support/judge-input.ts';

const { allowance: ALLOWANCE } = DEFAULT_OPTIONS;
const ACCEPTS = { allowance: ALLOWANCE, end: 2000 };
const CONFIDENCE = 0.99;

function growth(metric: Metric, slope: number, off: number): Growth {
  return { metric, slope, low: slope - off, high: slope + off };
}

describe('the difference of two growths', () => {
  test('has bounds at the root of the sum of the squared distances of theirs, each side by itself', () => {
    const head = { metric: HEAP, slope: 100, low: 97, high: 112 };
    const base = { metric: HEAP, slope: 60, low: 55, high: 64 };
    expect(compareGrowth(head, base, ACCEPTS)).toMatchObject({ difference: 40, low: 35, high: 53 });
  });

  test.each<[string, Growth, Growth, Comparison['change']]>([
    [
      'bytes that grow by more than the allowance beyond it',
      growth(HEAP, 120, 3),
      growth(HEAP, 100, 2),
      'worse',
    ],
    ['bytes within the allowance of it', growth(HEAP, 108, 3), growth(HEAP, 100, 2), 'same'],
    ['bytes that may differ by more', growth(HEAP, 108, 30), growth(HEAP, 100, 2), 'unclear'],
    [
      'bytes that hardly grow, however little is known of it',
      growth(HEAP, 1, 1),
      growth(HEAP, 0, 90),
      'same',
    ],
    [
      'bytes that grow, if it shrank, but within the allowance',
      growth(HEAP, 9, 1),
      growth(HEAP, -40, 1),
      'same',
    ],
    ['native memory within half a kilobyte', growth(NATIVE, 1900, 50), growth(NATIVE, 1500, 50), 'same'],
    ['native memory that grows twice as fast', growth(NATIVE, 3000, 50), growth(NATIVE, 1500, 50), 'worse'],
    ['bytes that grow far more slowly', growth(HEAP, 20, 3), growth(HEAP, 100, 2), 'better'],
    ['one more timer per iteration', growth(TIMERS, 11, 0.001), growth(TIMERS, 10, 0.001), 'worse'],
    ['one timer fewer', growth(TIMERS, 9, 0.001), growth(TIMERS, 10, 0.001), 'better'],
    ['as many timers', growth(TIMERS, 10.0004, 0.001), growth(TIMERS, 10, 0.001), 'same'],
  ])('beside the base, %s', (_, head, base, change) => {
    expect(compareGrowth(head, base, ACCEPTS).change).toBe(change);
  });

  test('bytes with a wide interval are the same where as many objects are kept as in a base that keeps some', () => {
    const bytes = (slope: number) => growth(HEAP, slope, 30);
    const objects = (slope: number) => growth(POPULATION, slope, 0.01);
    const changes = (head: readonly Growth[], base: readonly Growth[]) =>
      compareGrowths(head, base, ACCEPTS).map(({ change }) => change);
    expect(changes([bytes(108), objects(1)], [bytes(100), objects(1)])).toEqual(['same', 'same']);
    expect(changes([bytes(108), objects(2)], [bytes(100), objects(1)])).toEqual(['unclear', 'worse']);
    expect(changes([bytes(120), objects(1)], [bytes(100), objects(1)])).toEqual(['unclear', 'same']);
    expect(changes([bytes(18), objects(0)], [bytes(10), objects(0)])).toEqual(['unclear', 'same']);
  });
});

describe('in simulation', () => {
  const PAIRS = 1000;

  /** Share of pairs of runs of one subject that the comparison holds for. */
  function share(make: (random: Random) => Growth, extra: number, is: (one: Comparison) => boolean): number {
    const hits = Array.from({ length: PAIRS }, (_, place) => {
      const random = seeded((place + 1) * 104_729);
      const [base, run] = [make(random), make(random)];
      const head = { ...run, slope: run.slope + extra, low: run.low + extra, high: run.high + extra };
      return is(compareGrowth(head, base, ACCEPTS));
    });
    return hits.filter(Boolean).length / PAIRS;
  }

  const bytesIn = (noise: typeof normal) => (random: Random) => {
    const points = readings(iteration => 80 * iteration, noise(random));
    const estimate: Estimate = {
      metric: HEAP,
      ...robustSlope(points, CONFIDENCE),
      confidence: CONFIDENCE,
      points: points.length,
      method: 'theil-sen',
    };
    return growthOf(estimate, points);
  };

  const things =
    (shape: (random: Random) => (iteration: number) => number, metric: Metric) => (random: Random) => {
      const all = counts(shape(random));
      const points = metric === POPULATION ? all.filter((_, place) => [0, 6, 15, 21].includes(place)) : all;
      const slope = netGrowth(points) / span(points);
      const estimate: Estimate = {
        metric,
        slope,
        low: slope,
        high: slope,
        confidence: CONFIDENCE,
        points: points.length,
        method: 'exact',
      };
      return growthOf(estimate, points);
    };

  const byChance = (chance: number, batch: number) => (random: Random) => {
    const kept = [0];
    for (let iteration = 0; iteration < 2037; iteration++)
      kept.push((kept.at(-1) ?? 0) + (random() < chance ? batch : 0));
    return (iteration: number) => kept[iteration] ?? 0;
  };

  test.each([
    { name: 'normal', noise: normal },
    { name: 'rough', noise: rough },
  ])(
    'a drift of bytes at the very edge of the allowance is called worse by chance alone, in $name noise',
    ({ noise }) => {
      expect(share(bytesIn(noise), ALLOWANCE, ({ change }) => change === 'worse')).toBeLessThanOrEqual(
        1 - CONFIDENCE,
      );
    },
  );

  test('the interval leaves out a difference of nothing by chance alone', () => {
    const excludesNone = ({ low, high }: Comparison) => low > 0 || high < 0;
    for (const noise of [normal, rough])
      expect(share(bytesIn(noise), 0, excludesNone)).toBeLessThanOrEqual(1 - CONFIDENCE);
  });

  test.each([
    { name: 'one thing in two iterations', chance: 0.5, batch: 1, metric: TIMERS },
    { name: 'one thing in fifty', chance: 0.02, batch: 1, metric: TIMERS },
    { name: 'batches of five', chance: 0.05, batch: 5, metric: TIMERS },
    { name: 'one object in three, read four times', chance: 0.33, batch: 1, metric: POPULATION },
  ])('a subject that keeps $name by chance is not called worse than itself', ({ chance, batch, metric }) => {
    const make = things(byChance(chance, batch), metric);
    expect(share(make, 0, ({ change }) => change === 'worse')).toBeLessThanOrEqual(1 - CONFIDENCE);
  });

  test('twice the drift of bytes is called worse, and half of it better', () => {
    expect(share(bytesIn(normal), 80, ({ change }) => change === 'worse')).toBe(1);
    expect(share(bytesIn(normal), -60, ({ change }) => change === 'better')).toBe(1);
  });

  test('one thing more in a hundred iterations is called worse, beside things kept evenly', () => {
    const make = things(random => {
      const phase = between(random, 0, 1);
      return iteration => iteration + phase;
    }, TIMERS);
    expect(share(make, 0.01, ({ change }) => change === 'worse')).toBe(1);
  });
});
