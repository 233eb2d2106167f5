import { describe, expect, test } from 'vitest';
import { pagesAllowance, pagesState } from '../harness/assess-pages.ts';

const MB = 2 ** 20;

test('half a megabyte over the judged half is accepted, and never less than the allowance', () => {
  expect(pagesAllowance({ allowance: 16, end: 2048 })).toBe(512);
  expect(pagesAllowance({ allowance: 16, end: 8192 })).toBe(128);
  expect(pagesAllowance({ allowance: 16, end: 1_000_000 })).toBe(16);
  expect(pagesAllowance({ allowance: 16, end: 0 })).toBe(MB);
});

describe('growth of native memory', () => {
  test('is no leak before four times the plan, for an allocator spreads at first', () => {
    expect(pagesState('grows', 2 * MB, { end: 2037, planned: 2037 })).toBe('filling');
    expect(pagesState('grows', 2 * MB, { end: 8147, planned: 2037 })).toBe('filling');
    expect(pagesState('grows', 2 * MB, { end: 8148, planned: 2037 })).toBe('grows');
    expect(pagesState('grows', 2 * MB, { end: 8148 })).toBe('filling');
  });

  test('is no leak in a short run, however long beside its plan, unless it is far', () => {
    expect(pagesState('grows', 2 * MB, { end: 4800, planned: 300 })).toBe('filling');
    expect(pagesState('grows', 16 * MB, { end: 1200, planned: 300 })).toBe('grows');
    expect(pagesState('grows', 16 * MB, { end: 1199, planned: 300 })).toBe('filling');
  });

  test('is one at once where it is more than any allocator keeps free', () => {
    expect(pagesState('grows', 64 * MB, { end: 2037, planned: 2037 })).toBe('grows');
  });

  test('says nothing unless it is certain', () => {
    for (const state of ['flat', 'filling', 'unclear', 'unread'] as const)
      expect(pagesState(state, 100 * MB, { end: 8148, planned: 2037 })).toBe('flat');
  });
});
