import { getHeapStatistics } from 'node:v8';
import type { Bytes, TrialOptions } from '../model.ts';
import { turn } from './clock.ts';

type SettleOptions = Pick<TrialOptions, 'settleTries' | 'settleTolerance'>;

/** Last reading, at 0; in a typed array, so that keeping it allocates nothing. */
const reading = new Float64Array(1);

/**
 * Brings the heap to rest: lets the loop turn, collects garbage, lets it turn again so that finalizers run,
 * and collects until two readings in a row agree. No tick passes between those collections: awaiting between
 * them all leaves the heap in one of two states far apart. Two collections where all is quiet, which matters
 * where one takes 200 ms.
 * @returns whether the readings agreed within the tries allowed.
 */
export async function settle({ settleTries, settleTolerance }: SettleOptions): Promise<boolean> {
  await turns(2);
  collect();
  await turns(2);
  for (let tries = 1; tries < settleTries; tries++) {
    const previous = reading[0] ?? 0;
    if (Math.abs(collect() - previous) <= settleTolerance) return true;
  }
  return false;
}

/**
 * `settle` for a heap that has doubled since the first sample (`FAST_GROWTH`): one collection, for a second look at
 * kilobytes would cost as much again as all that the heap holds.
 */
export async function settleCoarsely(): Promise<void> {
  await turns(2);
  collect();
}

/** Immediates, timers that are due and I/O that has arrived get their chance in each turn. */
async function turns(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await turn();
}

/** Collects garbage and reads what is left, in bytes. */
function collect(): Bytes {
  if (!globalThis.gc) throw new Error('Cannot collect garbage as Node must run with --expose-gc');
  globalThis.gc();
  reading[0] = getHeapStatistics().used_heap_size;
  return reading[0];
}
