import { performance } from 'node:perf_hooks';

/** Computes for this long and keeps nothing. */
export function busyFor(microseconds: number): void {
  const end = performance.now() + microseconds / 1000;
  while (performance.now() < end);
}
