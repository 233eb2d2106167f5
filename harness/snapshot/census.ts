import type { Bytes } from '../model.ts';
import { entryCounts } from './entries.ts';
import { isOnHeap } from './ids.ts';
import type { Kinds } from './kinds.ts';
import type { Snapshot } from './read-snapshot.ts';
import { storeSizes } from './stores.ts';

/** What one snapshot held, as much as later ones are compared with. */
export interface Census {
  readonly iteration: number;
  readonly counts: ReadonlyMap<string, number>;
  /** How many strings and numbers containers hold, by their ids. */
  readonly entries: ReadonlyMap<number, number>;
  /** How many objects containers hold that hold many, by their ids. */
  readonly objects: ReadonlyMap<number, number>;
  /** What objects hold in stores of their own, by their ids. */
  readonly stores: ReadonlyMap<number, Bytes>;
  /** No object that came to be before this snapshot has a larger id. */
  readonly lastId: number;
}

/** Counts kinds, and finds the largest id of an object on V8's heap. */
export function census(snapshot: Snapshot, kinds: Kinds, iteration: number): Census {
  const counts: number[] = [];
  let lastId = 0;
  for (let node = 0; node < snapshot.nodeCount; node++) {
    const id = snapshot.ids[node] as number;
    if (isOnHeap(id) && id > lastId) lastId = id;
    const kind = kinds.of(node);
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const { primitives, objects } = entryCounts(snapshot);
  return {
    iteration,
    counts: new Map(counts.map((count, kind) => [kinds.keys[kind] ?? '', count])),
    entries: primitives,
    objects,
    stores: storeSizes(snapshot),
    lastId,
  };
}
