import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';

/** Writes a heap snapshot into the trial's folder, where the parent has it read by another process. Returns its path. */
export function takeSnapshot(directory: string, iteration: number): string {
  return writeHeapSnapshot(join(directory, `at-${iteration}.heapsnapshot`));
}
