import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leaps } from '../../harness/stats/leaps.ts';

const WARMUP = 410;
const RULE = { allowance: 16, warmup: WARMUP };

/** Read some 57 times in each doubling of the run, as a long run is. */
function readings(value: (iteration: number) => number, end = 65_184) {
  const places = Array.from({ length: 240 }, (_, place) => Math.round(((place + 1) / 240) ** 2 * end));
  return places.map(iteration => ({ iteration, value: value(iteration) }));
}

/** Bytes of a table of 64 B per iteration that doubles its store whenever it is full. */
function table(fullFirst: number, kept = (iteration: number) => iteration): (iteration: number) => number {
  return iteration => 2e6 + 64 * fullFirst * 2 ** Math.ceil(Math.log2(kept(iteration + WARMUP) / fullFirst));
}

describe('leaps()', () => {
  test('are those of a table that doubles, wherever in the doublings of a run its own fall', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 200, noNaN: true }), fullFirst => {
        expect(leaps(readings(table(fullFirst)), RULE)).toBe(true);
      }),
    );
  });

  test('are none of a table that has been full for most of the late half', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 200, noNaN: true }), fullFirst => {
        const full = (iteration: number) => Math.min(iteration, 0.25 * 65_184);
        expect(leaps(readings(table(fullFirst, full)), RULE)).toBe(false);
      }),
    );
  });

  test('are none of what is steady, gives back what it took, or was not read for a while', () => {
    expect(
      leaps(
        readings(() => 5e6),
        RULE,
      ),
    ).toBe(false);
    const emptied = (iteration: number) => (iteration > 60_000 ? 2e6 : table(130)(iteration));
    expect(leaps(readings(emptied), RULE)).toBe(false);
    const silent = readings(table(130)).filter(({ iteration }) => iteration < 12_000 || iteration > 33_000);
    expect(leaps(silent, RULE)).toBe(false);
  });

  test('are told beside a warm-up that is long for the run', () => {
    const rule = { ...RULE, warmup: 500 };
    expect(
      leaps(
        readings(
          table(15, iteration => iteration - WARMUP),
          2400,
        ),
        rule,
      ),
    ).toBe(true);
  });

  test('are none within the allowance', () => {
    expect(leaps(readings(table(130)), { ...RULE, allowance: 200 })).toBe(false);
  });
});
