import type { Bytes, HeapTable, Iterations } from '../model.ts';
import { isStore } from '../snapshot/container-stores.ts';
import { lateHalfBegin } from '../stats/point.ts';

/** What stays of what a run makes. */
export interface Held {
  readonly objects: number;
  /** In which these were made. */
  readonly iterations: Iterations;
  /** Stores of containers by how much they grew. */
  readonly bytesPerIteration: Bytes;
}

/**
 * By how much the objects grew, over the late half of the run, that had been there for a snapshot at least: from
 * when they were fewest, as a snapshot that soon follows another has seen more of what lives for a while.
 * Undefined where there are too few snapshots to say.
 */
export function heldOfLateHalf(
  tables: readonly HeapTable[],
  { warmup, end }: { readonly warmup: Iterations; readonly end: Iterations },
): Held | undefined {
  const first = tables.findIndex(({ iteration }) => iteration >= lateHalfBegin(end, warmup));
  const [half, last] = [tables[first], tables.at(-1)];
  if (first < 1 || !half || !last || half === last || last.iteration < end) return undefined;
  const [count, bytes] = [grownSinceFewest(tables, first, 'count'), grownSinceFewest(tables, first, 'bytes')];
  return {
    objects: count.growth,
    iterations: count.iterations,
    bytesPerIteration: bytes.growth / bytes.iterations + storeGrowth(half, last) / (end - half.iteration),
  };
}

/** Since the snapshot, from the `first` one to the last but one, that had seen least. */
function grownSinceFewest(tables: readonly HeapTable[], first: number, of: 'count' | 'bytes') {
  const seen = tables.map(table => table.seen[of]);
  const fewest = seen.indexOf(Math.min(...seen.slice(first, -1)), first);
  return {
    growth: (seen.at(-1) ?? 0) - (seen[fewest] ?? 0),
    iterations: (tables.at(-2)?.iteration ?? 0) - (tables[fewest - 1]?.iteration ?? 0),
  };
}

function storeGrowth(from: HeapTable, to: HeapTable): Bytes {
  const bytes = ({ classes }: HeapTable) =>
    Object.entries(classes)
      .filter(([name]) => isStore(name))
      .reduce((sum, [, store]) => sum + store.bytes, 0);
  return bytes(to) - bytes(from);
}
