import { describe, expect, test } from 'vitest';
import { JIT_ALLOWANCE } from '../../harness/options.ts';
import { growthOfBytes } from '../../harness/stats/byte-growth.ts';
import { growthOfCount } from '../../harness/stats/count-growth.ts';
import { byteLimit } from '../../harness/stats/detection-limit.ts';
import { type Measured, measured } from './golden.ts';
import { ALLOWANCE, CONFIDENCE, END, FIRST_LOOK, WARMUP } from './shapes.ts';

/** At a first look; what is unclear or filling is looked at again. */
const HEAP_STATES: { readonly [behaviour: string]: RegExp } = {
  clean: /flat/,
  arr8: /flat/,
  mapsmi: /flat|unclear/,
  maponly: /grows|filling/,
  warmcache: /flat|unclear/,
  fillend: /filling|unclear/,
  random: /flat/,
  ttl: /flat/,
  late: /grows/,
  obvious: /grows/,
  offheap: /grows/,
  rare40: /flat/,
  rare100: /flat/,
};

const POPULATION_STATES: { readonly [behaviour: string]: RegExp } = {
  clean: /flat/,
  arr8: /flat/,
  mapsmi: /flat/,
  maponly: /grows/,
  warmcache: /flat/,
  fillend: /filling/,
  random: /filling/,
  ttl: /flat/,
  late: /steps/,
  obvious: /grows/,
  offheap: /grows/,
  rare40: /grows/,
  rare100: /flat/,
};

/** With V8's default flags a clean loop drifts by 12 to 25 B per iteration, so a larger allowance is given. */
function ruleFor({ jit }: Measured) {
  return jit ? { ...FIRST_LOOK, allowance: JIT_ALLOWANCE } : FIRST_LOOK;
}

function points(series: Measured, values: readonly (number | null)[]) {
  return series.iterations.flatMap((iteration, place) => {
    const value = values[place];
    return value == null ? [] : [{ iteration, value }];
  });
}

const named = measured.map(series => ({
  name: `${series.behaviour}${series.jit ? ', JIT on' : ''}`,
  series,
}));

describe('real heap readings', () => {
  test.each(named)('of $name', ({ series }) => {
    const { state } = growthOfBytes(points(series, series.heap), ruleFor(series));
    expect(state).toMatch(HEAP_STATES[series.behaviour]!);
  });

  test.each(named)('of memory outside the heap: $name', ({ series }) => {
    const { state } = growthOfBytes(points(series, series.external), ruleFor(series));
    expect(state).toBe(series.behaviour === 'offheap' ? 'grows' : 'flat');
  });

  test('of a clean subject would have shown a leak of little more than the allowance', () => {
    const series = measured.find(({ behaviour, jit }) => behaviour === 'clean' && !jit)!;
    const limit = byteLimit(points(series, series.heap), ruleFor(series));
    expect(limit).toBeGreaterThan(ALLOWANCE);
    expect(limit).toBeLessThan(ALLOWANCE * 1.25);
  });
});

describe('real population readings', () => {
  test.each(named)('of $name', ({ series }) => {
    const { state } = growthOfCount(points(series, series.population), {
      slack: 12,
      warmup: WARMUP,
      end: END,
      confidence: CONFIDENCE,
    });
    expect(state).toMatch(POPULATION_STATES[series.behaviour]!);
  });
});
