import { HEAP_WORKERS, WORKERS } from './metric-kinds.ts';
import type { Series } from './verdict.ts';

/** Whether heaps of worker threads were read while there were any; `none`: no sample found a thread. */
export type ThreadHeaps = 'none' | 'read' | 'unread';

/** What is known of the heaps of a trial's worker threads: of too many, or of busy ones, nothing. */
export function threadHeaps(series: readonly Series[]): ThreadHeaps {
  const alive = pointsOf(WORKERS, series).filter(({ value }) => value > 0);
  if (alive.length === 0) return 'none';
  const read = new Set(pointsOf(HEAP_WORKERS, series).map(({ iteration }) => iteration));
  return alive.some(({ iteration }) => read.has(iteration)) ? 'read' : 'unread';
}

/** Worker threads that were alive at a sample. */
export function mostThreads(series: readonly Series[]): number {
  return Math.max(0, ...pointsOf(WORKERS, series).map(({ value }) => value));
}

function pointsOf(name: string, series: readonly Series[]): Series['points'] {
  return series.find(({ metric }) => metric.name === name)?.points ?? [];
}
