import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from '../model.ts';
import type { TakenSnapshot } from './heap/explain.ts';

/** What came of copying snapshots: where they are, and why they are not all there. */
export interface KeptSnapshots {
  readonly paths: readonly string[];
  readonly failure?: string;
}

/** Of the main thread, or of the thread named. */
type SnapshotOfThread = TakenSnapshot & { readonly thread?: string };

/**
 * Copies heap snapshots into a folder, one below it for each scenario and build; their paths are in the same
 * order. What cannot be written is left out without an error: what is known from snapshots is worth more than
 * they are.
 */
export async function keepSnapshots(
  snapshots: readonly SnapshotOfThread[],
  { scenario, build }: Pick<Trial, 'scenario' | 'build'>,
  folder: string,
): Promise<KeptSnapshots> {
  const own = join(folder, ...[scenario, build].map(fileName));
  const paths: string[] = [];
  let failure: string | undefined;
  const attempt = async (step: () => Promise<unknown>) => {
    try {
      await step();
      return true;
    } catch (error) {
      failure ??= error instanceof Error ? error.message : String(error);
      return false;
    }
  };
  // Of an older run, taken after other iterations.
  await attempt(() => rm(own, { recursive: true, force: true }));
  await attempt(() => mkdir(own, { recursive: true }));
  for (const { path, iteration, thread } of snapshots) {
    const prefix = thread === undefined ? '' : `${fileName(thread)}-`;
    const kept = join(own, `${prefix}at-${iteration}.heapsnapshot`);
    if (await attempt(() => copyFile(path, kept))) paths.push(kept);
  }
  return { paths, ...(failure !== undefined && { failure }) };
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]+|^\./g, '-');
}
