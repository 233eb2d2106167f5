import type { HeapTable } from '../model.ts';
import { classNames } from './snapshot/class-names.ts';
import type { Snapshot } from './snapshot/read-snapshot.ts';

/** What one snapshot holds, without the iteration at which it was taken. */
export type HeapContents = Omit<HeapTable, 'iteration'>;

/**
 * Counts what a heap snapshot holds by class: objects by constructor and, plain ones, by the names of their properties;
 * functions by name; strings, closure contexts, numbers, and the backing stores of arrays, maps and dictionaries. Code, and what
 * V8 keeps for itself, is left out. Unlike `v8.queryObjects` this also sees objects without a prototype and all that is no object.
 *
 * V8 gives an object its id, larger than all before, in the first snapshot that sees it, and the object keeps it. So what a
 * snapshot holds is told apart by the snapshot that first saw it.
 * @param earlier `newest` of the snapshots before it, in their order.
 */
export function heapClasses(snapshot: Snapshot, earlier: readonly number[] = []): HeapContents {
  const names = classNames(snapshot);
  const classes: { count: number; bytes: number; born: number[] }[] = [];
  const born = Array.from({ length: earlier.length + 1 }, () => ({ count: 0, bytes: 0 }));
  let newest = 0;
  for (let node = 0; node < snapshot.nodeCount; node++) {
    const known = names.of(node);
    if (known === undefined) continue;
    const [size = 0, id = 0] = [snapshot.sizes[node], snapshot.ids[node]];
    const place = firstSeen(id, earlier);
    classes[known] ??= { count: 0, bytes: 0, born: new Array<number>(earlier.length + 1).fill(0) };
    const found = classes[known];
    found.count++;
    found.bytes += size;
    found.born[place] = (found.born[place] ?? 0) + 1;
    const cohort = born[place];
    if (cohort && !isStore(names.names[known] ?? '')) {
      cohort.count++;
      cohort.bytes += size;
    }
    // Ids of what lies outside V8's heap are hashes, and even.
    if (id % 2 === 1) newest = Math.max(newest, id);
  }
  return {
    classes: Object.fromEntries(classes.map((found, known) => [names.names[known], found])),
    newest,
    born,
  };
}

/** Place of the snapshot that saw an object first. */
function firstSeen(id: number, earlier: readonly number[]): number {
  const place = earlier.findIndex(last => id <= last);
  return place < 0 ? earlier.length : place;
}

/** Whether a class is a store of containers: it grows without becoming more. */
export function isStore(name: string): boolean {
  return name.endsWith(' store');
}
