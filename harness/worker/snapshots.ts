import { closeSync, openSync, writeSync } from 'node:fs';
import { Session } from 'node:inspector';
import { forgetLogged } from '../probes/inspector.ts';

/** Writes a heap snapshot of this process, without what the subject has logged, into a folder and returns its path. */
export type Snapshots = (directory: string, iteration: number) => string;

/**
 * From now on V8 keeps the stack of every allocation, and heap snapshots tell it of each object. Only snapshots that are taken
 * through the same session do.
 */
export function trackedSnapshots(): Snapshots {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
  return (directory, iteration) => {
    forgetLogged(session);
    const path = `${directory}/at-${iteration}.heapsnapshot`;
    const file = openSync(path, 'w');
    const write = ({ params }: { readonly params: { readonly chunk: string } }) =>
      writeSync(file, params.chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', write);
    session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    session.off('HeapProfiler.addHeapSnapshotChunk', write);
    closeSync(file);
    return path;
  };
}
