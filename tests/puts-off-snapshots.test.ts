import { describe, expect, test } from 'vitest';
import type { Assessment } from '../harness/assess.ts';
import type { Finding, Metric } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { putsOffSnapshots } from '../harness/puts-off-snapshots.ts';
import { nextStage, plannedStage } from '../harness/stages.ts';
import { HEAP, NATIVE, TIMERS } from './support/judge-input.ts';

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
    late: { slope, low: slope, high: slope },
  };
}

function found(metric: Metric): Finding {
  const { estimate } = read(metric, 'grows', 1500);
  return { metric, estimate, growth: 3_000_000, from: 0, to: 2000, exactMultiple: false };
}

const PLANNED = [plannedStage(DEFAULT_OPTIONS)];
const DOUBLED = [...PLANNED, nextStage(PLANNED[0]!, 'confirm', DEFAULT_OPTIONS)!];

describe('heap snapshots are put off', () => {
  test('while native memory rises, whatever else is in doubt', () => {
    expect(putsOffSnapshots([read(NATIVE, 'filling', 1500)], [], DOUBLED)).toBe(true);
    const unclear = [read(HEAP, 'unclear', 20), read(NATIVE, 'filling', 1500)];
    expect(putsOffSnapshots(unclear, [], DOUBLED)).toBe(true);
    expect(putsOffSnapshots([read(NATIVE, 'grows', 1500)], [found(NATIVE)], DOUBLED)).toBe(true);
  });

  test('once beside what may be a cache, and not beside a leak of many timers', () => {
    const rising = [read(NATIVE, 'filling', 1500)];
    expect(putsOffSnapshots(rising, [found(HEAP)], PLANNED)).toBe(true);
    expect(putsOffSnapshots(rising, [found(HEAP)], DOUBLED)).toBe(false);
    expect(putsOffSnapshots(rising, [found(TIMERS)], PLANNED)).toBe(false);
  });

  test('while it may rise, unless something else may as well or is in doubt', () => {
    const faint = read(NATIVE, 'flat', 200);
    expect(putsOffSnapshots([read(HEAP, 'flat'), faint], [], PLANNED)).toBe(true);
    expect(putsOffSnapshots([read(HEAP, 'flat', 5), faint], [], PLANNED)).toBe(false);
    expect(putsOffSnapshots([read(HEAP, 'unclear'), faint], [], PLANNED)).toBe(false);
  });

  test('not while it rests', () => {
    expect(putsOffSnapshots([read(HEAP, 'unclear', 20), read(NATIVE, 'flat', 20)], [], PLANNED)).toBe(false);
    expect(putsOffSnapshots([read(HEAP, 'flat'), read(NATIVE, 'flat')], [], PLANNED)).toBe(false);
  });
});
