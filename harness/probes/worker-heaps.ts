import type { Session } from 'node:inspector';
import type { Bytes, Milliseconds } from '../model.ts';
import { WORKERS } from './handles.ts';
import type { AskedProbe, Instrument, Unavailable } from './probe.ts';

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
 * What worker threads have gained on heaps of their own, of which the heap of the main thread shows nothing: over all threads that are
 * alive, what each holds after a collection beyond what it held when it was first read; 0 where there is none. A thread that ends
 * takes its share with it, so a pool that renews its threads does not grow. No reading where threads are too many or do not answer.
 */
export function workerHeapsProbe(): AskedProbe | Unavailable {
  if (!process.features.inspector) return { ...WORKER_HEAPS, reason: 'needs node:inspector' };
  const first = new Map<string, Bytes>();
  return {
    ...WORKER_HEAPS,
    ask: async into => {
      const workers = into[WORKERS] ?? 0;
      if (workers > MOST_WORKERS) return;
      const sizes = workers > 0 ? await collectedHeaps(workers) : NONE;
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

/**
 * Title of a thread to the size of its heap, of those that answered in time: by the inspector's NodeWorker domain, in a session that
 * lasts no longer.
 */
function collectedHeaps(expected: number): Promise<ReadonlyMap<string, Bytes>> {
  // Not imported: where there is no inspector, that alone would throw.
  const session: Session = new (process.getBuiltinModule('node:inspector').Session)();
  const sizes = new Map<string, Bytes>();
  const workers = new Map<string, string>();
  session.connect();
  return new Promise(resolve => {
    const finish = () => {
      clearTimeout(patience);
      session.removeAllListeners();
      session.disconnect();
      resolve(sizes);
    };
    const patience = setTimeout(finish, PATIENCE);
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
      // Its `workerId` is counted anew in every session; the title has the number of the thread.
      workers.set(sessionId, workerInfo.title);
      for (let times = 0; times < COLLECTIONS; times++)
        ask(session, sessionId, COLLECT, 'Runtime.evaluate', { expression: 'gc()' });
      ask(session, sessionId, MEASURE, 'Runtime.getHeapUsage');
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) => {
      const { id, result } = JSON.parse(message) as Answer;
      const worker = workers.get(sessionId);
      if (id !== MEASURE || worker === undefined) return;
      sizes.set(worker, result.usedSize);
      if (sizes.size === expected) finish();
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, () => {});
  });
}

/**
 * Ids of the two questions to a thread. `gc()` collects before the next question is read, also in a thread that waits for a lock; the
 * inspector's own command for it only asks for a collection later.
 */
const COLLECT = 1;
const MEASURE = 2;
/** In a thread that has been idle the second one finds what the first one left. */
const COLLECTIONS = 2;

interface Answer {
  readonly id?: number;
  readonly result: { readonly usedSize: Bytes };
}

function ask(session: Session, sessionId: string, id: number, method: string, params: object = {}): void {
  const message = JSON.stringify({ id, method, params });
  session.post('NodeWorker.sendMessageToWorker', { sessionId, message }, () => {});
}
