import { join } from 'node:path';
import type { Milliseconds } from '../model.ts';
import { type Thread, visitThreads } from '../probes/worker-threads.ts';
import { writeSnapshot } from './snapshot-file.ts';

/** How long a snapshot may take; one of a heap of 64 MB takes some 3 s. */
const PATIENCE: Milliseconds = 30_000;

export interface ThreadSnapshot {
  readonly path: string;
  /** As a person would call it: `worker thread 3`. */
  readonly thread: string;
}

/**
 * Takes heap snapshots of one worker thread: the one that had been alive longest when it was first asked.
 * Threads of a pool run the same code, so that one of them shows what all of them keep.
 */
export class ThreadSnapshots {
  #title: string | undefined;
  #hasThreads = false;

  /**
   * To be made before the subject, whose first thread it hears of: asking for threads where there are none
   * would leave garbage behind.
   */
  constructor() {
    process.once('worker', () => {
      this.#hasThreads = true;
    });
  }

  /**
   * Undefined where there is no thread, or the chosen one is gone or does not answer.
   * @throws what writing the file throws.
   */
  async take(directory: string, iteration: number): Promise<ThreadSnapshot | undefined> {
    if (!this.#hasThreads || !process.features.inspector) return undefined;
    const threads = liveThreads();
    if (threads.length === 0) return undefined;
    const number = Math.min(...threads);
    this.#title ??= `[worker ${number}]`;
    const path = join(directory, `thread-at-${iteration}.heapsnapshot`);
    const failures: unknown[] = [];
    const taken = await visitThreads(
      { threads: threads.length, patience: PATIENCE, stay: true },
      async thread => {
        if (!this.#isChosen(thread)) return false;
        // Else a visit that fails would pass for a thread that does not answer.
        await snapshot(thread, path).catch((error: unknown) => failures.push(error));
        return true;
      },
    );
    if (failures.length > 0) throw failures[0];
    const [chosen] = [...taken].find(([, isTaken]) => isTaken) ?? [];
    return chosen === undefined ? undefined : { path, thread: threadName(chosen) };
  }

  #isChosen({ title }: Thread): boolean {
    return this.#title !== undefined && title.startsWith(this.#title);
  }
}

/** `worker thread 3`, with the name that the program gave it; Node 24 gives those without one its own. */
function threadName(title: string): string {
  return title.replace(/^\[worker (\d+)\]/, 'worker thread $1').replace(/ WorkerThread$/, '');
}

/** Their numbers, from the diagnostic report. */
function liveThreads(): readonly number[] {
  const report: { readonly workers?: readonly { readonly header: { readonly threadId: number } }[] } =
    process.report.getReport();
  return (report.workers ?? []).map(({ header }) => header.threadId);
}

async function snapshot(thread: Thread, path: string): Promise<void> {
  await writeSnapshot(path, async add => {
    thread.hear<{ readonly chunk: string }>('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => add(chunk));
    void thread.ask('Runtime.discardConsoleEntries');
    await thread.ask('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  });
}
