import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { compileAnything, forgetLogged, keepObjectIds } from '../probes/inspector.ts';

/** Writes a heap snapshot of this process, without what the subject has logged, into a folder and returns its path. */
export type TakeSnapshot = (directory: string, iteration: number) => string;

/**
 * Writes a heap snapshot into the trial's folder, where the parent has it read by another process, and
 * returns its path. Objects keep their ids from the first one on, and none holds what the subject has logged.
 */
export function takeSnapshot(directory: string, iteration: number): string {
  keepObjectIds();
  return write(directory, iteration);
}

/**
 * Does all that goes with a snapshot but the snapshot, and opens no session for good: a folder that is not
 * there cannot be written to.
 */
export function rehearseSnapshot(directory: string): string {
  const missing = join(directory, 'not-there');
  try {
    return write(missing, 0);
  } catch {
    return missing;
  }
}

export function snapshotPath(directory: string, iteration: number): string {
  return join(directory, `at-${iteration}.heapsnapshot`);
}

/**
 * A snapshot empties V8's cache of compiled code, a table of 3.5 kB, which a walk over the heap leaves
 * behind: leave it too.
 */
function write(directory: string, iteration: number): string {
  forgetLogged();
  try {
    return writeHeapSnapshot(snapshotPath(directory, iteration));
  } finally {
    compileAnything();
  }
}
