import type { Bytes, HeapTable, Iterations } from '../model.ts';
import { isStore } from '../snapshot/container-stores.ts';
import { lateHalfBegin } from '../stats/point.ts';

/** What stays of what a run makes. */
export interface Held {
  readonly objects: number;
  /** In which these were made. */
  readonly iterations: Iterations;
  /** Objects, and the stores of containers, by how much they grew. */
  readonly bytesPerIteration: Bytes;
}

/**
 * By how much the objects grew, over the late half of the run, that had been there for a snapshot at least, and the
 * stores of such: from when they were fewest, as a snapshot that soon follows another has seen more of what lives for
 * a while. Undefined where there are too few snapshots to say.
 */
export function heldOfLateHalf(
  tables: readonly HeapTable[],
  { warmup, end }: { readonly warmup: Iterations; readonly end: Iterations },
): Held | undefined {
  const first = tables.findIndex(({ iteration }) => iteration >= lateHalfBegin(end, warmup));
  const [half, last] = [tables[first], tables.at(-1)];
  if (first < 1 || !half || !last || half === last || last.iteration < end) return undefined;
  const count = grownSinceFewest(tables, first, ({ seen }) => seen.count);
  const bytes = grownSinceFewest(tables, first, ({ seen }) => seen.bytes);
  const stores = grownSinceFewest(tables, first, seenStores);
  return {
    objects: count.growth,
    iterations: count.madeWithin,
    bytesPerIteration: bytes.growth / bytes.madeWithin + stores.growth / stores.grownWithin,
  };
}

/** Since the snapshot, from the `first` one to the last but one, that had seen least. */
function grownSinceFewest(tables: readonly HeapTable[], first: number, seenBy: (table: HeapTable) => number) {
  const seen = tables.map(seenBy);
  const fewest = seen.indexOf(Math.min(...seen.slice(first, -1)), first);
  const at = (place: number) => tables.at(place)?.iteration ?? 0;
  return {
    growth: (seen.at(-1) ?? 0) - (seen[fewest] ?? 0),
    /** The iterations in which what is seen was made: it had been there a snapshot before. */
    madeWithin: at(-2) - at(fewest - 1),
    grownWithin: at(-1) - at(fewest),
  };
}

/** Size of the stores of containers that an earlier snapshot had seen. */
function seenStores({ classes }: HeapTable): Bytes {
  return Object.entries(classes)
    .filter(([name]) => isStore(name))
    .reduce((sum, [, { seenBytes = 0 }]) => sum + seenBytes, 0);
}
