import { expect, test } from 'vitest';
import { turnoverLimit } from '../../harness/judge/turnover.ts';

const limitOf = (objects: number, bytesPerIteration: number) =>
  turnoverLimit({ objects, iterations: 2000, bytesPerIteration }, { allowance: 16 });

test('where as much stays as before, 25 objects or half the allowance would have shown', () => {
  expect(limitOf(0, 0)).toEqual({ bytesPerIteration: 8, objectEvery: 80 });
});

test('what was lost may have been made up for by what was kept', () => {
  expect(limitOf(-75, -20)).toEqual({ bytesPerIteration: 28, objectEvery: 20 });
});

test('what passed for little is no reason to have seen less', () => {
  expect(limitOf(24, 7)).toEqual(limitOf(0, 0));
});
