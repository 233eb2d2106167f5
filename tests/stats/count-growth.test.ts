import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthOfCount } from '../../harness/stats/count-growth.ts';
import type { Point } from '../../harness/stats/point.ts';

const RULE = { slack: 2, warmup: 50, end: 2037, confidence: 0.99 };

/** Readings every 97 iterations. */
function every97(...values: number[]): Point[] {
  return values.map((value, window) => ({ iteration: window * 97, value }));
}

function stateOf(points: readonly Point[], rule = { ...RULE, end: points.at(-1)!.iteration }) {
  return growthOfCount(points, rule).state;
}

describe('a count is flat', () => {
  test('when it never moves', () => expect(stateOf(every97(4, 4, 4, 4, 4, 4, 4, 4))).toBe('flat'));
  test('when it falls', () => expect(stateOf(every97(90, 60, 40, 20, 10, 9, 8, 7))).toBe('flat'));
  test('when two things were made once', () => expect(stateOf(every97(1, 1, 1, 1, 1, 2, 2, 3))).toBe('flat'));
  test('when it grew to a bound in the early half', () =>
    expect(stateOf(every97(0, 97, 194, 250, 250, 250, 250, 250, 250))).toBe('flat'));
  test('when it ends no higher than it was early on, in a long run', () => {
    const busyAtTheEnd = every97(700, 400, 90, 500, 600, 210, 210, 210, 210, 210, 240, 260);
    const end = busyAtTheEnd.at(-1)!.iteration;
    expect(stateOf(busyAtTheEnd, { ...RULE, end })).not.toBe('flat');
    expect(growthOfCount(busyAtTheEnd, { ...RULE, end, long: true }).state).toBe('flat');
  });
  test('when it rises and falls again and again', () =>
    expect(stateOf(every97(0, 50, 99, 2, 51, 100, 1, 52, 98, 3, 53, 80))).toBe('flat'));
});

describe('open files of a store that keeps 1 to 40 of them, over 16,296 iterations, read when by chance they rose at the end', () => {
  const read = JSON.parse(readFileSync('tests/golden/open-files.json', 'utf8')) as Point[];
  const rule = { ...RULE, warmup: 100, end: 16_296, confidence: 0.9995 };
  const leakingOnceIn = (iterations: number) =>
    read.map(({ iteration, value }) => ({ iteration, value: value + Math.floor(iteration / iterations) }));

  test('are flat in a long run, as they were as many before', () => {
    expect(growthOfCount(read, { ...rule, long: true }).state).toBe('flat');
    expect(growthOfCount(read, rule).state).toBe('grows');
  });

  test.each([3000, 1000, 100])('grow where one in %i iterations is kept', iterations =>
    expect(growthOfCount(leakingOnceIn(iterations), { ...rule, long: true }).state).toBe('grows'),
  );
});

describe('objects behind a server whose cache of 3,500 entries fills up, among requests under way', () => {
  const read = (...pairs: readonly (readonly [number, number])[]): Point[] =>
    pairs.map(([iteration, value]) => ({ iteration, value }));
  const early = read([0, 19_983], [414, 21_343], [1078, 23_635], [2037, 26_026], [2576, 26_559]);
  const middle = read([3091, 27_845], [3159, 27_969], [3747, 29_437], [4074, 29_970], [4615, 31_318]);
  const late = read([5267, 32_331], [5832, 32_655], [6151, 32_807], [6402, 32_790], [7005, 33_030]);
  const last = read([7602, 33_276], [8148, 33_450]);
  const rule = { slack: 12, warmup: 50, end: 8148, confidence: 0.99917 };

  test('are filling while they rise ever more slowly', () => {
    expect(growthOfCount([...early, ...middle, ...late, ...last], rule).state).toBe('filling');
  });

  test('grow where something is kept beside, each time', () => {
    const leaking = [...early, ...middle, ...late, ...last].map(({ iteration, value }) => ({
      iteration,
      value: value + 5 * iteration,
    }));
    expect(growthOfCount(leaking, rule).state).toBe('grows');
  });
});

describe('keys that come at random, the rare ones ever later, so that each doubling brings as many', () => {
  const at = [0, 2037, 3091, 4074, 6151, 8148, 10_327, 12_194, 14_430, 16_296];
  const readingsOf = (value: (iteration: number) => number): Point[] =>
    at.map(iteration => ({ iteration, value: Math.round(value(iteration)) }));
  const keys = (iteration: number) => 60 * Math.log2(1 + iteration / 100);
  const rule = { slack: 8, warmup: 0, end: 16_296, confidence: 0.9995, even: true };

  test('are filling, though the late half by itself looks even', () => {
    const late = readingsOf(keys).filter(({ iteration }) => iteration >= 8148);
    expect(growthOfCount(late, rule).state).toBe('grows');
    expect(growthOfCount(readingsOf(keys), rule).state).toBe('filling');
  });

  test('grow where something is kept beside them', () => {
    expect(
      growthOfCount(
        readingsOf(n => keys(n) + n / 10),
        rule,
      ).state,
    ).toBe('grows');
  });

  test('say that their late half by itself goes on, and no more once all have come', () => {
    expect(growthOfCount(readingsOf(keys), rule)).toMatchObject({ state: 'filling', goesOn: true });
    const full = readingsOf(n => keys(Math.min(n, 10_000)));
    expect(growthOfCount(full, rule)).not.toHaveProperty('goesOn');
    // Strings beside 5,000 random keys, as snapshots held them: the late half gained 24 in all.
    const strings = [14_138, 14_262, 14_344, 14_446, 14_510, 14_582, 14_614, 14_645, 14_655, 14_667, 14_676];
    const snapshots = [
      2037, 3091, 4074, 6151, 8148, 10_327, 12_194, 14_430, 16_296, 20_454, 24_422, 28_580, 32_592,
    ];
    const points = [...strings, 14_679, 14_679].map((value, place) => ({
      iteration: snapshots[place]!,
      value,
    }));
    expect(growthOfCount(points, { ...rule, end: 32_592 })).not.toHaveProperty('goesOn');
  });
});

describe('a cache that was full early in the late three quarters', () => {
  const at = [0, 500, 1018, 1500, 2037, 2540, 3060, 3570, 4074];
  const filledBy = (bound: number, rate: number): Point[] =>
    at.map(iteration => ({
      iteration,
      value: 9000 + Math.min(iteration, bound) + Math.floor(rate * iteration),
    }));
  const rule = { slack: 12, warmup: 0, end: 4074, confidence: 0.999 };

  test('does not hide a leak that is faster than chance could be', () =>
    expect(growthOfCount(filledBy(1800, 2), rule).state).toBe('grows'));

  test('hides a slow one until the run has doubled', () => {
    expect(growthOfCount(filledBy(1800, 0.05), rule).state).toBe('filling');
    const doubled = filledBy(1800, 0.05).map(({ iteration }) => ({
      iteration: iteration * 2,
      value: 9000 + Math.min(iteration * 2, 1800) + Math.floor(0.05 * iteration * 2),
    }));
    expect(growthOfCount(doubled, { ...rule, end: 8148 }).state).toBe('grows');
  });
});

test('what is kept in batches is not flat in the pause after the last one, however much slower than the first', () => {
  const batches = [1500, 4000, 6500, 9000, 11_500, 14_000];
  const points = Array.from({ length: 29 }, (_, place) => {
    const iteration = place * 582;
    return { iteration, value: 9000 + 500 * batches.filter(batch => batch <= iteration).length };
  });
  const rule = { slack: 12, warmup: 0, end: 16_296, confidence: 0.9995, long: true, planned: 2037 };
  expect(growthOfCount(points, rule).state).not.toBe('flat');
});

describe('batches between which nothing was read', () => {
  const pointsOf = (values: readonly (readonly [iteration: number, value: number])[]): Point[] =>
    values.map(([iteration, value]) => ({ iteration, value }));
  const rule = { slack: 12, warmup: 100, confidence: 0.9997, long: true, planned: 2037 };

  test('are not flat whatever their size and distance, and whatever was read of the late half', () => {
    const early = Array.from({ length: 29 }, (_, turn) => turn * 582);
    const ends = [24_444, 30_846, 31_428, 32_010, 32_592];
    const thirds = Array.from({ length: 9 }, (_, turn) => 16_296 + turn * 1746);
    for (const late of [ends, [...new Set([...thirds, ...ends])].sort((a, b) => a - b)])
      for (const size of [25, 60, 200])
        for (const distance of [2500, 3500, 6000, 8000])
          for (const phase of [0, 0.25, 0.5, 0.75]) {
            const points = [...early, ...late].map(
              iteration => [iteration, size * Math.floor(iteration / distance + phase)] as const,
            );
            expect(growthOfCount(pointsOf(points), { ...rule, end: 32_592 }).state).not.toBe('flat');
          }
  });

  test('are not flat where the first pause lies before the late half', () => {
    const every = (distance: number, phase: number) =>
      Array.from({ length: 29 }, (_, turn) => turn * 582).map(
        iteration => [iteration, 60 * Math.floor((iteration + phase) / distance)] as const,
      );
    for (const phase of [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000])
      expect(growthOfCount(pointsOf(every(8000, phase)), { ...rule, end: 16_296 }).state).not.toBe('flat');
  });
});

describe('objects of a cache of 5,000 keys that come at random', () => {
  const at = Array.from({ length: 65 }, (_, place) => Math.round((place * 32_592) / 64));
  const readingsOf = (rate: number): Point[] =>
    at.map(iteration => ({
      iteration,
      value: 9000 + Math.round(5000 * (1 - Math.exp(-iteration / 5000)) + rate * iteration),
    }));
  const rule = { slack: 12, warmup: 0, end: 32_592, confidence: 0.9997 };
  const long = { ...rule, long: true, planned: 2037 };

  test('are flat once their end is, over as many iterations as were planned', () => {
    expect(growthOfCount(readingsOf(0), rule).state).toBe('filling');
    expect(growthOfCount(readingsOf(0), long).state).toBe('flat');
    expect(growthOfCount(readingsOf(0), { ...long, planned: 20_000 }).state).toBe('filling');
  });

  test('are flat, too, where a slow machine left readings out, if none is further from the next than the plan is long', () => {
    const sparse =
      (every: number, end: number) =>
      ({ iteration }: Point) =>
        iteration <= 16_296 || iteration % every < 510 || iteration >= end;
    const flat = (points: readonly Point[]) => growthOfCount(points, long).state === 'flat';
    expect(flat(readingsOf(0).filter(sparse(2037, 30_500)))).toBe(true);
    expect(flat(readingsOf(0).filter(sparse(8148, 30_500)))).toBe(false);
  });

  test('are not where one object is kept beside them in a hundred iterations', () => {
    expect(growthOfCount(readingsOf(1 / 100), long).state).not.toBe('flat');
  });
});

describe('a count grows', () => {
  test('when every window adds its share', () => {
    const { state, judged } = growthOfCount(every97(0, 970, 1940, 2910, 3880), { ...RULE, end: 388 });
    expect(state).toBe('grows');
    expect(judged).toHaveLength(5);
  });

  test('when it grows once in a hundred iterations', () =>
    expect(stateOf(every97(...Array.from({ length: 22 }, (_, n) => Math.floor((n * 97) / 100))))).toBe(
      'grows',
    ));

  test('when it grows once in many readings, however many there are', () => {
    const rare = Array.from({ length: 127 }, (_, n) => Math.floor((n * 128) / 1000));
    expect(stateOf(every97(...rare))).toBe('grows');
  });

  test('when it begins to grow half-way', () =>
    expect(stateOf(every97(0, 0, 0, 0, 0, 0, 97, 194, 291, 388, 485, 582))).toBe('grows'));

  test('when it grows beneath a sawtooth', () =>
    expect(stateOf(every97(0, 50, 40, 90, 80, 130, 120, 170, 160, 210, 200, 250))).toBe('grows'));

  test('when it comes in batches with pauses between them', () =>
    expect(stateOf(every97(...Array.from({ length: 22 }, (_, n) => 50 * Math.floor(n / 2))))).toBe('grows'));
});

describe('one object in ten that is kept, beneath a batch of 250 that is written again and again', () => {
  // Where objects are counted in a run of eight times its plan.
  const CENSUSES = [
    0, 414, 1078, 2037, 2576, 3091, 3159, 3747, 4074, 4615, 5267, 5832, 6151, 6402, 7005, 7602, 8148, 8679,
    9240, 9842, 10327, 10402, 11069, 11709, 12194, 12883, 13431, 13986, 14430, 14610, 15126, 15673, 16296,
  ];
  const stateAfter = (warmup: number, held: (iteration: number) => number) => {
    const points = CENSUSES.map(iteration => ({ iteration, value: held(iteration + warmup) }));
    const end = points.at(-1)!.iteration;
    const rule = { slack: 12, warmup, end, confidence: 0.9995, long: true, planned: 2037 };
    return growthOfCount(points, rule).state;
  };

  test.each([50, 75, 100, 125, 150, 175, 200, 225, 250])('grows, read from iteration %d on', warmup => {
    expect(stateAfter(warmup, iteration => Math.floor(iteration / 10) + (iteration % 250))).toBe('grows');
  });

  test.each([50, 100, 150, 200, 250])(
    'does not, where 2,000 are kept, ever fewer of them new, from %d on',
    warmup => {
      const met = (iteration: number) => Math.round(2000 * (1 - Math.exp(-iteration / 2000)));
      expect(stateAfter(warmup, iteration => met(iteration) + (iteration % 250))).not.toBe('grows');
    },
  );
});

describe('a count that grew is no leak yet', () => {
  test('when it stopped in the late half', () =>
    expect(stateOf(every97(0, 97, 194, 291, 388, 485, 582, 600, 600, 600))).toBe('filling'));

  test('when it stopped before the end, though it was read at uneven distances', () => {
    const read: [number, number][] = [
      [0, 8662],
      [388, 8910],
      [1067, 9330],
      [2037, 9940],
      [2619, 10301],
      [3104, 10606],
      [3201, 10666],
      [3783, 10686],
      [4074, 10686],
    ];
    const points = read.map(([iteration, value]) => ({ iteration, value }));
    expect(stateOf(points, { ...RULE, slack: 12, end: 4074 })).toBe('filling');
  });

  test('when each window brings less than the one before', () =>
    expect(stateOf(every97(0, 400, 640, 784, 870, 922, 953, 972, 983, 990))).toBe('filling'));

  test('when it grew by one large step', () =>
    expect(stateOf(every97(0, 0, 0, 0, 0, 0, 500, 500, 500, 500))).not.toBe('grows'));

  test('when it was read three times', () => {
    expect(stateOf(every97(0, 485, 970))).toBe('unread');
    expect(stateOf(every97(0, 970, 1941))).toBe('unread');
    expect(stateOf(every97(0, 727.5, 1455))).toBe('unread');
    expect(stateOf(every97(0, 1940))).toBe('unread');
  });

  test('but it is one at the third reading when it rose by a thousand, by the same number with each iteration', () => {
    const lockstep = [0, 55, 199].map(iteration => ({ iteration, value: 7 + 10 * iteration }));
    expect(growthOfCount(lockstep, { ...RULE, end: 199 })).toEqual({ state: 'grows', judged: lockstep });
    expect(growthOfCount(lockstep, { ...RULE, end: 199, even: true }).state).toBe('unread');
  });

  test('when it was last read in the early half of the run', () =>
    expect(stateOf(every97(0, 970, 1940, 2910, 3880), RULE)).toBe('unread'));
});

test('a count never read twice is flat', () => {
  expect(stateOf(every97(7))).toBe('flat');
});

test('neither the level nor the length of a window matters', () => {
  const values = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 22 });
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 50 }),
      (counts, level, width) => {
        const base = counts.map((value, place) => ({ iteration: place * 7, value }));
        const moved = base.map(({ iteration, value }) => ({
          iteration: iteration * width,
          value: value + level,
        }));
        const end = base.at(-1)!.iteration;
        expect(growthOfCount(moved, { slack: 2, warmup: 0, end: end * width, confidence: 0.99 }).state).toBe(
          growthOfCount(base, { slack: 2, warmup: 0, end, confidence: 0.99 }).state,
        );
      },
    ),
    { seed: 1 },
  );
});

test('a steady leak is found at any rate from one in seventy iterations up', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 100 }), (every, times) => {
      const points = Array.from({ length: 22 }, (_, window) => ({
        iteration: window * 97,
        value: times * Math.floor((window * 97) / every),
      }));
      expect(growthOfCount(points, RULE).state).toBe('grows');
    }),
    { seed: 1 },
  );
});
