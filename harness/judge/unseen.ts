import {
  type Comparison,
  HEAP_USED,
  type HeapTable,
  isNullRun,
  type Sample,
  type Trial,
  type TrialOptions,
} from '../model.ts';
import { LARGEST_SNAPSHOT } from '../stages.ts';
import type { Assessment } from './assessment.ts';
import { growsClearly } from './suspicion.ts';

interface Looked {
  readonly trial?: Pick<Trial, 'scenario'>;
  readonly options: Partial<Pick<TrialOptions, 'snapshots' | 'budget'>>;
  readonly samples: readonly Sample[];
  readonly heapTables?: readonly HeapTable[];
}

/**
 * Whether its heap was too large for the heap snapshots of a closer look, so that strings, closures' contexts
 * and objects without a prototype, which no census counts, are known by their bytes alone. Not of a trial that
 * gets no closer look whatever its heap.
 */
export function isTooLarge({ trial, options, samples, heapTables = [] }: Looked): boolean {
  if (options.snapshots === 'never' || options.budget === 0 || (trial && isNullRun(trial))) return false;
  const last = samples.at(-1);
  const lookedAt = heapTables.at(-1)?.iteration ?? 0;
  return (last?.readings[HEAP_USED] ?? 0) > LARGEST_SNAPSHOT && lookedAt * 2 <= (last?.iteration ?? 0);
}

/**
 * The heap, where it is too large for a closer look and grows for certain, if within the allowance, and faster
 * than in the base, if there is one.
 */
export function growthUnseen(
  looked: Looked,
  readings: readonly Assessment[],
  comparisons: readonly Comparison[],
): Assessment | undefined {
  if (!isTooLarge(looked)) return undefined;
  return readings.find(one => {
    const compared = comparisons.find(({ metric }) => metric === one.metric);
    return growsClearly(one, compared?.low);
  });
}
