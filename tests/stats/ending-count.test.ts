import { describe, expect, test } from 'vitest';
import { flattens } from '../../harness/stats/ending-count.ts';

const RULE = { slack: 12, warmup: 100 };

function read(count: (iteration: number) => number) {
  return Array.from({ length: 34 }, (_, place) => place * 500).map(iteration => ({
    iteration,
    value: Math.round(count(iteration)),
  }));
}

describe('a count flattens', () => {
  test('when it grows by a power below 1 or by a logarithm', () => {
    expect(
      flattens(
        read(n => 9000 + n ** 0.7),
        RULE,
      ),
    ).toBe(true);
    expect(
      flattens(
        read(n => 9000 + 50 * Math.log2(1 + n)),
        RULE,
      ),
    ).toBe(true);
  });

  test('but not at an even pace, however slow, nor when it rests', () => {
    expect(
      flattens(
        read(n => 9000 + n / 40),
        RULE,
      ),
    ).toBe(false);
    expect(
      flattens(
        read(n => 9000 + Math.min(n, 5)),
        RULE,
      ),
    ).toBe(false);
  });

  test('and nothing is said of one that rises and falls', () => {
    const busy = (n: number) => 9000 + n ** 0.7 + (n % 1000 === 0 ? 100 : 0);
    expect(flattens(read(busy), RULE)).toBe(false);
  });
});
