import { HEAP_WORKERS, WORKERS } from './metric-kinds.ts';
import type { Series } from './verdict.ts';

/** Whether heaps of worker threads were read; `none`: no sample found a thread. */
export type ThreadHeaps = 'none' | 'read' | 'unread';

/** What is known of the heaps of a trial's worker threads: of too many, or of busy ones, nothing. */
export function threadHeaps(series: readonly Series[]): ThreadHeaps {
  if (mostThreads(series) === 0) return 'none';
  return series.some(({ metric }) => metric.name === HEAP_WORKERS) ? 'read' : 'unread';
}

/** Worker threads that were alive at a sample. */
export function mostThreads(series: readonly Series[]): number {
  const threads = series.find(({ metric }) => metric.name === WORKERS);
  return Math.max(0, ...(threads?.points ?? []).map(({ value }) => value));
}
