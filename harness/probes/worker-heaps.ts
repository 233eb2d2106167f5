import type { Bytes, Milliseconds } from '../model.ts';
import { WORKERS } from './handles.ts';
import type { AskedProbe, Instrument, Unavailable } from './probe.ts';
import { type Thread, visitThreads } from './worker-threads.ts';

const NAME = 'heap.workers';
/** Threads whose heaps are read: of more, it is the threads that leak. */
const MOST_WORKERS = 16;
/** How long a thread may take to answer; one that is busy in native code does not. */
const PATIENCE: Milliseconds = 1000;

const WORKER_HEAPS: Instrument = {
  name: 'worker heaps',
  counts: 'what worker threads have gained on heaps of their own',
  metrics: [{ name: NAME, unit: 'B', kind: 'bytes' }],
};

/**
 * What worker threads have gained on heaps of their own, of which the heap of the main thread shows nothing:
 * over all threads that are alive, what each holds after a collection beyond what it held when it was first
 * read; 0 where there is none. A thread that ends takes its share with it, so a pool that renews its threads
 * does not grow. No reading where threads are too many or do not answer.
 */
export function workerHeapsProbe(): AskedProbe | Unavailable {
  if (!process.features.inspector) return { ...WORKER_HEAPS, reason: 'needs node:inspector' };
  const first = new Map<string, Bytes>();
  return {
    ...WORKER_HEAPS,
    ask: async into => {
      const workers = into[WORKERS] ?? 0;
      if (workers > MOST_WORKERS) return;
      const sizes =
        workers > 0 ? await visitThreads({ threads: workers, patience: PATIENCE }, collectedHeap) : NONE;
      if (sizes.size < workers) return;
      for (const worker of first.keys()) if (!sizes.has(worker)) first.delete(worker);
      let gained = 0;
      for (const [worker, size] of sizes) {
        const before = first.get(worker) ?? size;
        first.set(worker, before);
        gained += size - before;
      }
      into[NAME] = gained;
    },
  };
}

const NONE: ReadonlyMap<string, Bytes> = new Map();

/** After two collections: in a thread that has been idle the second one finds what the first one left. */
async function collectedHeap(thread: Thread): Promise<Bytes> {
  void thread.ask('Runtime.discardConsoleEntries');
  // `HeapProfiler.collectGarbage` would only ask for a collection later.
  for (let times = 0; times < 2; times++) void thread.ask('Runtime.evaluate', { expression: 'gc()' });
  const { usedSize } = await thread.ask<{ readonly usedSize: Bytes }>('Runtime.getHeapUsage');
  return usedSize;
}
