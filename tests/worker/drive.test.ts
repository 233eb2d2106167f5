import { describe, expect, test } from 'vitest';
import type { Sample } from '../../harness/model.ts';
import { spawnTrial } from '../../harness/spawn/spawn.ts';
import { median } from '../../harness/stats/quantile.ts';
import { trialOf } from '../support/trials.ts';

const WARM = { iterations: 120, warmup: 25, warmupLimit: 200, snapshots: 'always' } as const;

describe('what measuring adds of its own to the heap', () => {
  /*
   * Was 12 kB when functions of the harness were compiled between samples, at the first census and at the
   * first snapshot, and 570 kB on Node 22.
   */
  test('is less than 5 kB, with censuses and snapshots, and less than 2 kB in the late half', async () => {
    const { samples } = await spawnTrial(trialOf('steady', WARM));
    expect(samples.length).toBeGreaterThan(20);
    const heap = samples.map(heapOf);
    const end = median(heap.slice(-5));
    expect(Math.abs(end - (heap[0] ?? Number.NaN))).toBeLessThan(5000);
    const middle = Math.floor(heap.length / 2);
    expect(Math.abs(end - median(heap.slice(middle - 2, middle + 3)))).toBeLessThan(2048);
  });

  /* Was 900 B when literals of the harness came back by and by after each census. */
  test('is the same before a census and from the second reading after it on, to half a kB', async () => {
    const { samples } = await spawnTrial(trialOf('steady', { ...WARM, iterations: 400, snapshots: 'never' }));
    const censuses = samples.flatMap(({ readings }, place) =>
      readings.population === undefined ? [] : [place],
    );
    const [from = Number.NaN, to = Number.NaN] = censuses.slice(-2);
    // The sample of a census reads the heap before its walk.
    const heap = [...samples.slice(from, from + 1), ...samples.slice(from + 2, to + 1)].map(heapOf);
    expect(heap.length).toBeGreaterThan(8);
    expect(Math.max(...heap) - Math.min(...heap)).toBeLessThan(500);
  });

  /* Was 3 kB less, which came back with the next census. */
  test.runIf(process.platform === 'linux')(
    'is the same after native memory rose and V8 gave free pages back',
    async () => {
      const { samples } = await spawnTrial(
        trialOf('shared-once', { ...WARM, iterations: 400, snapshots: 'never' }),
      );
      const native = samples.map(({ readings }) => readings['memory.native'] ?? Number.NaN);
      const risen = native.findIndex((value, place) => value > (native[place - 1] ?? value) + 8e6);
      expect(risen).toBeGreaterThan(samples.length / 3);
      const before = median(samples.slice(risen - 3, risen).map(heapOf));
      const after = median(samples.slice(risen).map(heapOf));
      // The buffer itself is some 200 B.
      expect(Math.abs(after - before)).toBeLessThan(1500);
    },
  );
});

function heapOf({ readings }: Sample): number {
  return readings['heap.used'] ?? Number.NaN;
}
