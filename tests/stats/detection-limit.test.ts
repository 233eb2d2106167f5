import { describe, expect, test } from 'vitest';
import { scrambled } from '../../harness/scrambled.ts';
import { growthOfBytes } from '../../harness/stats/byte-growth.ts';
import { growthOfCount } from '../../harness/stats/count-growth.ts';
import { byteLimit, countLimit } from '../../harness/stats/detection-limit.ts';
import { lateHalf, netGrowth, type Point } from '../../harness/stats/point.ts';
import { isPlace } from '../../harness/worker/plant.ts';
import {
  ALLOWANCE,
  END,
  filling,
  type Noise,
  normal,
  quiet,
  readings,
  rough,
  seeded,
  WARMUP,
} from './shapes.ts';

const RULE = { allowance: ALLOWANCE, confidence: 0.99, warmup: WARMUP };
const COUNT = { slack: 2, warmup: WARMUP, end: END, confidence: 0.99 };

/** Shares of new runs in which the limit of a clean run, and half of it, were called a leak. */
function sharesCaught(noise: Noise, runs: number, replays: number) {
  let [judged, limits, halves] = [0, 0, 0];
  for (let run = 1; run <= runs; run++) {
    const clean = readings(iteration => 2 * iteration, noise(seeded(run * 31337)));
    if (growthOfBytes(clean, RULE).state !== 'flat') continue;
    const limit = byteLimit(clean, RULE);
    for (let replay = 1; replay <= replays; replay++) {
      judged++;
      const random = seeded(run * 1_000_003 + replay);
      const grows = (slope: number) =>
        growthOfBytes(
          readings(iteration => slope * iteration, noise(random)),
          RULE,
        ).state === 'grows';
      if (grows(limit)) limits++;
      if (grows(limit / 2)) halves++;
    }
  }
  return { limits: limits / judged, halves: halves / judged };
}

describe('the smallest growth of bytes that is caught', () => {
  test.each([
    { name: 'quiet', noise: quiet },
    { name: 'rough', noise: rough },
    { name: 'normal', noise: normal },
  ])('is caught in 95 % of new runs with $name noise, and half of it hardly ever', ({ noise }) => {
    const { limits, halves } = sharesCaught(noise, 40, 25);
    expect(limits).toBeGreaterThanOrEqual(0.95);
    expect(halves).toBeLessThan(0.1);
  });

  test('is the allowance where there is no noise, to the precision of the search', () => {
    const limit = byteLimit(
      readings(() => 0),
      RULE,
    );
    expect(limit).toBeGreaterThan(ALLOWANCE);
    expect(limit).toBeLessThan(ALLOWANCE * 1.02);
  });

  test('grows with the noise', () => {
    const limits = [256, 4000, 12_000].map(size => {
      const random = seeded(5);
      return byteLimit(
        readings(
          () => 0,
          () => size * (random() - 0.5),
        ),
        RULE,
      );
    });
    expect(limits).toEqual(limits.toSorted((a, b) => a - b));
  });

  test('is not spoilt by growth that stopped before the late half', () => {
    expect(byteLimit(readings(filling(200, 700)), RULE)).toBeLessThan(ALLOWANCE * 1.1);
  });
});

describe('the rarest growth of a count that is caught', () => {
  const still = readings(() => 0);

  test('is noticed when planted, and three times as rare it is not', () => {
    const every = limitOf(still);
    const planted = (distance: number) =>
      growthOfCount(
        readings(iteration => Math.floor(iteration / distance)),
        COUNT,
      ).state;
    expect(every).toBeGreaterThan(100);
    expect(planted(every)).not.toBe('flat');
    expect(planted(every * 3)).toBe('flat');
  });

  test.each([300, 2000, 9000])(
    'of %d iterations is noticed in nine of ten other draws, and twice as much where it comes at random',
    end => {
      const at = Array.from({ length: 22 }, (_, window) => Math.round((end * window) / 21));
      const isNoticed = (planted: readonly Point[]) => netGrowth(lateHalf(planted, WARMUP)) > 0;
      const every = countLimit(
        at.map(iteration => ({ iteration, value: 0 })),
        end,
        0,
        isNoticed,
      );
      const shareOf = (isKept: (iteration: number, draw: number) => boolean) => {
        const noticed = Array.from({ length: 400 }, (_, draw) => {
          let [value, next] = [0, 0];
          return isNoticed(
            at.map(iteration => {
              for (; next < iteration + WARMUP; next++) if (isKept(next, draw)) value++;
              return { iteration, value };
            }),
          );
        });
        return noticed.filter(Boolean).length / noticed.length;
      };
      expect(shareOf((iteration, draw) => isPlace(iteration, { every, seed: draw + 500 }))).toBeGreaterThan(
        0.9,
      );
      const atRandom = (times: number) =>
        shareOf((iteration, draw) => scrambled(draw + 500, iteration) < (2 ** 32 * times) / every);
      expect(atRandom(2)).toBeGreaterThan(0.9);
      expect(atRandom(1)).toBeLessThan(0.9);
    },
  );

  test('is rarer with less slack, and in a longer run', () => {
    const longer = still.map(({ iteration, value }) => ({ iteration: iteration * 3, value }));
    expect(limitOf(still, { ...COUNT, slack: 12 })).toBeLessThan(limitOf(still));
    expect(limitOf(longer, { ...COUNT, end: END * 3 })).toBeGreaterThan(limitOf(still));
  });

  test('of four readings of the population is one object in some forty iterations', () => {
    const census = [0, 679, 1358, 2037].map(iteration => ({ iteration, value: 40_000 }));
    expect(limitOf(census, { ...COUNT, slack: 12 })).toBeGreaterThanOrEqual(35);
  });

  test('is several in each iteration where it rises and falls by too much for less', () => {
    const restless = Array.from({ length: 12 }, (_, place) => ({
      iteration: (END * place) / 11,
      value: 40_000 + 6 * END * ((place * 5) % 12),
    }));
    const every = limitOf(restless, { ...COUNT, slack: 12 });
    expect(every).toBeGreaterThan(0);
    expect(every).toBeLessThan(1);
    const several = Math.round(1 / every);
    const isFound = (rate: number) => {
      const planted = restless.map(({ iteration, value }, place) => ({
        iteration,
        value: value + Math.floor(iteration * rate) - (place === 11 ? 6 : 0),
      }));
      return growthOfCount(planted, { ...COUNT, slack: 12 }).state !== 'flat';
    };
    expect(isFound(several)).toBe(true);
    expect(isFound(several - 1)).toBe(false);
  });

  test('is none where it was read once', () => {
    expect(limitOf(still.slice(0, 1))).toBe(0);
  });

  function limitOf(points: readonly Point[], rule = COUNT): number {
    const isNoticed = (planted: readonly Point[]) => growthOfCount(planted, rule).state !== 'flat';
    return countLimit(points, rule.end, rule.slack / 2, isNoticed);
  }
});
