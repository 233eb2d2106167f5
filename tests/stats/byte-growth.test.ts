import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthOfBytes } from '../../harness/stats/byte-growth.ts';
import {
  ALLOWANCE,
  CONFIDENCE,
  doubling,
  END,
  filling,
  leakFrom,
  readings,
  sawtooth,
  step,
  WARMUP,
} from './shapes.ts';

const RULE = { allowance: ALLOWANCE, confidence: CONFIDENCE, warmup: WARMUP };

describe('a full cache of 100 MB whose entries differ in size, in a long run', () => {
  const strays = [3, -1, -4, 2, 0, 4, -2, -3, 1, 4, -4, 0, 2, -1, 3, -3, 1, -2, 4, -4, 0, 2];
  const readAt = (place: number) => Math.round((place * 16_296) / (strays.length - 1));
  const cache = (leak: number, size = 100e6) =>
    strays.map((stray, place) => ({
      iteration: readAt(place),
      value: 5e6 + size * Math.min(1, place / 5) + stray * 100_000 + leak * readAt(place),
    }));
  const long = { ...RULE, long: true };

  test('is unclear while the run may go on, and flat within a share of what it gained once it may not', () => {
    expect(growthOfBytes(cache(0), long)).toMatchObject({ state: 'unclear' });
    expect(growthOfBytes(cache(0), { ...long, ends: true })).toMatchObject({
      state: 'flat',
      within: 'share',
    });
  });

  test('is so, too, where chance made its slope larger than the allowance', () => {
    const drifting = cache(ALLOWANCE * 1.2);
    const { late } = growthOfBytes(drifting, { ...long, ends: true });
    expect(late.slope).toBeGreaterThan(ALLOWANCE);
    expect(growthOfBytes(drifting, long).state).not.toBe('flat');
    expect(growthOfBytes(drifting, { ...long, ends: true }).state).toBe('flat');
  });

  test('stays unclear where it gained little and few readings tell, whatever it held before, or growth is certain', () => {
    expect(growthOfBytes(cache(0, 5e6), { ...long, ends: true }).state).toBe('unclear');
    const large = cache(0, 5e6).map(({ iteration, value }) => ({ iteration, value: value + 1e9 }));
    expect(growthOfBytes(large, { ...long, ends: true }).state).toBe('unclear');
    expect(growthOfBytes(cache(150), { ...long, ends: true }).state).not.toBe('flat');
  });
});

describe('bytes that swing by 4 MB', () => {
  const swings = (leak: number, stray = 0) =>
    Array.from({ length: 61 }, (_, place) => ({
      iteration: place * 500,
      value: 9e6 + ((place * 37) % 41) * 100_000 + (place === 50 ? stray : 0) + leak * place * 500,
    }));
  const last = { ...RULE, long: true, ends: true };

  test('are flat for their swings at the end of a long run only', () => {
    expect(growthOfBytes(swings(0), last)).toMatchObject({ state: 'flat', within: 'swing' });
    for (const earlier of [
      { ...last, ends: false },
      { ...last, long: false },
    ])
      expect(growthOfBytes(swings(0), earlier).within).toBeUndefined();
  });

  test('are not flat where the whole run grows, and one reading that stands out hides nothing', () => {
    for (const stray of [0, 60e6]) {
      expect(growthOfBytes(swings(150, stray), last).state).not.toBe('flat');
      expect(growthOfBytes(swings(110, stray), last).state).not.toBe('flat');
    }
  });

  test('are never flat by their swings where they would otherwise have grown', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 30, maxLength: 60 });
    let within = 0;
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 150 }), (values, leak) => {
        const points = values.map((value, place) => ({
          iteration: place * 100,
          value: value + leak * place * 100,
        }));
        if (growthOfBytes(points, last).within !== 'swing') return;
        within++;
        expect(['flat', 'unclear']).toContain(growthOfBytes(points, { ...last, ends: false }).state);
      }),
      { numRuns: 300 },
    );
    expect(within).toBeGreaterThan(20);
  });
});

describe('without noise', () => {
  test('a drift below the allowance is flat, and all readings were judged', () => {
    const found = growthOfBytes(
      readings(iteration => 3 * iteration),
      RULE,
    );
    expect(found.state).toBe('flat');
    expect(found.judged).toHaveLength(22);
    expect(found.slope).toEqual({ slope: 3, low: 3, high: 3 });
  });

  test('a drift just above it is a leak', () => {
    expect(
      growthOfBytes(
        readings(iteration => (ALLOWANCE + 1) * iteration),
        RULE,
      ).state,
    ).toBe('grows');
  });

  test('a cache that is full by half-way is flat, and only the late half was judged', () => {
    const found = growthOfBytes(readings(filling(300, END / 2)), RULE);
    expect(found.state).toBe('flat');
    expect(found.judged[0]!.iteration).toBeGreaterThanOrEqual((END - WARMUP) / 2);
  });

  test.each([0.6, 0.7, 0.8, 0.87])('a cache that is full after %d of the run is still filling', share => {
    expect(growthOfBytes(readings(filling(300, END * share)), RULE).state).not.toMatch(/flat|grows/);
  });

  test.each([0.8, 0.85, 0.9])('growth that falls to 45 %% after %d of the run is filling', share => {
    const bend = END * share;
    const slowing = (iteration: number) =>
      300 * Math.min(iteration, bend) + 135 * Math.max(0, iteration - bend);
    expect(growthOfBytes(readings(slowing), RULE).state).toBe('filling');
  });

  test.each([-3, -2])('reading %i stands out of a leak, which is one all the same', place => {
    const points = readings(iteration => 50 * iteration);
    const [from, out] = [points.slice(0, place), points.at(place)!];
    const standsOut = { ...out, value: out.value + 30_000 };
    expect(growthOfBytes([...from, standsOut, ...points.slice(place + 1)], RULE).state).toBe('grows');
  });

  test('a fill that goes on to the end looks like a leak', () => {
    expect(growthOfBytes(readings(filling(300, END)), RULE).state).toBe('grows');
  });

  test('a leak that begins half-way is found, and only the late half was judged', () => {
    const found = growthOfBytes(readings(leakFrom(200, END / 2)), RULE);
    expect(found.state).toBe('grows');
    expect(found.judged.length).toBeLessThan(22);
  });

  test('a step in the early half is flat, one in the late half is unclear', () => {
    expect(growthOfBytes(readings(step(300_000, END * 0.3)), RULE).state).toBe('flat');
    expect(growthOfBytes(readings(step(300_000, END * 0.7)), RULE).state).toBe('unclear');
  });

  test('a sawtooth of several windows is flat', () => {
    expect(growthOfBytes(readings(sawtooth(150_000, 500, 130)), RULE).state).toBe('flat');
  });

  test('a container that doubles is never taken for one that is full', () => {
    expect(growthOfBytes(readings(doubling(100)), RULE).state).not.toBe('flat');
  });

  test('readings that are missing for a while, as of silent worker threads, say what the others say', () => {
    const all = readings(iteration => iteration);
    const end = all.at(-1)?.iteration ?? 0;
    for (const [from, to] of [
      [0, 1 / 8],
      [1 / 8, 1 / 4],
      [1 / 4, 1 / 2],
      [0, 1 / 2],
    ] as const) {
      const heard = all.filter(({ iteration }) => iteration <= from * end || iteration > to * end);
      expect(heard.length).toBeLessThan(all.length);
      expect(growthOfBytes(heard, { ...RULE, allowance: 0, long: true }).state).toBe('grows');
    }
  });

  test('an allowance of nothing accepts what does not grow', () => {
    expect(
      growthOfBytes(
        readings(() => 0),
        { ...RULE, allowance: 0 },
      ).state,
    ).toBe('flat');
    expect(
      growthOfBytes(
        readings(iteration => iteration),
        { ...RULE, allowance: 0 },
      ).state,
    ).toBe('grows');
  });
});

test('five readings are too few for the interval of a first look', () => {
  expect(growthOfBytes(readings(iteration => 9e4 * iteration).slice(0, 5), RULE).state).toBe('unread');
});

test('eight readings are judged as a whole, as half of them are too few', () => {
  const some = readings(iteration => 500 * iteration).filter((_, place) => place % 3 === 0);
  const found = growthOfBytes(some, RULE);
  expect(found.state).toBe('grows');
  expect(found.judged).toHaveLength(8);
});

test('a line is judged by its slope alone, wherever it starts', () => {
  fc.assert(
    fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 1e9 }), (slope, level) => {
      const { state } = growthOfBytes(
        readings(iteration => level + slope * iteration),
        RULE,
      );
      expect(state).toBe(slope <= ALLOWANCE ? 'flat' : 'grows');
    }),
    { seed: 1 },
  );
});
