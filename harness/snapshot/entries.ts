import { STRING_TYPES } from './class-names.ts';
import type { Snapshot } from './read-snapshot.ts';

/** Fewer strings and numbers in a container are not worth remembering, */
export const FEWEST_ENTRIES = 3;
/** nor fewer objects. */
export const FEWEST_OBJECTS = 16;
const PRIMITIVE_TYPES: ReadonlySet<string> = new Set([...STRING_TYPES, 'number', 'bigint']);
const OBJECT_TYPES: ReadonlySet<string> = new Set(['object', 'closure']);
/** The stores behind arrays, maps and dictionaries. */
const STORE = 'array';

/** How many there are in containers, by the containers' ids. */
interface Entries {
  /** Strings and numbers: of the whole heap their number says little, as those of code come and go with it. */
  readonly primitives: ReadonlyMap<number, number>;
  /** Objects and functions. */
  readonly objects: ReadonlyMap<number, number>;
}

/** Whether a node is one of what is counted as an object. */
export function isObjectType({ nodeTypes, types }: Snapshot, node: number): boolean {
  return OBJECT_TYPES.has(nodeTypes[types[node] as number] ?? '');
}

/** Counts what containers hold. */
export function entryCounts(snapshot: Snapshot): Entries {
  const { nodeCount, nodeTypes, types, ids, firstEdges, edgeTypes, edgeTypeOf, targets } = snapshot;
  const isPrimitive = nodeTypes.map(type => PRIMITIVE_TYPES.has(type));
  const isObject = nodeTypes.map(type => OBJECT_TYPES.has(type));
  const [object, store] = [nodeTypes.indexOf('object'), nodeTypes.indexOf(STORE)];
  const weak = edgeTypes.indexOf('weak');
  const primitives = new Map<number, number>();
  const objects = new Map<number, number>();
  const tally = (node: number, into: Tally, ofStores?: Tally) => {
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      if (edgeTypeOf[edge] === weak) continue;
      const target = targets[edge] as number;
      const type = types[target] as number;
      if (isPrimitive[type]) into.primitives++;
      else if (isObject[type]) into.objects++;
      else if (type === store && ofStores) tally(target, ofStores);
    }
  };
  for (let node = 0; node < nodeCount; node++) {
    if (types[node] !== object) continue;
    const [own, stored] = [new Tally(), new Tally()];
    tally(node, own, stored);
    // Snapshots show what is in an array's store as elements of the array, too.
    const held = Math.max(own.primitives, stored.primitives);
    const heldObjects = Math.max(own.objects, stored.objects);
    if (held >= FEWEST_ENTRIES) primitives.set(ids[node] as number, held);
    if (heldObjects >= FEWEST_OBJECTS) objects.set(ids[node] as number, heldObjects);
  }
  return { primitives, objects };
}

class Tally {
  primitives = 0;
  objects = 0;
}
