import { expect, test } from 'vitest';
import { timeLimit, wholeFor } from '../../scripts/option-values.ts';

test.each([
  ['5000', 5000],
  ['500.5', 500.5],
  ['2.5s', 2500],
  ['2min', 120_000],
])('a deadline of %s is %d ms', (text, time) => {
  expect(timeLimit(text)).toBe(time);
});

test.each(['0', '0s', '2147483648', '999999min', '-1', 'soon', ''])('no deadline is %j', text => {
  expect(() => timeLimit(text)).toThrow(
    'It must be milliseconds > 0 and <= 2147483647, or a time such as "30s", "500ms" or "2min".',
  );
});

test.each(['3', '-5', '0', '7.5', 'many', ''])(
  'the limit of iterations that is told of %j is the one that they are planned by',
  text => {
    expect(() => wholeFor('iterations')(text)).toThrow('It must be a whole number >= 7.');
  },
);

test('iterations are taken from their limit on, and their own limit may be none', () => {
  expect(wholeFor('iterations')('7')).toBe(7);
  expect(wholeFor('maxIterations')('0')).toBe(0);
});
