import { describe, expect, test } from 'vitest';
import { nativeFirst } from '../../harness/course/native-first.ts';
import type { Assessment } from '../../harness/judge/assessment.ts';
import type { Finding, Metric } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { nextStage, plannedStage } from '../../harness/stages.ts';
import { HEAP, NATIVE, TIMERS } from '../support/judge-input.ts';

/** Growing by so much per iteration over 2,000 of them, and certainly so. */
function read(metric: Metric, state: Assessment['state'], slope = 0): Assessment {
  const estimate = { metric, slope, low: slope, high: slope, confidence: 0.99, points: 22 };
  return {
    metric,
    state,
    judged: [
      { iteration: 0, value: 0 },
      { iteration: 2000, value: 2000 * slope },
    ],
    estimate: { ...estimate, method: 'theil-sen' },
    exactMultiple: false,
    ...(metric.kind !== 'exact' && { late: { slope, low: slope, high: slope } }),
  };
}

function found(metric: Metric): Finding {
  const { estimate } = read(metric, 'grows', 1500);
  return { metric, estimate, growth: 3_000_000, from: 0, to: 2000, exactMultiple: false };
}

const PLANNED = [plannedStage(DEFAULT_OPTIONS)];
const LOOKED = nextStage(PLANNED[0]!, 'confirm', DEFAULT_OPTIONS)!;
const DOUBLED = [...PLANNED, { ...LOOKED, snapshots: false }];

describe('native memory', () => {
  test('is all that matters while it rises and nothing else may', () => {
    expect(nativeFirst([read(NATIVE, 'filling', 1500)], [], DOUBLED)).toBe('alone');
    expect(nativeFirst([read(NATIVE, 'grows', 1500)], [found(NATIVE)], DOUBLED)).toBe('alone');
    expect(nativeFirst([read(HEAP, 'flat'), read(NATIVE, 'flat', 200)], [], PLANNED)).toBe('alone');
  });

  test('is told before any other doubt while it rises', () => {
    const rising = read(NATIVE, 'filling', 1500);
    expect(nativeFirst([read(HEAP, 'unclear', 20), rising], [], DOUBLED)).toBe('before-others');
    expect(nativeFirst([read(HEAP, 'flat', 5), rising], [], DOUBLED)).toBe('before-others');
  });

  test('that slows down can be no leak, and nothing but itself waits for it', () => {
    const slowing = { ...read(NATIVE, 'filling', 1500), goesOn: true as const };
    expect(nativeFirst([read(HEAP, 'unclear', 20), slowing], [], DOUBLED)).toBe('no');
    expect(nativeFirst([slowing], [found(HEAP)], PLANNED)).toBe('no');
    expect(nativeFirst([read(HEAP, 'flat'), slowing], [], PLANNED)).toBe('alone');
  });

  test('is told once before what may be a cache, and not before a leak of many timers', () => {
    const rising = [read(NATIVE, 'filling', 1500)];
    expect(nativeFirst(rising, [found(HEAP)], PLANNED)).toBe('before-others');
    expect(nativeFirst(rising, [found(HEAP)], DOUBLED)).toBe('no');
    expect(nativeFirst(rising, [found(TIMERS)], PLANNED)).toBe('no');
  });

  test('waits where it merely may rise and something else may as well, or is in doubt', () => {
    const faint = read(NATIVE, 'flat', 200);
    expect(nativeFirst([read(HEAP, 'flat', 5), faint], [], PLANNED)).toBe('no');
    expect(nativeFirst([read(HEAP, 'unclear'), faint], [], PLANNED)).toBe('no');
  });

  test('is of no account while it rests, nor once a heap snapshot has ended its readings', () => {
    expect(nativeFirst([read(HEAP, 'unclear', 20), read(NATIVE, 'flat', 20)], [], PLANNED)).toBe('no');
    expect(nativeFirst([read(HEAP, 'flat'), read(NATIVE, 'flat')], [], PLANNED)).toBe('no');
    const risen = read(NATIVE, 'flat', 1500);
    expect(nativeFirst([read(HEAP, 'flat'), risen], [], PLANNED)).toBe('alone');
    expect(nativeFirst([read(HEAP, 'flat'), risen], [], [...PLANNED, LOOKED])).toBe('no');
    const untold: Assessment = { ...risen, accepted: { because: 'untold' } };
    expect(nativeFirst([read(HEAP, 'flat'), untold], [], PLANNED)).toBe('no');
  });
});
