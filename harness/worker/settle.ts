import { setImmediate as turn } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import type { TrialOptions } from '../model.ts';

/**
 * Brings the heap to rest: lets the loop turn, collects garbage until two readings agree, lets the loop turn once more so
 * that finalizers run, and collects again. No tick passes between the collections themselves: awaiting between them
 * leaves the heap in one of two states far apart.
 * @returns whether the readings agreed within the tries allowed.
 */
export async function settle(
  options: Pick<TrialOptions, 'settleTries' | 'settleTolerance'>,
): Promise<boolean> {
  await turns(2);
  collectUntilStable(options);
  await turns(2);
  return collectUntilStable(options);
}

/** Immediates, timers that are due and I/O that has arrived get their chance in each turn. */
async function turns(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await turn();
}

/** Last reading, at 0; in a typed array, so that keeping it allocates nothing. */
const reading = new Float64Array(1);

function collectUntilStable({
  settleTries,
  settleTolerance,
}: Pick<TrialOptions, 'settleTries' | 'settleTolerance'>): boolean {
  reading[0] = Number.NaN;
  for (let tries = 0; tries < settleTries; tries++) {
    collectGarbage();
    const before = reading[0] ?? Number.NaN;
    reading[0] = getHeapStatistics().used_heap_size;
    if (Math.abs(reading[0] - before) <= settleTolerance) return true;
  }
  return false;
}

function collectGarbage(): void {
  if (!globalThis.gc) throw new Error('Cannot collect garbage as Node must run with --expose-gc');
  globalThis.gc();
}
