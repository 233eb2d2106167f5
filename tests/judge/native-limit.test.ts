import { describe, expect, test } from 'vitest';
import { assess } from '../../harness/judge/assess.ts';
import type { AssessRule } from '../../harness/judge/assessment.ts';
import { nativeLimit } from '../../harness/judge/native-limit.ts';
import type { Stage } from '../../harness/model.ts';
import { HEAP, NATIVE } from '../support/judge-input.ts';

const MB = 2 ** 20;
const PLAN = 2037;
const RULE: AssessRule = {
  allowance: 16,
  confidence: 0.99,
  warmup: 50,
  end: PLAN,
  planned: PLAN,
  reach: 16 * PLAN,
};
const PLANNED: Stage = { from: 0, windows: 21, length: 97, stint: 97, reason: 'planned', snapshots: false };
const INSPECTED: Stage = { ...PLANNED, from: PLAN, reason: 'inspect', snapshots: true };
/** Readings above the first, within so many bytes. */
const restless = (within: number) => (iteration: number) =>
  (iteration > 0 ? 6 * MB : 5 * MB) + within * (((iteration * 7919) % 101) / 101);

function limitOf(
  read: (iteration: number) => number,
  {
    rule = {},
    stages = [PLANNED],
    readings = 22,
  }: Partial<{ rule: Partial<AssessRule>; stages: Stage[]; readings: number }> = {},
): number | undefined {
  const points = Array.from({ length: readings }, (_, place) => ({
    iteration: place * 97,
    value: read(place * 97),
  }));
  return nativeLimit([{ metric: NATIVE, points }], { ...RULE, ...rule }, stages);
}

describe('what a steady trial would have caught of native memory', () => {
  test('is half a megabyte over the judged half at best, and more where readings stray', () => {
    const quiet = limitOf(restless(1000));
    expect(quiet).toBeGreaterThan((0.5 * MB * 2) / PLAN);
    expect(quiet).toBeLessThan(600);
    expect(limitOf(restless(MB))).toBeGreaterThan(2 * (quiet ?? 0));
  });

  test('is that of the readings before a heap snapshot', () => {
    const inspected = { rule: { end: 2 * PLAN }, stages: [PLANNED, INSPECTED] };
    expect(limitOf(restless(1000), inspected)).toBe(limitOf(restless(1000)));
  });

  test('is not told where worker threads ended the readings', () => {
    const stages = [PLANNED, { ...INSPECTED, snapshots: false }];
    expect(limitOf(restless(1000), { rule: { end: 2 * PLAN }, stages })).toBeUndefined();
    expect(limitOf(restless(1000), { readings: 18 })).toBeUndefined();
  });

  test('is not told of too few readings, or where none was taken', () => {
    expect(limitOf(restless(1000), { readings: 5, rule: { end: 4 * 97 } })).toBeUndefined();
    expect(nativeLimit([{ metric: HEAP, points: [] }], RULE, [PLANNED])).toBeUndefined();
  });

  test('is not told where they rose until a snapshot was taken', () => {
    const inspected = { rule: { end: 2 * PLAN }, stages: [PLANNED, INSPECTED] };
    expect(limitOf(iteration => 6 * MB + 5000 * iteration, inspected)).toBeUndefined();
  });

  test('is not told where what leaks would be hidden by what buffers could still take', () => {
    expect(limitOf(() => 5 * MB)).toBeUndefined();
    const clipped = (iteration: number) => Math.max(6 * MB, restless(MB)(iteration) - MB / 4);
    expect(limitOf(clipped)).toBeUndefined();
  });

  test('is not told where an allocator spread at first, so that what leaks would seem to slow down', () => {
    const spread = (iteration: number) => restless(1000)(iteration) + 4 * MB * Math.min(1, iteration / 900);
    expect(limitOf(spread)).toBeUndefined();
  });

  test('is not told where a leak of something else was to be confirmed with snapshots', () => {
    const stages = [PLANNED, { ...INSPECTED, reason: 'confirm' as const }];
    expect(limitOf(restless(1000), { rule: { end: 2 * PLAN }, stages })).toBeUndefined();
  });

  test('is found where it is planted', () => {
    for (const within of [1000, MB / 4, MB]) {
      const limit = limitOf(restless(within)) ?? Number.NaN;
      const points = Array.from({ length: 22 }, (_, place) => place * 97).map(iteration => ({
        iteration,
        value: restless(within)(iteration) + limit * iteration,
      }));
      expect(assess({ metric: NATIVE, points }, RULE)?.state).toBe('filling');
    }
  });

  test('is not told where the run could not come to twice four times its plan, or has not come to four', () => {
    expect(limitOf(restless(1000), { rule: { reach: 4 * PLAN } })).toBeUndefined();
    expect(limitOf(restless(1000), { rule: { reach: 8 * PLAN } })).toBeDefined();
    expect(limitOf(restless(1000), { rule: { planned: PLAN / 4, reach: PLAN } })).toBeUndefined();
  });
});
