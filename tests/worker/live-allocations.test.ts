import { expect, test } from 'vitest';
import { samplingInterval } from '../../harness/worker/live-allocations.ts';

test('allocations are sampled as finely as is affordable, within bounds', () => {
  expect(samplingInterval(1_000_000, 0, 100)).toBe(500);
  expect(samplingInterval(1_000_000, 0, 500)).toBe(2500);
  expect(samplingInterval(200, 0, 100)).toBe(32);
  expect(samplingInterval(0, 0, 100)).toBe(32);
  expect(samplingInterval(1e9, 0, 1600)).toBe(32_768);
});

test('what stays is met some hundreds of times, and no more often where that is known beforehand', () => {
  const kept = 2000;
  expect((kept * 100) / samplingInterval(100_000, kept, 100)).toBe(400);
  expect(samplingInterval(10_000_000, kept, 100)).toBe(samplingInterval(10_000_000, 0, 100));
});
