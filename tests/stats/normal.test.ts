import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../harness/stats/normal.ts';
import { golden } from './golden.ts';

describe('quantile of the normal distribution', () => {
  test.each(golden.normalQuantile)('of $p is that of scipy', ({ p, z }) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(z)));
  });

  test('is symmetric', () => {
    for (const p of [1e-6, 0.01, 0.2, 0.45]) expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 9);
  });

  test.each([0, 1, -0.1, 1.1, Number.NaN])('does not exist for %d', p => {
    expect(() => normalQuantile(p)).toThrow('p must lie between 0 and 1');
  });
});
