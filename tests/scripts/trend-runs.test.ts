import { expect, test } from 'vitest';
import { mergeReports } from '../../harness/merge.ts';
import type { Report } from '../../harness/model.ts';
import { leftOut } from '../../scripts/trend-runs.ts';
import { cleanReport, emptyReport } from '../support/report-fixture.ts';

const WHOLE = cleanReport();
const PLAN = WHOLE.trials.map(({ result }) => result.trial.id);

function shard(index: 1 | 2): Report {
  const date = `2026-11-23T11:32:0${index}.000Z`;
  return {
    ...WHOLE,
    environment: { ...WHOLE.environment, date },
    trials: WHOLE.trials.slice(index - 1, index),
    shard: { index, count: 2, plan: PLAN },
  };
}

const shards = [shard(1), shard(2)];
const merged = mergeReports(shards.map((report, at) => ({ name: `${at}`, report })));

test('runs belong to a trend, merged ones too', () => {
  expect([WHOLE, merged].map(report => leftOut(report, [WHOLE, merged]))).toEqual([undefined, undefined]);
});

test('a run that was interrupted, or that read nothing, is left out', () => {
  expect(leftOut({ ...WHOLE, interrupted: true }, [])).toBe('it was interrupted');
  expect(leftOut(emptyReport(), [])).toBe('it has no readings');
});

test('shards are left out where the report that they were merged into is there', () => {
  expect(shards.map(report => leftOut(report, shards))).toEqual([undefined, undefined]);
  expect(shards.map(report => leftOut(report, [...shards, merged]))).toEqual(
    shards.map(() => 'it is part of a merged report'),
  );
});
