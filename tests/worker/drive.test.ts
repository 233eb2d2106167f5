import { describe, expect, test } from 'vitest';
import type { Sample } from '../../harness/model.ts';
import { median } from '../../harness/stats/quantile.ts';
import { spawnTrial } from '../../harness/worker/spawn.ts';
import { trialOf } from '../support/trials.ts';

const WARM = { iterations: 120, warmup: 25, warmupLimit: 200, snapshots: 'always' } as const;

describe('what measuring adds of its own to the heap', () => {
  /*
   * Was 12 kB when functions of the harness were compiled between samples, at the first census and at the first snapshot, and
   * 570 kB on Node 22.
   */
  test('is less than 5 kB, with censuses and snapshots', async () => {
    const { samples } = await spawnTrial(trialOf('steady', WARM));
    expect(samples.length).toBeGreaterThan(20);
    const heap = samples.map(heapOf);
    expect(Math.abs(median(heap.slice(-5)) - (heap[0] ?? Number.NaN))).toBeLessThan(5000);
  });

  /* Was 2 kB when literals of the harness came back by and by after each census. */
  test('is the same between one census and the next, to half a kB', async () => {
    const { samples } = await spawnTrial(trialOf('steady', { ...WARM, iterations: 400, snapshots: 'never' }));
    // From the census in the middle on; the reading after it is disturbed.
    const late = samples.slice(-12);
    const heap = late.filter((_, place) => late[place - 1]?.readings.population === undefined).map(heapOf);
    expect(Math.max(...heap) - Math.min(...heap)).toBeLessThan(500);
  });
});

function heapOf({ readings }: Sample): number {
  return readings['heap.used'] ?? Number.NaN;
}
