import { getHeapStatistics } from 'node:v8';
import type { Probe } from './probe.ts';

/**
 * Bytes of live objects on V8's heap, from the allocator's own books: reading it first keeps other probes out
 * of it.
 */
export function heapProbe(): Probe {
  return {
    name: 'heap',
    counts: 'what is live on V8’s heap after collection',
    metrics: [{ name: 'heap.used', unit: 'B', kind: 'bytes' }],
    cost: 'cheap',
    read: into => {
      into['heap.used'] = getHeapStatistics().used_heap_size;
    },
  };
}
