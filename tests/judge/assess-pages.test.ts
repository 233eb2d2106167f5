import { describe, expect, test } from 'vitest';
import { assess } from '../../harness/judge/assess.ts';
import { pagesAllowance, pagesState, tellsPages } from '../../harness/judge/assess-pages.ts';
import { NATIVE } from '../support/judge-input.ts';

const MB = 2 ** 20;

test('half a megabyte over the judged half is accepted, and never less than the allowance', () => {
  expect(pagesAllowance({ allowance: 16, end: 2048 })).toBe(512);
  expect(pagesAllowance({ allowance: 16, end: 8192 })).toBe(128);
  expect(pagesAllowance({ allowance: 16, end: 1_000_000 })).toBe(16);
  expect(pagesAllowance({ allowance: 16, end: 0 })).toBe(MB);
});

describe('certain growth of native memory', () => {
  test('is no leak before four times the plan, for an allocator spreads at first', () => {
    expect(pagesState(2 * MB, { end: 2037, planned: 2037 })).toBe('filling');
    expect(pagesState(2 * MB, { end: 8147, planned: 2037 })).toBe('filling');
    expect(pagesState(2 * MB, { end: 8148, planned: 2037 })).toBe('grows');
    expect(pagesState(2 * MB, { end: 8148 })).toBe('filling');
  });

  test('is no leak in a short run, however long beside its plan, unless it is far', () => {
    expect(pagesState(2 * MB, { end: 4800, planned: 300 })).toBe('filling');
    expect(pagesState(16 * MB, { end: 1200, planned: 300 })).toBe('grows');
    expect(pagesState(16 * MB, { end: 1199, planned: 300 })).toBe('filling');
  });

  test('is one at once where it is more than any allocator keeps free', () => {
    expect(pagesState(64 * MB, { end: 2037, planned: 2037 })).toBe('grows');
  });

  test('is untold where no longer run can follow', () => {
    expect(pagesState(2 * MB, { end: 2037, planned: 2037, ends: true })).toBe('untold');
    expect(pagesState(2 * MB, { end: 8148, planned: 2037, ends: true })).toBe('grows');
  });
});

test('certain growth that slows down is open while a longer run can follow, and never a leak', () => {
  expect(pagesState(2 * MB, { end: 4074, planned: 2037, slows: true })).toBe('filling');
  expect(pagesState(64 * MB, { end: 8148, planned: 2037, slows: true })).toBe('filling');
  expect(pagesState(64 * MB, { end: 8148, planned: 2037, slows: true, ends: true })).toBe('untold');
  expect(pagesState(64 * MB, { end: 16_296, planned: 2037, slows: true, long: true })).toBe('untold');
});

test('what grows can be told where a run may come to four times its plan and 8,000 iterations', () => {
  expect(tellsPages({ end: 2037, planned: 2037, reach: 8148 })).toBe(true);
  expect(tellsPages({ end: 2037, planned: 2037, reach: 4074 })).toBe(false);
  expect(tellsPages({ end: 300, planned: 300, reach: 4800 })).toBe(false);
  expect(tellsPages({ end: 8148, planned: 2037 })).toBe(true);
});

describe('readings of native memory', () => {
  const rule = { allowance: 16, confidence: 0.99, warmup: 50, end: 8148, planned: 2037 };
  const read = (value: (iteration: number) => number, to = 8148, long = false) =>
    assess(
      {
        metric: NATIVE,
        points: Array.from({ length: 61 }, (_, place) => (to * place) / 60).map(iteration => ({
          iteration,
          value: value(iteration),
        })),
      },
      { ...rule, long },
    );

  test('that rise evenly grow', () => {
    expect(read(n => 5 * MB + 1500 * n)).toMatchObject({ state: 'grows', estimate: { slope: 1500 } });
  });

  test('that rise by less, that stopped, or that rose in a step or by leaps, are flat', () => {
    for (const value of [
      (n: number) => 5 * MB + 100 * n,
      (n: number) => 5 * MB + 1500 * Math.min(n, 3000),
      (n: number) => 5 * MB + 1500 * Math.min(n, 4500),
      (n: number) => (n > 7000 ? 25 : 5) * MB,
      (n: number) => 5 * MB + 2 * MB * 2 ** Math.floor(Math.log2(Math.max(1, n / 1018))),
    ]) {
      const assessed = read(value);
      expect(assessed).toMatchObject({ state: 'flat' });
      expect(assessed?.accepted?.because).not.toBe('untold');
    }
  });

  /* As pages do that are used again: for its last readings a log of 960 B per iteration seemed to be full. */
  test('that rose to the end but for a short rest are open', () => {
    const resting = read(n => 5 * MB + 1500 * Math.min(n, 7400));
    expect(resting).toMatchObject({ state: 'filling', goesOn: true });
    expect(resting?.accepted?.because).not.toBe('untold');
  });

  test('that still slow down in a long run tell nothing', () => {
    const slowing = (n: number) => 5 * MB + 1500 * Math.min(n, 7400);
    expect(read(slowing, 8148, true)).toMatchObject({ state: 'flat', accepted: { because: 'untold' } });
  });

  test('that ended while they rose tell nothing', () => {
    expect(read(n => 5 * MB + 1500 * n, 2037)).toMatchObject({
      state: 'flat',
      accepted: { because: 'untold' },
    });
    expect(read(n => 5 * MB + 1500 * Math.min(n, 1850), 2037)).toMatchObject({
      state: 'flat',
      accepted: { because: 'untold' },
    });
    expect(read(() => 5 * MB, 2037)?.accepted?.because).not.toBe('untold');
  });
});
