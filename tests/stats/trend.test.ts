import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreVariance, serialInflation } from '../../harness/stats/trend.ts';
import { golden } from './golden.ts';

describe('variance of the Mann-Kendall score', () => {
  test.each(golden.trend)('of $y.length $kind readings is that behind scipy kendalltau', one => {
    expect(scoreVariance(one.y)).toBeCloseTo(one.scoreVariance, 9);
  });

  test('is 0 where all readings are equal, and largest where none are', () => {
    expect(scoreVariance([5, 5, 5, 5])).toBe(0);
    expect(scoreVariance([1, 2, 3, 3])).toBeLessThan(scoreVariance([1, 2, 3, 4]));
  });

  test('does not depend on the order of the readings', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1 }), sample => {
        expect(scoreVariance(sample.toSorted((a, b) => a - b))).toBeCloseTo(scoreVariance(sample), 9);
      }),
      { seed: 1 },
    );
  });
});

describe('inflation by serial correlation', () => {
  test.each(golden.trend)('of $y.length $kind readings is that of Hamed and Rao', one => {
    expect(serialInflation(one.y)).toBeCloseTo(one.serialInflation, 9);
  });

  test('is 1 for readings that alternate, and more for readings that wander', () => {
    const places = Array.from({ length: 20 }, (_, place) => place);
    expect(serialInflation(places.map(place => place % 2))).toBeGreaterThanOrEqual(1);
    expect(serialInflation(places.map(place => Math.sin(place / 4)))).toBeGreaterThan(1.5);
    expect(serialInflation(places.map(() => 3))).toBe(1);
  });

  test('is never below 1 and does not depend on the unit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 25 }), sample => {
        const inflation = serialInflation(sample);
        expect(inflation).toBeGreaterThanOrEqual(1);
        expect(serialInflation(sample.map(value => value * 8 + 100))).toBeCloseTo(inflation, 9);
      }),
      { seed: 1 },
    );
  });
});
