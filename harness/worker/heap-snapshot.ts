import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { forgetLogged, keepObjectIds } from '../probes/inspector.ts';

/**
 * Writes a heap snapshot into the trial's folder, where the parent has it read by another process. Returns its path. From the first one
 * on objects keep their ids.
 */
export function takeSnapshot(directory: string, iteration: number): string {
  keepObjectIds();
  forgetLogged();
  return writeHeapSnapshot(join(directory, `at-${iteration}.heapsnapshot`));
}
