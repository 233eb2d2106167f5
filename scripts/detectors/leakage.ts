import { getHeapStatistics } from 'node:v8';
import type { Bytes } from '../../harness/model.ts';
import { formatCount, formatSignedBytes } from '../../reports/format.ts';
import { type Detector, type Judgement, judgement } from './detector.ts';
import { readings } from './exercise.ts';

const BLOCKS = 6;
/** For asynchronous iterations; synchronous ones have 1 kB. */
const SENSITIVITY: Bytes = 5 * 1024;

/** leakage 0.5.0, whose native part is not compiled by any Node that leakgate runs on. */
export const leakage: Detector = {
  name: 'leakage',
  run: 'replayed',
  rule: 'the heap grew by more than 5 KiB in more than 4 of 6 blocks of iterations in a row',
  judge: async (trial, directory) =>
    grewInARow(await readings(trial, directory, BLOCKS, () => getHeapStatistics().used_heap_size)),
};

/** andywer/leakage, lib/testConstantHeapSize.js: more than two thirds of the blocks, in a row. */
export function grewInARow(heap: readonly Bytes[]): Judgement {
  const growths = heap.slice(1).map((used, at) => used - (heap[at] ?? used));
  let run = 0;
  let longest = 0;
  for (const growth of growths) {
    run = growth > SENSITIVITY ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  const total = (heap.at(-1) ?? 0) - (heap[0] ?? 0);
  return judgement(
    longest > Math.floor((growths.length * 2) / 3),
    `heap ${formatSignedBytes(total)}, grew over ${formatCount(longest, 'block')} in a row`,
  );
}
