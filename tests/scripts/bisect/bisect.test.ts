import { expect, test } from 'vitest';
import { remaining } from '../../../scripts/bisect/bisect.ts';

test.each([
  ['Bisecting: 3 revisions left to test after this (roughly 2 steps)', 'about 2 more after this'],
  ['Bisecting: 0 revisions left to test after this (roughly 1 step)', 'about 1 more after this'],
  ['Bisecting: 0 revisions left to test after this (roughly 0 steps)', 'the last one'],
  ['Bisecting: a merge base must be tested', 'a merge base'],
])('of "%s" the progress says "%s"', (step, said) => {
  expect(remaining(step)).toBe(said);
});
