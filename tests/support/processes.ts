import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Looks until what is seen is something, and returns it. */
export async function until<T>(look: () => T): Promise<T> {
  for (;;) {
    const seen = look();
    if (seen) return seen;
    await wait(20);
  }
}

export function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
