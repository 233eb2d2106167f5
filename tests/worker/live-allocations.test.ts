import { expect, test } from 'vitest';
import { samplingInterval } from '../../harness/worker/live-allocations.ts';

test('allocations are sampled as finely as is affordable, within bounds', () => {
  expect(samplingInterval(1_000_000, 100)).toBe(2000);
  expect(samplingInterval(1_000_000, 500)).toBe(10_000);
  expect(samplingInterval(200, 100)).toBe(32);
  expect(samplingInterval(0, 100)).toBe(32);
  expect(samplingInterval(1e9, 1600)).toBe(32_768);
});
