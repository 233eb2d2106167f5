import { expect, test } from 'vitest';
import { samplingInterval } from '../../harness/worker/live-allocations.ts';

test('allocations are sampled as finely as is affordable, within bounds', () => {
  expect(samplingInterval(100_000_000, 0)).toBe(500);
  expect(samplingInterval(500_000_000, 0)).toBe(2500);
  expect(samplingInterval(20_000, 0)).toBe(32);
  expect(samplingInterval(0, 0)).toBe(32);
  expect(samplingInterval(1e12, 0)).toBe(32_768);
});

test('what stays is met some hundreds of times, and no more often where that is known beforehand', () => {
  const kept = 200_000;
  expect(kept / samplingInterval(10_000_000, kept)).toBe(400);
  expect(samplingInterval(1_000_000_000, kept)).toBe(samplingInterval(1_000_000_000, 0));
});
