import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, editDistance, nearestWord } from '../harness/nearest-word.ts';

test.each([
  ['kitten', 'sitting', 3],
  ['abcd', 'acbd', 1],
  ['', 'abc', 3],
  ['same', 'same', 0],
])('from %s to %s it is %i edits', (one, other, edits) => {
  expect(editDistance(one, other)).toBe(edits);
});

test('the distance is the same both ways, and one letter more is one edit more at most', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string({ minLength: 1, maxLength: 1 }), (one, other, letter) => {
      expect(editDistance(one, other)).toBe(editDistance(other, one));
      expect(Math.abs(editDistance(one + letter, other) - editDistance(one, other))).toBeLessThanOrEqual(1);
    }),
  );
});

test('what is far from every word is near to none', () => {
  expect(nearestWord('iteratons', ['windows', 'iterations'])).toBe('iterations');
  expect(nearestWord('colour', ['windows', 'iterations'])).toBeUndefined();
  expect(nearestWord('ab', ['xy'])).toBeUndefined();
  expect(didYouMean('Windws', ['windows', 'iterations'])).toBe('; did you mean "windows"?');
  expect(didYouMean('colour', ['windows', 'iterations'])).toBe('');
});

test('a short word is no misspelling of another that differs by two letters', () => {
  expect(nearestWord('name', ['base', 'out'])).toBeUndefined();
  expect(nearestWord('bsae', ['base', 'out'])).toBe('base');
  expect(nearestWord('ou', ['base', 'out'])).toBe('out');
});
