import { describe, expect, test } from 'vitest';
import { scrambled } from '../../harness/scrambled.ts';
import { growthOfBytes } from '../../harness/stats/byte-growth.ts';
import { growthOfCount } from '../../harness/stats/count-growth.ts';
import { byteLimit, countLimit } from '../../harness/stats/detection-limit.ts';
import { lateHalf, netGrowth, type Point } from '../../harness/stats/point.ts';
import { isPlace } from '../../harness/worker/plant.ts';
import {
  ALLOWANCE,
  alike,
  CONFIDENCE,
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

const RULE = { allowance: ALLOWANCE, confidence: CONFIDENCE, warmup: WARMUP };
const COUNT = { slack: 2, warmup: WARMUP, end: END, confidence: CONFIDENCE };

interface Caught {
  /** Share of new runs in which it was called a leak at the first look, */
  readonly leak: number;
  /** or growth that slows down, upon which a trial goes on. */
  readonly noticed: number;
}

/** What became of the limit of clean runs, of half of it and of twice as much, planted into new ones. */
function caughtOf(noise: Noise, runs: number, replays: number) {
  const limits = Array.from({ length: runs }, (_, run) => {
    const clean = readings(iteration => 2 * iteration, noise(seeded((run + 1) * 31337)));
    return growthOfBytes(clean, RULE).state === 'flat' ? byteLimit(clean, RULE) : undefined;
  });
  const caughtAt = (multiple: number): Caught => {
    const states = limits.flatMap((limit, run) =>
      limit === undefined ? [] : statesOf(noise, multiple * limit, run + 1, replays),
    );
    const share = (...wanted: string[]) =>
      states.filter(state => wanted.includes(state)).length / states.length;
    return { leak: share('grows'), noticed: share('grows', 'filling') };
  };
  return { limit: caughtAt(1), half: caughtAt(0.5), twice: caughtAt(2) };
}

/** Of new runs that grow by this slope. */
function statesOf(noise: Noise, slope: number, run: number, replays: number): string[] {
  return Array.from({ length: replays }, (_, replay) => {
    const random = seeded(run * 1_000_003 + replay + 1);
    return growthOfBytes(
      readings(iteration => slope * iteration, noise(random)),
      RULE,
    ).state;
  });
}

describe('the smallest growth of bytes that is caught', () => {
  test.each([
    { name: 'quiet', noise: quiet },
    { name: 'rough', noise: rough },
    { name: 'normal', noise: normal },
  ])('is caught in 95 % of new runs with $name noise, and half of it hardly ever', ({ noise }) => {
    const { limit, half, twice } = caughtOf(noise, 40, 25);
    expect(limit.leak).toBeGreaterThanOrEqual(0.95);
    expect(half.leak).toBeLessThan(0.06);
    expect(twice.leak).toBeGreaterThanOrEqual(0.99);
  });

  test.each([
    { correlation: 0.5, leak: 0.82, noticed: 0.87, half: 0.11 },
    { correlation: 0.7, leak: 0.72, noticed: 0.82, half: 0.14 },
  ])(
    'is caught less often where neighbours are alike by $correlation, twice as much nearly always',
    bound => {
      const { limit, half, twice } = caughtOf(alike(bound.correlation), 200, 10);
      expect(limit.leak).toBeGreaterThanOrEqual(bound.leak);
      expect(limit.noticed).toBeGreaterThanOrEqual(bound.noticed);
      expect(half.leak).toBeLessThan(bound.half);
      expect(twice.leak).toBeGreaterThanOrEqual(0.92);
      expect(twice.noticed).toBeGreaterThanOrEqual(0.999);
    },
  );

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

  test.each([-20, -120, -1000])('makes up for what falls by %d B per iteration to the end', fall => {
    const random = seeded(3);
    const noise = () => 500 * random();
    const limit = byteLimit(
      readings(iteration => fall * iteration, noise),
      RULE,
    );
    const state = growthOfBytes(
      readings(iteration => (fall + limit) * iteration, noise),
      RULE,
    ).state;
    expect(state).toBe('grows');
    expect(limit).toBeLessThan(1.1 * ALLOWANCE - fall);
  });

  test('does not make up for a fall that ended before the late half', () => {
    const limit = byteLimit(readings(filling(-120, 900)), RULE);
    const wholeSlope = growthOfBytes(readings(filling(-120, 900)), RULE).slope.slope;
    expect(wholeSlope).toBeLessThan(-40);
    expect(limit).toBeLessThan(ALLOWANCE + 120);
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

  test('is several in each iteration where it rises and falls by too much for less, wherever it does so', () => {
    const swinging = (shift: number, isReversed: boolean) =>
      Array.from({ length: 12 }, (_, place) => ({
        iteration: (END * place) / 11,
        value: 40_000 + 6 * END * (((isReversed ? 11 - place : place) * 5 + shift) % 12),
      }));
    const every = limitOf(swinging(0, false), { ...COUNT, slack: 12 });
    expect(every).toBeGreaterThan(0);
    expect(every).toBeLessThan(1);
    const several = Math.round(1 / every);
    const others = Array.from({ length: 24 }, (_, at) => swinging(at % 12, at >= 12));
    const isFoundInAll = (rate: number) =>
      others.every(readings => {
        const planted = readings.map(({ iteration, value }, place) => ({
          iteration,
          value: value + Math.floor(iteration * rate) - (place === 11 ? 6 : 0),
        }));
        return growthOfCount(planted, { ...COUNT, slack: 12 }).state !== 'flat';
      });
    expect(isFoundInAll(several)).toBe(true);
    expect(isFoundInAll(several - 1)).toBe(false);
  });

  test.each([3, -3])('is noticed wherever the next run has a swing of %d that this one had early', swing => {
    const swungAt = (at: number) =>
      still.map(({ iteration, value }, place) => ({ iteration, value: value + (place === at ? swing : 0) }));
    const every = limitOf(swungAt(4));
    const missed = still.flatMap((_, at) => {
      const planted = swungAt(at).map(({ iteration, value }) => ({
        iteration,
        value: value + Math.floor(iteration / every),
      }));
      return growthOfCount(planted, COUNT).state === 'flat' ? [at] : [];
    });
    expect(every).toBeGreaterThan(50);
    expect(missed).toEqual([]);
  });

  test('is none where it was read once', () => {
    expect(limitOf(still.slice(0, 1))).toBe(0);
  });

  function limitOf(points: readonly Point[], rule = COUNT): number {
    const isNoticed = (planted: readonly Point[]) => growthOfCount(planted, rule).state !== 'flat';
    return countLimit(points, rule.end, rule.slack / 2, isNoticed);
  }
});
