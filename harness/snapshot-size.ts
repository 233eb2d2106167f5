import type { Bytes } from './model.ts';

/**
 * Heap of which a snapshot is worth what it takes: 3 s at this size. One of 108 MB, of small objects, took 18
 * s and 1.9 GB of memory (Node 20.20.2).
 */
export const LARGEST_SNAPSHOT: Bytes = 64 * 2 ** 20;
