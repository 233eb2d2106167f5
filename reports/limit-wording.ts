/** What a steady trial would have caught, in words. */
import type { DetectionLimit, Iterations, ThreadHeaps } from '../harness/model.ts';
import { formatBytes, formatNumber, formatOften } from './format.ts';

/**
 * `would have caught 41 B/reload on the heap or in buffers, 1 object per 80 reloads, 1 timer or handle per
 * 194 reloads`; `only 1 object per 3 reloads`, `only 4 objects per reload` where that is little.
 * @param per one iteration: `reload`
 * @param beyond ends the sentence, as ` beyond it` does against a base
 * @param threads whether heaps of worker threads were read: the figure for buffers holds for those of the main thread
 * alone, and that for heaps as well where they were not
 */
export function limitText(
  limit: DetectionLimit,
  per: string,
  beyond = '',
  threads: ThreadHeaps = 'none',
): string {
  const parts = [bytesText(limit, per, threads), ...nativeText(limit, per)];
  parts.push(...oftenText('object', 'objects', limit.objectEvery, per));
  parts.push(...oftenText('timer or handle', 'timers or handles', limit.handleEvery, per));
  return `would have caught ${parts.join(', ')}${beyond}`;
}

/** A count that would show a leak only where something is kept in one of at most so many iterations says little. */
const COARSE: Iterations = 20;

function oftenText(one: string, several: string, every: Iterations, per: string): string[] {
  if (every === 0) return [];
  return [`${every < COARSE ? 'only ' : ''}${formatOften(every, per, one, several)}`];
}

/** One figure for both where that of the heap holds for buffers too. */
function bytesText(
  { bytesPerIteration, offHeapBytesPerIteration }: DetectionLimit,
  per: string,
  threads: ThreadHeaps,
): string {
  const heap = `${formatNumber(bytesPerIteration)} B/${per}`;
  const [onHeap, inBuffers] = BYTE_PLACES[threads];
  if (offHeapBytesPerIteration === undefined) return threads === 'unread' ? `${heap} ${onHeap}` : heap;
  const offHeap = `${formatNumber(offHeapBytesPerIteration)} B/${per}`;
  const holdsForBoth = offHeap === heap || offHeapBytesPerIteration < bytesPerIteration;
  return holdsForBoth ? `${heap} ${onHeap} or ${inBuffers}` : `${heap} ${onHeap}, ${offHeap} ${inBuffers}`;
}

/** Which heaps and buffers were seen. */
const BYTE_PLACES: { readonly [threads in ThreadHeaps]: readonly [string, string] } = {
  none: ['on the heap', 'in buffers'],
  read: ['on the heap', 'in buffers of the main thread'],
  unread: ['on the heap of the main thread', 'in its buffers'],
};

function nativeText({ nativeBytesPerIteration: native }: DetectionLimit, per: string): string[] {
  return native === undefined ? [] : [`${formatBytes(native)}/${per} of native memory`];
}
