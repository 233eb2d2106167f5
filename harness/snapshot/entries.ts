import { STRING_TYPES } from './class-names.ts';
import type { Snapshot } from './read-snapshot.ts';

/** Fewer in a container are not worth remembering. */
export const FEWEST_ENTRIES = 3;
const PRIMITIVE_TYPES: ReadonlySet<string> = new Set([...STRING_TYPES, 'number', 'bigint']);
const OBJECT_TYPES: ReadonlySet<string> = new Set(['object', 'closure']);
/** Fewer objects in a container are not worth remembering. */
const FEWEST_OBJECTS = 16;
/** The stores behind arrays, maps and dictionaries. */
const STORE = 'array';

/**
 * How many strings and numbers containers hold, by the containers' ids. Of the whole heap their number says
 * little: those of code come and go with it.
 */
export function entryCounts(snapshot: Snapshot): ReadonlyMap<number, number> {
  return countsOf(snapshot, PRIMITIVE_TYPES, FEWEST_ENTRIES);
}

/** How many objects and functions containers hold, by the containers' ids: those that hold many. */
export function objectCounts(snapshot: Snapshot): ReadonlyMap<number, number> {
  return countsOf(snapshot, OBJECT_TYPES, FEWEST_OBJECTS);
}

function countsOf(
  snapshot: Snapshot,
  entryTypes: ReadonlySet<string>,
  fewest: number,
): ReadonlyMap<number, number> {
  const { nodeCount, nodeTypes, types, ids, firstEdges, edgeTypes, edgeTypeOf, targets } = snapshot;
  const isEntry = nodeTypes.map(type => entryTypes.has(type));
  const [object, store] = [nodeTypes.indexOf('object'), nodeTypes.indexOf(STORE)];
  const weak = edgeTypes.indexOf('weak');
  const count = (node: number): { readonly own: number; readonly stored: number } => {
    let [own, stored] = [0, 0];
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      if (edgeTypeOf[edge] === weak) continue;
      const target = targets[edge] as number;
      const type = types[target] as number;
      if (isEntry[type]) own++;
      else if (type === store && types[node] === object) stored += count(target).own;
    }
    return { own, stored };
  };
  const counts = new Map<number, number>();
  for (let node = 0; node < nodeCount; node++) {
    if (types[node] !== object) continue;
    const { own, stored } = count(node);
    // Snapshots show what is in an array's store as elements of the array, too.
    const entries = Math.max(own, stored);
    if (entries >= fewest) counts.set(ids[node] as number, entries);
  }
  return counts;
}
