import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextSize, type SearchRule, smallestCaught, type Tally } from '../../harness/stats/power-search.ts';
import { seeded } from './shapes.ts';

const RULE: SearchRule = { start: 5, repetitions: 4, share: 0.95 };
const SIZES = 20;

describe('the search for the smallest size that is caught', () => {
  test('finds where catching begins, wherever it begins and wherever it starts', () => {
    const place = fc.integer({ min: 0, max: SIZES - 1 });
    fc.assert(
      fc.property(place, place, (threshold, start) => {
        const { tallies } = searched(at => at >= threshold, { ...RULE, start });
        expect(smallestCaught(tallies, RULE)).toBe(threshold);
        expect(tallies[threshold]?.runs).toBeGreaterThanOrEqual(RULE.repetitions);
      }),
    );
  });

  test('needs few runs', () => {
    for (let threshold = 0; threshold < SIZES; threshold++)
      expect(searched(at => at >= threshold, RULE).runs).toBeLessThanOrEqual(17);
    expect(searched(at => at >= 6, RULE).runs).toBeLessThanOrEqual(11);
  });

  test('ends at the largest size where nothing is caught', () => {
    const { tallies, runs } = searched(() => false, RULE);
    expect(tallies.at(-1)?.runs).toBe(1);
    expect(runs).toBeLessThan(7);
    expect(smallestCaught(tallies, RULE)).toBeUndefined();
  });

  test('moves up from a size that is missed later', () => {
    let misses = 0;
    const { tallies } = searched((at, nth) => {
      const missed = at < 8 || (at === 8 && nth === 2);
      if (missed && at === 8) misses++;
      return !missed;
    }, RULE);
    expect(misses).toBe(1);
    expect(smallestCaught(tallies, RULE)).toBe(9);
  });

  test('shows the curve on both sides', () => {
    const { tallies } = searched(at => at >= 6, RULE);
    expect([4, 5, 7].map(place => tallies[place]?.runs)).toEqual([1, 1, 1]);
  });

  test('always ends, whatever is caught', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, share) => {
          const random = seeded(seed);
          expect(searched(() => random() < share, RULE).runs).toBeLessThan(SIZES * 5);
        },
      ),
    );
  });

  test('hardly ever names a size that is caught in less than three quarters of runs', () => {
    let wrong = 0;
    const power = (at: number) => 1 / (1 + Math.exp(-(at - 9) * 1.5));
    for (let seed = 1; seed <= 500; seed++) {
      const random = seeded(seed);
      const { tallies } = searched(at => random() < power(at), RULE);
      if (power(smallestCaught(tallies, RULE) ?? SIZES) < 0.75) wrong++;
    }
    expect(wrong / 500).toBeLessThan(0.1);
  });
});

describe('the smallest size that is caught', () => {
  test('is one that was run often enough, above every one that was missed', () => {
    const tallies = [tally(3, 0), tally(4, 4), tally(4, 3), tally(1, 1), tally(4, 4)];
    expect(smallestCaught(tallies, RULE)).toBe(4);
  });

  test('may have been missed once in twenty', () => {
    expect(smallestCaught([tally(20, 19)], RULE)).toBe(0);
    expect(smallestCaught([tally(19, 18)], RULE)).toBeUndefined();
  });
});

function tally(runs: number, caught: number): Tally {
  return { runs, caught };
}

function searched(isCaught: (place: number, nth: number) => boolean, rule: SearchRule) {
  const tallies: Tally[] = Array.from({ length: SIZES }, () => tally(0, 0));
  let runs = 0;
  for (let place = nextSize(tallies, rule); place !== undefined; place = nextSize(tallies, rule)) {
    const before = tallies[place] ?? tally(0, 0);
    tallies[place] = tally(before.runs + 1, before.caught + (isCaught(place, before.runs) ? 1 : 0));
    if (++runs > 1000) break;
  }
  return { tallies, runs };
}
