import { expect, test } from 'vitest';
import { runText } from '../../reports/environment.ts';
import { exampleReport } from '../support/report-fixture.ts';

test('says how long the run took, and which part of a plan it was', () => {
  const whole = '6 trials and the null run in 1 min 23 s, 23 % of their time spent measuring';
  expect(runText(exampleReport())).toBe(whole);
  const shard = { index: 2, count: 4, plan: [] };
  expect(runText({ ...exampleReport(), shard })).toBe(`shard 2/4: ${whole}`);
});
