import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactShare } from '../../harness/stats/binomial.ts';
import { golden } from './golden.ts';

describe('the exact interval of a share', () => {
  test.each(golden.exactShare)('of $hits in $runs at $confidence is that of scipy', expected => {
    const { low, high } = exactShare(expected.hits, expected.runs, expected.confidence);
    expect(Math.abs(low - expected.low)).toBeLessThan(1e-9);
    expect(Math.abs(high - expected.high)).toBeLessThan(1e-9);
  });

  test('holds the share itself, and that of the misses is its mirror image', () => {
    const runs = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        runs,
        fc.nat(),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (all, some, confidence) => {
          const hits = some % (all + 1);
          const { low, high } = exactShare(hits, all, confidence);
          const missed = exactShare(all - hits, all, confidence);
          expect(low).toBeLessThanOrEqual(hits / all);
          expect(high).toBeGreaterThanOrEqual(hits / all);
          expect(missed.low).toBeCloseTo(1 - high, 9);
          expect(missed.high).toBeCloseTo(1 - low, 9);
        },
      ),
    );
  });

  test('of all in 59 runs is the first to lie above 95 % with a confidence of 95 % on that side', () => {
    expect(exactShare(59, 59, 0.9).low).toBeGreaterThan(0.95);
    expect(exactShare(58, 58, 0.9).low).toBeLessThan(0.95);
  });

  test.each([-1, 6, Number.NaN])('does not exist for %d of 5', hits => {
    expect(() => exactShare(hits, 5, 0.95)).toThrow('hits must lie between 0 and the 5 runs');
  });
});
