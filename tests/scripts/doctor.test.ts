import { expect, test } from 'vitest';
import { isSince } from '../../scripts/doctor.ts';

test.each([
  ['22.17.1', false],
  ['22.18.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['20.20.2', false],
  ['24.0.0', true],
])('what came with 22.18 and 23.6 is in %s: %s', (version, has) => {
  expect(
    isSince(version, [
      [22, 18],
      [23, 6],
    ]),
  ).toBe(has);
});
