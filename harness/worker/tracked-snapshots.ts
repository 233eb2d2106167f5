import { closeSync, openSync, writeSync } from 'node:fs';
import type { Session } from 'node:inspector';
import { HarnessError } from '../errors.ts';
import { forgetLogged, openSession } from '../probes/inspector.ts';
import { snapshotPath } from './heap-snapshot.ts';

/** Writes a heap snapshot of this process, without what the subject has logged, into a folder and returns its path. */
export type TakeSnapshot = (directory: string, iteration: number) => string;

/**
 * From now on V8 keeps the stack of every allocation, and heap snapshots tell it of each object. Only snapshots that are taken
 * through the same session do.
 * @throws {HarnessError} where Node has no inspector.
 */
export function trackedSnapshots(): TakeSnapshot {
  if (!process.features.inspector)
    throw new HarnessError(
      'Cannot keep the stacks of allocations as Node must have an inspector: this one has none',
    );
  const session = openSession();
  session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
  return (directory, iteration) => {
    forgetLogged(session);
    const path = snapshotPath(directory, iteration);
    write(session, path);
    return path;
  };
}

function write(session: Session, path: string): void {
  const file = openSync(path, 'w');
  const add = ({ params }: { readonly params: { readonly chunk: string } }) => writeSync(file, params.chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', add);
  const failures: Error[] = [];
  try {
    session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, error => {
      if (error) failures.push(error);
    });
  } finally {
    session.off('HeapProfiler.addHeapSnapshotChunk', add);
    closeSync(file);
  }
  for (const failure of failures) throw failure;
}
