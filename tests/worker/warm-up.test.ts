import { describe, expect, test } from 'vitest';
import { isStable, warmUp } from '../../harness/worker/warm-up.ts';

const OPTIONS = { warmup: 50, warmupLimit: 500 };

describe('warmUp()', () => {
  test('ends after two windows that do not drift', async () => {
    const { work, counts } = subject([9_000, 8_000, 100, 50]);
    const warmup = await warmUp(work, OPTIONS);
    expect(warmup).toMatchObject({ iterations: 200, stable: true, drift: 1 });
    expect(counts).toEqual([50, 50, 50, 50]);
  });

  test('ends after two windows of a steady leak, which is not for warm-up to cure', async () => {
    const { work } = subject([80_000, 500_000, 505_000]);
    expect(await warmUp(work, OPTIONS)).toMatchObject({ iterations: 150, stable: true, drift: 10_100 });
  });

  test('gives up at its limit, which it does not pass, and says so', async () => {
    const { work, counts } = subject(Array.from({ length: 10 }, (_, window) => 10_000 * 2 ** window));
    const warmup = await warmUp(work, { warmup: 50, warmupLimit: 120 });
    expect(warmup).toMatchObject({ iterations: 120, stable: false, drift: 2_000 });
    expect(counts).toEqual([50, 50, 20]);
  });
});

describe('isStable()', () => {
  test.each([
    [Number.NaN, 0, false],
    [10, -10, true],
    [-2000, 10, false],
    [10, 2000, false],
    [1000, 1040, true],
    [1000, 1100, false],
  ])('a drift of %d B per iteration, then of %d: %s', (previous, drift, stable) => {
    expect(isStable(previous, drift)).toBe(stable);
  });
});

/** Grows by the next of `growths` in each window. */
function subject(growths: readonly number[]) {
  const counts: number[] = [];
  let heap = 5_000_000;
  const work = {
    async iterate(count: number) {
      heap += growths[counts.length] ?? 0;
      counts.push(count);
    },
    settledHeap: async () => heap,
  };
  return { work, counts };
}
