import { loadMemwatch, type Memwatch } from '../../harness/worker/memwatch.ts';

/** @throws {Error} if memwatch cannot be loaded; the message says why. */
export async function memwatch(): Promise<Memwatch> {
  const loaded = await loadMemwatch();
  if (loaded.outcome === 'loaded') return loaded.memwatch;
  throw new Error(loaded.reason);
}

/** Why memwatch cannot be had; undefined if it can. */
export async function memwatchMissing(): Promise<string | undefined> {
  const loaded = await loadMemwatch();
  return loaded.outcome === 'missing' ? loaded.reason : undefined;
}
