import { getHeapStatistics } from 'node:v8';
import type { Bytes } from '../../harness/model.ts';
import { formatBytes, formatShare, formatSignedBytes } from '../../reports/format.ts';
import { type Detector, type Judgement, judgement } from './detector.ts';
import { readings } from './exercise.ts';

const MEGABYTE: Bytes = 2 ** 20;
const TOLERANCE = 0.1;

/** Heap after collection against heap before, in percent. */
export const heapTenPercent: Detector = {
  name: 'heap-10-percent',
  run: 'replayed',
  rule: 'the heap after garbage collection grew by more than 10 %',
  judge: async (trial, directory) => grewByTenPercent(await readings(trial, directory, 1, heapUsed)),
};

/** Heap after collection against heap before, in bytes. */
export const heapOneMegabyte: Detector = {
  name: 'heap-1-mb',
  run: 'replayed',
  rule: 'the heap after garbage collection grew by more than 1 MiB',
  judge: async (trial, directory) => grewByOneMegabyte(await readings(trial, directory, 1, heapUsed)),
};

/** google-gemini/gemini-cli, memory-tests: a tolerance of 10 % over the baseline. */
export function grewByTenPercent(heap: readonly [Bytes, ...Bytes[]]): Judgement {
  const [before] = heap;
  const share = ((heap.at(-1) ?? before) - before) / before;
  return judgement(
    share > TOLERANCE,
    `heap ${formatBytes(before)}, ${share < 0 ? '' : '+'}${formatShare(share)}`,
  );
}

/** google-gemini/gemini-cli, memory-tests: 1 MB between two phases; the same cutoff stands in many test suites. */
export function grewByOneMegabyte(heap: readonly [Bytes, ...Bytes[]]): Judgement {
  const growth = (heap.at(-1) ?? heap[0]) - heap[0];
  return judgement(growth > MEGABYTE, `heap ${formatSignedBytes(growth)}`);
}

function heapUsed(): Bytes {
  return getHeapStatistics().used_heap_size;
}
