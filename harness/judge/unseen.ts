import type { HeapTable, Sample, Trial, TrialOptions } from '../model.ts';
import { isNullRun } from '../model.ts';
import { LARGEST_SNAPSHOT } from '../stages.ts';

interface Seen {
  readonly trial?: Pick<Trial, 'scenario'>;
  readonly options: Partial<Pick<TrialOptions, 'snapshots'>>;
  readonly samples: readonly Sample[];
  readonly heapTables?: readonly HeapTable[];
}

/**
 * Whether its heap is too large for the heap snapshots of a closer look, so that strings, closures' contexts
 * and objects without a prototype, which no census counts, are seen by their bytes alone.
 */
export function isUnseen({ trial, options, samples, heapTables = [] }: Seen): boolean {
  if (heapTables.length > 0 || options.snapshots === 'never' || (trial && isNullRun(trial))) return false;
  return (samples.at(-1)?.readings['heap.used'] ?? 0) > LARGEST_SNAPSHOT;
}
