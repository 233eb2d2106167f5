import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from '../model.ts';
import type { TakenSnapshot } from './snapshot/explain.ts';

/**
 * Copies heap snapshots into a folder, one below it for each scenario and build; returns their paths, in order. None where they cannot be
 * written: what is known from them is worth more than they are.
 */
export async function keepSnapshots(
  snapshots: readonly TakenSnapshot[],
  { scenario, build }: Pick<Trial, 'scenario' | 'build'>,
  folder: string,
): Promise<string[]> {
  const own = join(folder, ...[scenario, build].map(name => name.replace(/[^\w-]+/g, '-')));
  try {
    // Of an older run, taken after other iterations.
    await rm(own, { recursive: true, force: true });
    await mkdir(own, { recursive: true });
    return await Promise.all(
      snapshots.map(async ({ path, iteration }) => {
        const kept = join(own, `at-${iteration}.heapsnapshot`);
        await copyFile(path, kept);
        return kept;
      }),
    );
  } catch {
    return [];
  }
}
