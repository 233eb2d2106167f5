import { describe, expect, test } from 'vitest';
import { lateHalf, type Point } from '../../harness/stats/point.ts';
import { robustSlope } from '../../harness/stats/slope.ts';
import { alike, type Noise, readAt, ruleAt, seeded, stagesOf, WARMUP } from './shapes.ts';

/*
 * How often the interval of bytes misses the slope, which is none, at the looks of a trial of default options: at the
 * first, and at any of four, up to eight times its plan.
 */

const SERIES = 1000;
const LOOKS = 4;
const RULES = Array.from({ length: LOOKS }, (_, before) => ruleAt(before + 1));

interface Misses {
  readonly whole: boolean;
  readonly late: boolean;
}

describe('an interval of bytes misses the slope', () => {
  test('of independent readings in no more than the 0.5 % of a first look, and the 1 % of all', () => {
    const { first, any } = missesOf(alike(0));
    for (const share of [first.whole, first.late]) expect(share).toBeLessThanOrEqual(0.005);
    for (const share of [any.whole, any.late]) expect(share).toBeLessThanOrEqual(0.01);
  });

  test.each([
    { correlation: 0.5, first: { whole: 0.067, late: 0.024 }, any: { whole: 0.117, late: 0.093 } },
    { correlation: 0.7, first: { whole: 0.138, late: 0.065 }, any: { whole: 0.269, late: 0.228 } },
  ])('more often where neighbours are alike by $correlation', ({ correlation, ...seen }) => {
    const { first, any } = missesOf(alike(correlation));
    for (const [share, as] of [
      [first.whole, seen.first.whole],
      [first.late, seen.first.late],
      [any.whole, seen.any.whole],
      [any.late, seen.any.late],
    ] as const) {
      expect(share).toBeGreaterThan(as - 0.02);
      expect(share).toBeLessThan(as + 0.02);
    }
  });
});

/** Shares of series in which it misses at the first look, and at any. */
function missesOf(noise: Noise) {
  const series = Array.from({ length: SERIES }, (_, nth) => missesAt(noise, nth));
  const share = (of: (looks: readonly Misses[]) => boolean) => series.filter(of).length / SERIES;
  return {
    first: { whole: share(([first]) => first!.whole), late: share(([first]) => first!.late) },
    any: {
      whole: share(looks => looks.some(({ whole }) => whole)),
      late: share(looks => looks.some(({ late }) => late)),
    },
  };
}

/** At each look of one series. */
function missesAt(noise: Noise, nth: number): Misses[] {
  const next = noise(seeded((nth + 1) * 7919));
  const points = readAt(stagesOf(LOOKS)).map(iteration => ({ iteration, value: next() }));
  return RULES.map(({ end, confidence }) => {
    const seen = points.filter(({ iteration }) => iteration <= end);
    return {
      whole: misses(seen, confidence),
      late: misses(lateHalf(seen, WARMUP), confidence),
    };
  });
}

function misses(points: readonly Point[], confidence: number): boolean {
  const { low, high } = robustSlope(points, confidence);
  return low > 0 || high < 0;
}
