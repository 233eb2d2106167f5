import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { Session } from 'node:inspector';
import { HarnessError } from '../errors.ts';
import { forgetLogged, openSession } from '../probes/inspector.ts';
import { snapshotPath } from './heap-snapshot.ts';

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
    await write(session, path);
    return path;
  };
}

/** Newer versions of V8 take the snapshot in a task of its own, once nothing is on the stack. */
async function write(session: Session, path: string): Promise<void> {
  const file = openSync(path, 'w');
  const failures: unknown[] = [];
  // What a listener throws the session would only warn of.
  const add = ({ params }: { readonly params: { readonly chunk: string } }) => {
    try {
      writeFileSync(file, params.chunk);
    } catch (error) {
      failures.push(error);
    }
  };
  session.on('HeapProfiler.addHeapSnapshotChunk', add);
  try {
    await new Promise<void>(resolve => {
      session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, error => {
        if (error) failures.push(error);
        resolve();
      });
    });
  } finally {
    session.off('HeapProfiler.addHeapSnapshotChunk', add);
    closeSync(file);
  }
  if (failures.length > 0) throw failures[0];
}
