import type { Session } from 'node:inspector';
import { HarnessError } from '../errors.ts';
import { forgetLogged, openSession } from '../probes/inspector.ts';
import { snapshotPath } from './heap-snapshot.ts';
import { writeSnapshot } from './snapshot-file.ts';

/** Writes a heap snapshot of this process into a folder and resolves with its path. */
export type TakeTrackedSnapshot = (directory: string, iteration: number) => Promise<string>;

/**
 * From now on V8 keeps the stack of every allocation, and heap snapshots tell it of each object. Only
 * snapshots that are taken through the same session do.
 * @throws {HarnessError} where Node has no inspector.
 */
export function trackedSnapshots(): TakeTrackedSnapshot {
  if (!process.features.inspector)
    throw new HarnessError(
      'Cannot keep the stacks of allocations as Node must have an inspector: this one has none',
    );
  const session = openSession();
  session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
  return async (directory, iteration) => {
    forgetLogged(session);
    const path = snapshotPath(directory, iteration);
    await writeSnapshot(path, add => take(session, add));
    return path;
  };
}

/** Newer versions of V8 take the snapshot in a task of its own, once nothing is on the stack. */
async function take(session: Session, add: (chunk: string) => void): Promise<void> {
  const hear = ({ params }: { readonly params: { readonly chunk: string } }) => add(params.chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', hear);
  try {
    await new Promise<void>((resolve, reject) => {
      session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, error => {
        if (error) reject(error);
        else resolve();
      });
    });
  } finally {
    session.off('HeapProfiler.addHeapSnapshotChunk', hear);
  }
}
