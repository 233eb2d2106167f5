import { expect, test } from 'vitest';
import { median } from '../../harness/stats/quantile.ts';
import { spawnTrial } from '../../harness/worker/spawn.ts';
import { trialOf } from '../support/trials.ts';

const WARM = { iterations: 120, warmup: 25, warmupLimit: 200, snapshots: 'always' } as const;

/*
 * Was 12 kB when functions of the harness were compiled between samples, at the first census and at the first snapshot, and
 * 570 kB on Node 22.
 */
test('measuring, with censuses and snapshots, adds less than 5 kB of its own to the heap', async () => {
  const { samples } = await spawnTrial(trialOf('steady', WARM));
  expect(samples.length).toBeGreaterThan(20);
  const heap = samples.map(({ readings }) => readings['heap.used'] ?? Number.NaN);
  expect(Math.abs(median(heap.slice(-5)) - (heap[0] ?? Number.NaN))).toBeLessThan(5000);
});
