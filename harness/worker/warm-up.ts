import type { Bytes, TrialOptions, Warmup } from '../model.ts';
import { now } from './clock.ts';

/** Heap drift per iteration that counts as none: settled readings of a clean subject differ by some kB per window. */
const NO_DRIFT: Bytes = 64;
/** Two windows of a leaky subject drift by the same amount when they differ by at most this share. */
const SAME_DRIFT = 0.05;

/** The work to be warmed up. */
export interface WarmUpWork {
  /** Does the next `count` iterations and brings the subject to rest. */
  iterate(count: number): Promise<void>;
  /** Settles the heap and reads it, in bytes. */
  settledHeap(): Promise<Bytes>;
}

/**
 * Iterates in windows of `warmup` until the settled heap has stopped changing its ways: two windows in a row
 * that do not drift, or that drift alike, as a subject does that leaks from its first iteration. Gives up at
 * `warmupLimit`.
 */
export async function warmUp(
  work: WarmUpWork,
  options: Pick<TrialOptions, 'warmup' | 'warmupLimit'>,
): Promise<Warmup> {
  const begin = now();
  let iterations = 0;
  let drift = Number.NaN;
  let stable = false;
  let heap = await work.settledHeap();

  while (!stable && iterations < options.warmupLimit) {
    const count = Math.min(options.warmup, options.warmupLimit - iterations);
    await work.iterate(count);
    const previous = drift;
    const settled = await work.settledHeap();
    drift = (settled - heap) / count;
    heap = settled;
    iterations += count;
    stable = isStable(previous, drift);
  }
  return { iterations, elapsed: now() - begin, stable, drift };
}

/** Of two windows in a row; `previous` is NaN, and the answer no, where there was none. */
export function isStable(previous: Bytes, drift: Bytes): boolean {
  const none = Math.abs(previous) <= NO_DRIFT && Math.abs(drift) <= NO_DRIFT;
  const same = Math.abs(drift - previous) <= SAME_DRIFT * Math.abs(drift);
  return none || same;
}
