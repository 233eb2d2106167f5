import { getHeapStatistics } from 'node:v8';
import type { Probe } from './probe.ts';

/**
 * Memory held by objects of the heap but allocated outside it: everything V8 was told about, and of that the contents
 * of buffers. Read after the heap, because `process.memoryUsage()` allocates.
 */
export function externalProbe(): Probe {
  return {
    name: 'external',
    counts: 'memory outside the heap that its objects hold, and of that the contents of buffers',
    metrics: [
      { name: 'heap.external', unit: 'B', kind: 'bytes' },
      { name: 'heap.arrayBuffers', unit: 'B', kind: 'bytes' },
    ],
    cost: 'cheap',
    read: into => {
      into['heap.external'] = getHeapStatistics().external_memory;
      into['heap.arrayBuffers'] = process.memoryUsage().arrayBuffers;
    },
  };
}
