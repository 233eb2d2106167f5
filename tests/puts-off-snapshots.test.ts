import { describe, expect, test } from 'vitest';
import type { Assessment } from '../harness/assess.ts';
import type { Finding, Metric } from '../harness/model.ts';
import { putsOffSnapshots } from '../harness/puts-off-snapshots.ts';
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

describe('heap snapshots are put off', () => {
  test('while native memory rises, whatever else is in doubt', () => {
    expect(putsOffSnapshots([read(NATIVE, 'filling', 1500)], [])).toBe(true);
    expect(putsOffSnapshots([read(HEAP, 'unclear', 20), read(NATIVE, 'filling', 1500)], [])).toBe(true);
    expect(putsOffSnapshots([read(NATIVE, 'grows', 1500)], [found(NATIVE)])).toBe(true);
  });

  test('while it may rise, unless something else may as well', () => {
    expect(putsOffSnapshots([read(HEAP, 'flat'), read(NATIVE, 'flat', 200)], [])).toBe(true);
    expect(putsOffSnapshots([read(HEAP, 'flat', 5), read(NATIVE, 'flat', 200)], [])).toBe(false);
  });

  test('not while it rests, nor beside another leak', () => {
    expect(putsOffSnapshots([read(HEAP, 'unclear', 20), read(NATIVE, 'flat', 20)], [])).toBe(false);
    expect(putsOffSnapshots([read(HEAP, 'flat'), read(NATIVE, 'flat')], [])).toBe(false);
    expect(putsOffSnapshots([read(NATIVE, 'grows', 1500)], [found(TIMERS), found(NATIVE)])).toBe(false);
  });
});
