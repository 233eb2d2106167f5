import { getHeapCodeStatistics } from 'node:v8';
import type { Probe } from './probe.ts';

/**
 * Machine code and bytecode with their metadata. Advisory: it grows as functions are met for the first time. V8 goes
 * over the whole old space for it, 15 ms where that has 40 MB.
 */
export function codeProbe(): Probe {
  return {
    name: 'code',
    counts: 'machine code and bytecode with their metadata',
    metrics: [{ name: 'heap.code', unit: 'B', kind: 'advisory' }],
    cost: 'costly',
    read: into => {
      const code = getHeapCodeStatistics();
      into['heap.code'] = code.code_and_metadata_size + code.bytecode_and_metadata_size;
    },
  };
}
