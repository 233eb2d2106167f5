import { describe, expect, test } from 'vitest';
import { acceptedReadings } from '../../harness/judge/accepted.ts';
import type { Assessment } from '../../harness/judge/assessment.ts';
import { judgeResult } from '../../harness/judge.ts';
import type { HeapTable } from '../../harness/model.ts';
import { completed, HEAP, POPULATION, sampled, TIMERS } from '../support/judge-input.ts';

const RULE = { allowance: 80, confidence: 0.99, warmup: 50, end: 200 };

function reading(high: number, changes: Partial<Assessment> = {}): Assessment {
  const estimate = { slope: 5, low: 0, high, confidence: 0.99, points: 22, method: 'theil-sen' } as const;
  return {
    metric: HEAP,
    state: 'flat',
    judged: [],
    estimate: { metric: HEAP, ...estimate },
    exactMultiple: false,
    ...changes,
  };
}

const TURNOVER = {
  because: 'turnover',
  held: { objects: 3, iterations: 1000, bytesPerIteration: 1 },
} as const;

describe('acceptedReadings()', () => {
  const reasons = (...readings: Assessment[]) =>
    acceptedReadings(readings, [], RULE, { allowance: 16 }).map(({ because }) => because);

  test('names the rule by which bytes are steady whose interval reaches beyond the allowance', () => {
    expect(reasons(reading(90, { accepted: TURNOVER }))).toEqual(['turnover']);
    expect(reasons(reading(90))).toEqual(['level']);
    expect(reasons(reading(70))).toEqual(['short-run']);
    expect(reasons(reading(90, { accepted: { because: 'share' } }))).toEqual(['share']);
    expect(reasons(reading(90, { accepted: { because: 'swing' } }))).toEqual(['swing']);
  });

  test('names why a count is steady that is higher at the end', () => {
    const count = (last: number, changes: Partial<Assessment> = {}) =>
      reading(0, {
        metric: POPULATION,
        judged: [0, 900, last].map((value, at) => ({ iteration: at * 100, value })),
        ...changes,
      });
    expect(reasons(count(100))).toEqual(['swing']);
    expect(reasons(count(100, { accepted: TURNOVER }))).toEqual(['turnover']);
    expect(reasons(count(9))).toEqual([]);
  });

  test('leaves out what needs no explanation: bytes within the allowance, counts as before, what has a base', () => {
    const level = [0, 100].map(iteration => ({ iteration, value: 7 }));
    expect(reasons(reading(16), reading(90, { metric: TIMERS, judged: level }))).toEqual([]);
    const comparison = { metric: HEAP, slope: 5, base: 5, difference: 0, low: -1, high: 1 };
    const compared = [{ ...comparison, change: 'same' as const }];
    expect(acceptedReadings([reading(90)], compared, RULE, { allowance: 16 })).toEqual([]);
  });
});

describe('a steady verdict', () => {
  const sawtooth = (iteration: number) => 6e6 + (iteration % 700) * 100;

  test('says that snapshots found hardly anything of the late half', () => {
    const heap = (iteration: number) => 6e6 + 20 * iteration + (iteration % 7) * 2000;
    const heapTables = [0, 1067, 1552, 2037].map(
      (iteration): HeapTable => ({
        iteration,
        newest: 1001 + iteration,
        classes: {},
        seen: { count: iteration === 0 ? 0 : 50_000, bytes: iteration === 0 ? 0 : 1_600_000 },
      }),
    );
    const record = sampled([
      [HEAP, heap],
      [POPULATION, () => 40_000],
    ]);
    expect(judgeResult(completed(record)).outcome).toBe('inconclusive');
    expect(judgeResult(completed(record, {}, { heapTables }))).toMatchObject({
      outcome: 'steady',
      accepted: [{ metric: HEAP, because: 'turnover' }],
    });
  });

  test('says that the heap rises and falls at one level', () => {
    const record = sampled([
      [HEAP, sawtooth],
      [POPULATION, () => 40_000],
    ]);
    expect(judgeResult(completed(record))).toMatchObject({
      outcome: 'steady',
      accepted: [{ metric: HEAP, because: 'level' }],
    });
  });

  test('says nothing where the interval is within the allowance', () => {
    const record = sampled([
      [HEAP, () => 6e6],
      [POPULATION, () => 40_000],
    ]);
    expect(judgeResult(completed(record))).not.toHaveProperty('accepted');
  });
});
