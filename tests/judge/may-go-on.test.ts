import { expect, test } from 'vitest';
import { mayGoOn, reach } from '../../harness/judge/may-go-on.ts';
import { endOf } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { plannedStage } from '../../harness/stages.ts';

const PLANNED = plannedStage(DEFAULT_OPTIONS);
const PLAN = endOf(PLANNED);

/** A trial at the end of its plan, after so many milliseconds. */
function done(elapsed: number, options = {}) {
  const sample = { iteration: PLAN, elapsed, measuring: 0, settled: true, readings: {} };
  return { options: { budget: 60_000, ...options }, samples: [sample], stages: [PLANNED] };
}

test('a trial goes on as long as its time doubled is within its budget, up to 16 times its plan', () => {
  expect(reach(done(100)) / PLAN).toBeCloseTo(16, 0);
  expect(reach(done(10_000)) / PLAN).toBeCloseTo(4, 1);
  expect(reach(done(31_000))).toBe(PLAN);
});

test('no further than it was allowed', () => {
  expect(reach(done(100, { maxIterations: 2 * PLAN })) / PLAN).toBeCloseTo(2, 1);
  expect(reach(done(100, { maxIterations: PLAN }))).toBe(PLAN);
});

test('whether it may go on at all agrees with that', () => {
  for (const trial of [done(100), done(31_000), done(100, { maxIterations: PLAN })])
    expect(mayGoOn(trial)).toBe(reach(trial) > PLAN);
});

test('a trial without stages has come as far as it can', () => {
  expect(reach({ ...done(100), stages: [] })).toBe(PLAN);
  expect(mayGoOn({ ...done(100), stages: [] })).toBe(false);
});
