import { type Bytes, HEAP_EXTERNAL, HEAP_USED, HEAP_WORKERS, NATIVE_MEMORY, type Sample } from '../model.ts';

/** What a sample says of the subject's memory; 0 for what it does not tell. */
type Reading = (sample: Sample | undefined) => Bytes;

/** What the last sample reads more than the first. */
export function grown(samples: readonly Sample[], read: Reading): Bytes {
  return read(samples.at(-1)) - read(samples[0]);
}

/** Growth of native memory; nothing unless it was read at both ends: its readings end with the first snapshot. */
export function grownNative(samples: readonly Sample[]): Bytes {
  const [first, last] = [samples[0], samples.at(-1)].map(sample => sample?.readings[NATIVE_MEMORY]);
  return first === undefined || last === undefined ? 0 : last - first;
}

/** The heaps, and what V8 knows of beside them. */
export function memoryOf(sample: Sample | undefined): Bytes {
  return heapsOf(sample) + (sample?.readings[HEAP_EXTERNAL] ?? 0);
}

/** The heap of the main thread and what those of worker threads gained. */
export function heapsOf(sample: Sample | undefined): Bytes {
  return heapOf(sample) + (sample?.readings[HEAP_WORKERS] ?? 0);
}

/** The heap of the main thread. */
export function heapOf(sample: Sample | undefined): Bytes {
  return sample?.readings[HEAP_USED] ?? 0;
}
