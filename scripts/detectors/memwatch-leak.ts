import { setTimeout as sleep } from 'node:timers/promises';
import type { Bytes, Milliseconds, Trial } from '../../harness/model.ts';
import { formatCount, formatSignedBytes } from '../../reports/format.ts';
import { type Detector, type Judgement, judgement } from './detector.ts';
import { blockLength, exercise } from './exercise.ts';
import { memwatch, memwatchMissing } from './memwatch.ts';

/** Collections forced over the run: a loop of some seconds sees none, or too few, of its own. */
const COLLECTIONS = 10;
const CONSECUTIVE = 5;
/** memwatch tells of a collection some turns of the event loop later. */
const EVENT_DELAY: Milliseconds = 10;

/** The `leak` event of memwatch-next 0.3.0, from the `stats` events of its successor, which has dropped it. */
export const memwatchLeak: Detector = {
  name: 'memwatch-leak',
  run: 'replayed',
  rule: 'the heap grew over five full collections in a row',
  missing: memwatchMissing,
  judge: async (trial, directory) => grewFiveTimes(await heapAfterCollections(trial, directory)),
};

/**
 * lloyd/node-memwatch, src/memwatch.cc: a counter goes up with each full collection after which more is used than after
 * the one before, starting from nothing, and back to zero otherwise; at five it is a leak.
 */
export function grewFiveTimes(heap: readonly Bytes[]): Judgement {
  let last = 0;
  let run = 0;
  let longest = 0;
  for (const used of heap) {
    run = used > last ? run + 1 : 0;
    longest = Math.max(longest, run);
    last = used;
  }
  const growth = (heap.at(-1) ?? 0) - (heap[0] ?? 0);
  return judgement(
    longest >= CONSECUTIVE,
    `heap ${formatSignedBytes(growth)}, grew over ${formatCount(longest, 'collection')} in a row`,
  );
}

/** What memwatch says is used after each full collection, the forced ones and those that came by themselves. */
async function heapAfterCollections(trial: Trial, directory: string): Promise<Bytes[]> {
  const subject = await exercise(trial, directory);
  const heap: Bytes[] = [];
  (await memwatch()).on('stats', ({ used_heap_size }) => heap.push(used_heap_size));
  for (let collection = 0; collection < COLLECTIONS; collection++) {
    await subject.iterate(blockLength(trial.options.iterations, COLLECTIONS));
    globalThis.gc?.();
    await sleep(EVENT_DELAY);
  }
  await subject.close();
  return heap;
}
