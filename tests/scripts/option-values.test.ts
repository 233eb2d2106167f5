import { expect, test } from 'vitest';
import { duration, numberFor, timeLimit } from '../../scripts/option-values.ts';

test.each([
  ['5000ms', 5000],
  ['500.5ms', 500.5],
  ['2.5s', 2500],
  ['2min', 120_000],
])('a deadline of %s is %d ms', (text, time) => {
  expect(timeLimit(text)).toBe(time);
});

test.each(['0', '0s', '2147483.648s', '999999min'])('no deadline is %j', text => {
  expect(() => timeLimit(text)).toThrow('It must be above 0 and at most 2147483647 ms.');
});

test.each(['30', '-1s', 'soon', '', '5h'])('%j is no time, not in seconds and not in milliseconds', text => {
  for (const read of [timeLimit, duration])
    expect(() => read(text)).toThrow('It must be a time with its unit, such as 30s, 500ms or 2min.');
});

test('a budget may be none', () => {
  expect(duration('0')).toBe(0);
});

test('an allowance may be a part of a byte, a seed not of one', () => {
  expect(numberFor('allowance')('0.5')).toBe(0.5);
  expect(() => numberFor('allowance')('-1')).toThrow('It must be >= 0.');
  expect(() => numberFor('seed')('0.5')).toThrow('It must be a whole number >= 0.');
});

test.each(['3', '-5', '0', '7.5', 'many', ''])(
  'the limit of iterations that is told of %j is the one that they are planned by',
  text => {
    expect(() => numberFor('iterations')(text)).toThrow('It must be a whole number >= 7.');
  },
);

test('iterations are taken from their limit on, and their own limit may be none', () => {
  expect(numberFor('iterations')('7')).toBe(7);
  expect(numberFor('maxIterations')('0')).toBe(0);
});
