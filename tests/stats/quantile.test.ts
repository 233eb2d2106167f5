import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { median, quantile } from '../../harness/stats/quantile.ts';
import { golden } from './golden.ts';

const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('sample quantile', () => {
  test.each(golden.quantile)('of $values.length values at $p is that of numpy', ({ values, p, value }) => {
    expect(quantile(values, p)).toBeCloseTo(value, 9);
  });

  test('does not depend on the order, and leaves it alone', () => {
    const given = [3, 1, 2];
    expect(median(given)).toBe(2);
    expect(given).toEqual([3, 1, 2]);
  });

  test('rises with p and stays within the values', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (sample, p) => {
        const value = quantile(sample, p);
        expect(value).toBeGreaterThanOrEqual(Math.min(...sample));
        expect(value).toBeLessThanOrEqual(Math.max(...sample));
        expect(quantile(sample, p / 2)).toBeLessThanOrEqual(value);
      }),
      { seed: 1 },
    );
  });

  test('of nothing is an error', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
