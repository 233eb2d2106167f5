import { expect, test } from 'vitest';
import { assess } from '../../harness/judge/assess.ts';
import { doubt } from '../../harness/judge/doubt.ts';
import type { Metric } from '../../harness/model.ts';
import { toSeries } from '../../harness/series.ts';
import { census, EXTERNAL, HEAP, POPULATION, type Reading, sampled, TIMERS } from '../support/judge-input.ts';

const RULE = { allowance: 16, confidence: 0.99, warmup: 25, end: 2037 };
const still: readonly [Metric, Reading] = [HEAP, () => 6e6];
const filling: readonly [Metric, Reading] = [TIMERS, iteration => Math.round(20 * Math.sqrt(iteration))];
const stepped = (metric: Metric): readonly [Metric, Reading] => [
  metric,
  iteration => 6e6 + 3 * iteration + (iteration > 1500 ? 100_000 : 0),
];
const unread: readonly [Metric, Reading] = [
  POPULATION,
  iteration => (iteration < 200 ? iteration : undefined),
];

function doubtOf(readings: readonly (readonly [Metric, Reading])[], settled = true) {
  const read = sampled(readings);
  const samples = read.samples.map(sample => ({ ...sample, settled }));
  const assessed = toSeries(read).flatMap(series => assess(series, RULE) ?? []);
  return doubt(assessed, samples, RULE);
}

test('nothing stands in the way where all is flat', () => {
  expect(doubtOf([still, [TIMERS, () => 3], [POPULATION, census(() => 40_000)]])).toBeUndefined();
});

test('a heap that was never read comes before all else', () => {
  expect(doubtOf([filling])).toEqual({ reason: 'too-few-samples' });
});

test('what still fills up comes before what is unclear, and that before what was read too seldom', () => {
  expect(doubtOf([stepped(HEAP), unread, filling])).toEqual({ reason: 'still-filling', metric: TIMERS });
  expect(doubtOf([stepped(HEAP), unread])).toEqual({ reason: 'interval-spans-allowance', metric: HEAP });
  expect(doubtOf([still, unread])).toEqual({ reason: 'too-few-samples', metric: POPULATION });
});

test('what was read too seldom, and has not stopped growing, still fills up', () => {
  const assessed = toSeries(sampled([still, unread])).flatMap(series => assess(series, RULE) ?? []);
  const growing = assessed.map(one => ({ ...one, ...(one.state === 'unread' && { goesOn: true as const }) }));
  expect(doubt(growing, [], RULE)).toEqual({ reason: 'still-filling', metric: POPULATION });
});

test('bytes that are unclear are so because the heap never settled, where it did not', () => {
  expect(doubtOf([still, stepped(EXTERNAL)], false)).toEqual({ reason: 'not-settled', metric: EXTERNAL });
  expect(doubtOf([still, filling], false)).toEqual({ reason: 'still-filling', metric: TIMERS });
});
