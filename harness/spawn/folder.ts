import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.ts';

const REMOVAL = { recursive: true, force: true, maxRetries: 3 } as const;

/**
 * Gives `use` an empty folder of its own and removes it afterwards, whatever happened. One that cannot be removed, as
 * something still writes there or it was locked, is tried again when this process exits, and then left.
 */
export async function withFolder<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), `leakgate-${process.pid}-`));
  const takeBack = atExit(() => rmSync(directory, REMOVAL));
  try {
    return await use(directory);
  } finally {
    await rm(directory, REMOVAL).then(takeBack, () => {});
  }
}
