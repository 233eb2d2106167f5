import { expect, test } from 'vitest';
import type { Sample } from '../../harness/model.ts';
import { run } from '../../harness/run.ts';
import { trialOf } from '../support/trials.ts';

const WARM = { iterations: 120, warmup: 25, warmupLimit: 200, snapshots: 'always' } as const;

/*
 * Was 12 kB when functions of the harness were compiled between samples, at the first census and at the first snapshot, and
 * 570 kB on Node 22; 2 kB of it is the inspector's session, which stays open.
 */
test('measuring, with censuses and snapshots, adds less than 6 kB of its own to the heap', async () => {
  const samples = await samplesOf(trialOf('steady', WARM));
  expect(samples.length).toBeGreaterThan(20);
  const heap = samples.map(({ readings }) => readings['heap.used'] ?? Number.NaN);
  expect(Math.abs((heap.at(-1) ?? 0) - (heap[0] ?? 0))).toBeLessThan(6000);
});

async function samplesOf(trial: Parameters<typeof run>[0][number]): Promise<readonly Sample[]> {
  for await (const event of run([trial], { jobs: 1 })) {
    if (event.type === 'trial:end') return event.result.samples;
  }
  throw new Error('No trial ended');
}
