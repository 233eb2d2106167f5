import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from '../model.ts';
import type { TakenSnapshot } from './snapshot/explain.ts';

/** Copies heap snapshots into a folder, under names that say what they are of; returns their paths, in order. */
export async function keepSnapshots(
  snapshots: readonly TakenSnapshot[],
  { scenario, build }: Pick<Trial, 'scenario' | 'build'>,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    snapshots.map(async ({ path, iteration }) => {
      const kept = join(folder, `${scenario}-${build}-at-${iteration}.heapsnapshot`);
      await copyFile(path, kept);
      return kept;
    }),
  );
}
