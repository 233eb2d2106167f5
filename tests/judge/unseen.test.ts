import { describe, expect, test } from 'vitest';
import { isTooLarge } from '../../harness/judge/unseen.ts';
import { judge } from '../../harness/judge.ts';
import { type HeapTable, type Metric, NULL_SCENARIO } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { plannedStage } from '../../harness/stages.ts';
import { baseEntry, census, HEAP, POPULATION, type Reading, sampled } from '../support/judge-input.ts';

const TABLE: HeapTable = { iteration: 0, newest: 1, classes: {}, seen: { count: 0, bytes: 0 } };
const SEEN = [TABLE, TABLE, TABLE].map((table, place) => ({ ...table, iteration: place * 1000 }));

/** Of a heap of so many megabytes that grows by 10 B per iteration, within the allowance. */
function grown(megabytes: number, heapTables: readonly HeapTable[] = []) {
  const heap: readonly [Metric, Reading] = [HEAP, iteration => megabytes * 1e6 + 10 * iteration];
  const options = DEFAULT_OPTIONS;
  const still: readonly [Metric, Reading] = [POPULATION, census(() => 40_000)];
  return { ...sampled([heap, still]), options, stages: [plannedStage(options)], heapTables };
}

describe('a heap that grows for certain, if within the allowance,', () => {
  test('is in doubt where it is too large for heap snapshots', () => {
    expect(judge(grown(100))).toMatchObject({
      outcome: 'inconclusive',
      reason: 'too-large',
      metric: HEAP,
    });
  });

  test('is steady where it is not, or where snapshots found nothing', () => {
    expect(judge(grown(20)).outcome).toBe('steady');
    expect(judge(grown(100, SEEN)).outcome).toBe('steady');
    expect(judge(grown(100, SEEN.slice(0, 1)))).toMatchObject({ reason: 'too-large' });
  });

  test('is steady where the base has that growth too, and in doubt where it does not', () => {
    const base = baseEntry('steady', [{ metric: HEAP, slope: 10, low: 9, high: 11 }]);
    expect(judge({ ...grown(100), base }).outcome).toBe('steady');
    const still = baseEntry('steady', [{ metric: HEAP, slope: 0, low: -1, high: 1 }]);
    expect(judge({ ...grown(100), base: still })).toMatchObject({ reason: 'too-large' });
  });
});

test('a steady verdict on a heap too large for snapshots promises no closer look at objects', () => {
  const limitOf = (megabytes: number) => {
    const { samples, ...rest } = grown(megabytes);
    const still = samples.map(sample => ({
      ...sample,
      readings: { ...sample.readings, [HEAP.name]: megabytes * 1e6 },
    }));
    const verdict = judge({ ...rest, samples: still });
    return verdict.outcome === 'steady' ? verdict.limit.objectEvery : Number.NaN;
  };
  expect(limitOf(100)).toBeLessThan(limitOf(20));
});

test('the null run, and what shall have no snapshots or no time, are not looked into anyway', () => {
  expect(isTooLarge(grown(100))).toBe(true);
  expect(isTooLarge({ ...grown(100), trial: { scenario: NULL_SCENARIO } })).toBe(false);
  expect(isTooLarge({ ...grown(100), options: { ...DEFAULT_OPTIONS, snapshots: 'never' } })).toBe(false);
  expect(isTooLarge({ ...grown(100), options: { ...DEFAULT_OPTIONS, budget: 0 } })).toBe(false);
});
