import type { HeapTable } from '../model.ts';
import { classNames } from './class-names.ts';
import { isStore } from './container-stores.ts';
import { isOnHeap } from './ids.ts';
import type { Snapshot } from './read-snapshot.ts';

/** What one snapshot holds, without the iteration at which it was taken. */
export type HeapContents = Omit<HeapTable, 'iteration'>;

/**
 * Counts what a heap snapshot holds by class: objects by constructor and, plain ones, by the names of their
 * properties; functions by name; proxies, strings, closure contexts, numbers, and the backing stores of arrays, maps
 * and dictionaries. Code, and what V8 keeps for itself, is left out. Unlike `v8.queryObjects` this also sees
 * objects without a prototype and all that is no object.
 *
 * V8 gives an object its id, larger than all before, in the first snapshot that sees it, and the object keeps
 * it. So what a snapshot holds is told apart by whether an earlier one had seen it. A store is as old as what
 * it is the store of, as a container gets a new one each time that it grows.
 * @param before the largest `newest` of the snapshots before it; 0 if it is the first.
 */
export function heapClasses(snapshot: Snapshot, before = 0): HeapContents {
  const names = classNames(snapshot);
  const classes: { count: number; bytes: number; seen: number; seenBytes?: number }[] = [];
  const isOfOld = storesOfOld(snapshot, before);
  const seen = { count: 0, bytes: 0 };
  let newest = 0;
  for (let node = 0; node < snapshot.nodeCount; node++) {
    const known = names.of(node);
    if (known === undefined) continue;
    const [size = 0, id = 0] = [snapshot.sizes[node], snapshot.ids[node]];
    classes[known] ??= { count: 0, bytes: 0, seen: 0 };
    const found = classes[known];
    found.count++;
    found.bytes += size;
    if (id <= before) found.seen++;
    if (isStore(names.names[known] ?? '')) {
      found.seenBytes = (found.seenBytes ?? 0) + (isOfOld[node] ? size : 0);
    } else if (id <= before) {
      seen.count++;
      seen.bytes += size;
    }
    if (isOnHeap(id)) newest = Math.max(newest, id);
  }
  return {
    classes: Object.fromEntries(classes.map((found, known) => [names.names[known], found])),
    newest,
    seen,
  };
}

/** A byte for each node: 1 if it is a store whose container has an id up to `before`. */
function storesOfOld(snapshot: Snapshot, before: number): Uint8Array {
  const { nodeCount, nodeTypes, types, ids, firstEdges, edgeTypes, edgeTypeOf, targets } = snapshot;
  const [object, closure, array] = ['object', 'closure', 'array'].map(type => nodeTypes.indexOf(type));
  const internal = edgeTypes.indexOf('internal');
  const isOfOld = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const type = types[node];
    if ((type !== object && type !== closure) || (ids[node] as number) > before) continue;
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const target = targets[edge] as number;
      if (edgeTypeOf[edge] === internal && types[target] === array) isOfOld[target] = 1;
    }
  }
  return isOfOld;
}
