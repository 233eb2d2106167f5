import { describe, expect, test } from 'vitest';
import { JIT_ALLOWANCE } from '../../harness/options.ts';
import { growthOfBytes } from '../../harness/stats/byte-growth.ts';
import { growthOfCount } from '../../harness/stats/count-growth.ts';
import { cache, container, drift, lateLeak, leak, type Maker, saw, stepAt } from './behaviours.ts';
import {
  ALLOWANCE,
  between,
  CONFIDENCE,
  counts,
  END,
  FIRST_LOOK,
  filling,
  leakFrom,
  type Noise,
  normal,
  quiet,
  type Random,
  readings,
  rough,
  ruleAt,
  sawtooth,
  seeded,
  step,
  stickyStates,
  twoStates,
  WARMUP,
} from './shapes.ts';

/*
 * How often the rules are right at the first look of a trial of default options, over seeded random series of every shape
 * they were made for.
 */

const SERIES = 200;
/** Of each row of the table in method.md. */
const ROW = 1000;

type Shares = { readonly [state: string]: number };

/** Shares of the states over seeded series. */
function bytes(make: Maker, noise: Noise, series = SERIES, allowance = ALLOWANCE): Shares {
  return tally(series, random => {
    const points = readings(make(random), noise(random));
    return growthOfBytes(points, { ...FIRST_LOOK, allowance }).state;
  });
}

function things(make: Maker): Shares {
  return tally(
    SERIES,
    random =>
      growthOfCount(counts(make(random)), { slack: 2, warmup: WARMUP, end: END, confidence: CONFIDENCE })
        .state,
  );
}

function tally(series: number, stateOf: (random: Random) => string): Shares {
  const states = Array.from({ length: series }, (_, place) => stateOf(seeded((place + 1) * 7919)));
  return Object.fromEntries(
    [...new Set(states)].map(state => [state, states.filter(one => one === state).length / series]),
  );
}

interface Row {
  readonly name: string;
  readonly make: Maker;
  /** Share of the series that are found in a state, at least. */
  readonly atLeast: { readonly quiet: Shares; readonly rough: Shares };
  readonly never: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'clean heap',
    make: drift,
    atLeast: { quiet: { flat: 1 }, rough: { flat: 1 } },
    never: [],
  },
  {
    name: 'leak of three allowances',
    make: leak(ALLOWANCE * 3, ALLOWANCE * 3),
    atLeast: { quiet: { grows: 1 }, rough: { grows: 0.99 } },
    never: ['flat', 'unclear'],
  },
  {
    name: 'leak that begins within the first six tenths',
    make: lateLeak(0.3, 0.6, [4, 8]),
    atLeast: { quiet: { grows: 1 }, rough: { grows: 0.97 } },
    never: ['flat'],
  },
  {
    name: 'cache that is full by half-way',
    make: cache(0.1, 0.5),
    atLeast: { quiet: { flat: 0.995 }, rough: { unclear: 0.92, flat: 0.04 } },
    never: ['grows'],
  },
  {
    name: 'cache that is full at two thirds to four fifths',
    make: cache(0.65, 0.8),
    atLeast: { quiet: { filling: 0.85, unclear: 0.1 }, rough: { filling: 0.99 } },
    never: ['flat'],
  },
  {
    name: 'sawtooth of two to eight windows',
    make: saw,
    atLeast: { quiet: { flat: 0.89 }, rough: { flat: 0.82 } },
    never: ['grows', 'filling'],
  },
  {
    name: 'step in the late half',
    make: stepAt(0.5, 1),
    atLeast: { quiet: { unclear: 0.99 }, rough: { unclear: 0.97 } },
    never: ['filling'],
  },
  {
    name: 'container that doubles, which is a leak',
    make: container,
    atLeast: { quiet: { unclear: 0.99 }, rough: { unclear: 0.79, grows: 0.16 } },
    never: ['flat', 'filling'],
  },
];

describe('the table of method.md: one look at bytes alone', () => {
  test.each(ROWS)('of a $name', ({ make, atLeast, never }) => {
    for (const [noise, least] of [
      [quiet, atLeast.quiet],
      [rough, atLeast.rough],
    ] as const) {
      const shares = bytes(make, noise, ROW);
      for (const [state, share] of Object.entries(least)) expect(shares[state]).toBeGreaterThanOrEqual(share);
      expect(Object.keys(shares).filter(state => never.includes(state))).toEqual([]);
    }
  });

  test('takes a cache that is nearly full, or a step, for a leak in 1 % of series at most', () => {
    for (const make of [cache(0.65, 0.8), stepAt(0.5, 1)]) {
      expect(bytes(make, quiet, ROW).grows ?? 0).toBe(0);
      expect(bytes(make, rough, ROW).grows ?? 0).toBeLessThanOrEqual(0.01);
    }
  });
});

describe('a clean heap', () => {
  test('with the JIT on is flat under the larger allowance', () => {
    const jitDrift: Maker = random => {
      const rate = between(random, 12, 25);
      const code = between(random, 0, 20_000);
      return iteration => rate * iteration + (iteration > 250 ? code : 0);
    };
    const shares = bytes(jitDrift, quiet, 1000, JIT_ALLOWANCE);
    expect(shares.grows ?? 0).toBe(0);
    expect(shares.flat).toBeGreaterThanOrEqual(0.99);
  });

  test.each([
    { name: 'two states', noise: twoStates },
    { name: 'two states that last', noise: stickyStates },
  ])('with $name 250 kB apart is never a leak', ({ noise }) => {
    expect(bytes(drift, noise, 1000).grows ?? 0).toBe(0);
  });

  test('that shrinks is flat', () => {
    expect(bytes(leak(-200, 0), quiet)).toEqual({ flat: 1 });
  });
});

test('an early step of a heap is flat', () => {
  expect(bytes(stepAt(0, 0.45), quiet)).toEqual({ flat: 1 });
});

describe('a leak of bytes', () => {
  test('of three allowances is caught in normal noise', () => {
    const shares = bytes(leak(ALLOWANCE * 3, ALLOWANCE * 3), normal);
    expect(shares.grows).toBeGreaterThanOrEqual(0.98);
  });

  test('that is huge is caught in any noise', () => {
    for (const noise of [quiet, rough, normal, twoStates, stickyStates]) {
      expect(bytes(leak(10_000, 100_000), noise)).toEqual({ grows: 1 });
    }
  });

  test('that begins within the last third is never flat', () => {
    expect(bytes(lateLeak(0.65, 0.9, [10, 14]), quiet).flat ?? 0).toBe(0);
  });
});

describe('bytes that swing by megabytes, at the end of a run of 16 times its plan', () => {
  const SWING = 2e6;
  const FIFTH_LOOK = { ...ruleAt(5), ends: true };
  /** As many readings as a trial takes, about: 21 in the planned stage and in the next, 42 in each after it. */
  const ends = [0, 1, 2, 4, 8].flatMap(from => {
    const windows = from < 2 ? 21 : 42;
    const length = (END * Math.max(1, from)) / windows;
    return Array.from({ length: windows }, (_, window) => Math.round(from * END + (window + 1) * length));
  });
  /** Over the late half the growth is so many standard deviations of the noise. */
  const swinging = (deviations: number) =>
    tally(60, random => {
      const rate = (deviations * SWING) / (8 * END);
      const deviates = normal(random);
      const points = ends.map(iteration => ({
        iteration,
        value: rate * iteration + (SWING * deviates()) / 6000,
      }));
      return growthOfBytes(points, FIFTH_LOOK).state;
    });

  test('are flat where they do not grow', () => {
    const { flat = 0, grows = 0 } = swinging(0);
    expect(flat).toBeGreaterThanOrEqual(0.75);
    expect(grows).toBe(0);
  });

  test('are hardly ever flat where they grow by one standard deviation of what they swing by', () => {
    const { flat = 0, grows } = swinging(1);
    expect(flat).toBeLessThan(0.06);
    expect(grows).toBeGreaterThan(0.8);
  });

  test('grow where they grow by two', () => {
    expect(swinging(2).grows).toBeGreaterThan(0.95);
  });
});

describe('a count', () => {
  test('that nothing is kept of is flat, whatever is made twice', () => {
    expect(
      things(random => {
        const [first, second] = [between(random, 0, END), between(random, 0, END)];
        return iteration => (iteration > first ? 1 : 0) + (iteration > second ? 1 : 0);
      }),
    ).toEqual({ flat: 1 });
  });

  test.each([1, 10, 40, 100, 150])('that keeps one in %d grows', every => {
    expect(
      things(random => {
        const phase = random();
        return iteration => iteration / every + phase;
      }),
    ).toEqual({ grows: 1 });
  });

  test('that keeps one now and then, by chance, grows', () => {
    expect(
      things(random => {
        const chance = between(random, 0.02, 1);
        const kept = [0];
        for (let iteration = 0; iteration < END; iteration++) {
          kept.push((kept.at(-1) ?? 0) + (random() < chance ? 1 : 0));
        }
        return iteration => kept[iteration] ?? 0;
      }).grows,
    ).toBeGreaterThanOrEqual(0.99);
  });

  test('that begins to keep one within the first seven tenths grows', () => {
    expect(things(random => leakFrom(between(random, 0.1, 3), between(random, 0.3, 0.7) * END))).toEqual({
      grows: 1,
    });
  });

  test('of one or two pools that were made at once never grows', () => {
    expect(
      things(random => {
        const one = step(between(random, 3, 500), between(random, 0, END));
        const two = step(between(random, 0, 500), between(random, 0, END));
        return iteration => one(iteration) + two(iteration);
      }).grows ?? 0,
    ).toBe(0);
  });

  test('of a cache is flat when it is full by half-way, and no leak when it fills up later', () => {
    expect(things(random => filling(1, between(random, 0, 0.5) * END))).toEqual({ flat: 1 });
    expect(things(random => filling(1, between(random, 0.52, 0.9) * END)).grows ?? 0).toBe(0);
  });

  test('of a cache under random keys is hardly ever a leak', () => {
    const saturating: Maker = random => {
      const scale = between(random, 0.1, 0.6) * END;
      return iteration => 1000 * (1 - Math.exp(-iteration / scale));
    };
    expect(things(saturating).grows ?? 0).toBeLessThanOrEqual(0.02);
  });

  test('of a cache that is emptied now and then never grows', () => {
    const shares = things(random => {
      const period = 97 * between(random, 2, 8);
      return sawtooth(between(random, 5, 1000), period, random() * period);
    });
    expect(shares.grows ?? 0).toBe(0);
    expect(shares.flat).toBeGreaterThanOrEqual(0.9);
  });
});

describe('a class in nine snapshots of a run of eight times its plan', () => {
  const AT = [0, 2037, 3091, 4074, 6151, 8148, 10_327, 12_194, 14_430, 16_296];
  const LONG = {
    slack: 8,
    warmup: 0,
    end: 16_296,
    confidence: 0.9995,
    even: true,
    long: true,
    planned: 2037,
  };

  /** @param arrives how many things a new iteration adds */
  function classes(arrives: (random: Random) => (iteration: number) => number): Shares {
    return tally(SERIES, random => {
      const arrive = arrives(random);
      const kept = [0];
      for (let iteration = 1; iteration <= 16_296; iteration++)
        kept.push((kept.at(-1) ?? 0) + arrive(iteration));
      return growthOfCount(
        AT.map(iteration => ({ iteration, value: kept[iteration] ?? 0 })),
        LONG,
      ).state;
    });
  }

  /** Keys of 60 routes, 5 states and 4 methods, rare ones much rarer, of which a share makes what is counted. */
  const skewedKeys = (share: number) => (random: Random) => {
    const seen = new Set<string>();
    const skewed = (bound: number) => Math.floor(bound * random() ** 4);
    return () => {
      const key = `${skewed(60)} ${skewed(5)} ${skewed(4)}`;
      if (seen.has(key)) return 0;
      seen.add(key);
      return random() < share ? 1 : 0;
    };
  };

  test('of which skewed keys make one each is filling', () => {
    expect(classes(skewedKeys(1)).grows ?? 0).toBeLessThanOrEqual(0.02);
  });

  test('of which a third of skewed keys make one is filling in most runs', () => {
    expect(classes(skewedKeys(0.34)).grows ?? 0).toBeLessThanOrEqual(0.2);
  });

  test.each([1, 10, 100])('of which one is kept by chance in %d iterations grows', every => {
    expect(classes(random => () => (random() * every < 1 ? 1 : 0)).grows).toBeGreaterThanOrEqual(0.95);
  });

  test('grows beside as many things as filled up in the first quarter', () => {
    expect(
      classes(random => iteration => (iteration <= 2000 ? 1 : 0) + (random() < 1 / 20 ? 1 : 0)).grows,
    ).toBeGreaterThanOrEqual(0.95);
  });
});
