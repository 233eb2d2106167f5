import type { Snapshot } from '../../harness/snapshot/read-snapshot.ts';

const UNSEEN = 0xffffffff;
const SHARED = 0xfffffffe;

/**
 * Sizes as Chrome DevTools shows them: a store that only one object can reach, such as the table of a Map,
 * counts with that object and no more by itself.
 */
export function ownedSizes(snapshot: Snapshot): Float64Array {
  const owners = findOwners(snapshot);
  const synthetic = snapshot.nodeTypes.indexOf('synthetic');
  const sizes = Float64Array.from(snapshot.sizes);
  for (let node = 0; node < snapshot.nodeCount; node++) {
    const owner = owners[node] as number;
    if (owner === node || owner >= SHARED || owner === 0 || snapshot.types[owner] === synthetic) continue;
    sizes[owner] = (sizes[owner] as number) + (snapshot.sizes[node] as number);
    sizes[node] = (sizes[node] as number) - (snapshot.sizes[node] as number);
  }
  return sizes;
}

/** Of each node the only one that is no store and reaches it through stores alone, or `SHARED`. */
function findOwners(snapshot: Snapshot): Uint32Array {
  const { nodeCount, nodeTypes, edgeTypes, types, firstEdges, edgeTypeOf, targets } = snapshot;
  const weak = edgeTypes.indexOf('weak');
  const isStore = storesOf(snapshot, nodeTypes);
  const owners = new Uint32Array(nodeCount);
  const waiting: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const owned = isStore(types[node] as number, node);
    owners[node] = owned ? UNSEEN : node;
    if (!owned) waiting.push(node);
  }
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const owner = owners[node] as number;
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      if (edgeTypeOf[edge] === weak) continue;
      const target = targets[edge] as number;
      const known = owners[target] as number;
      if (known === target || known === owner || known === SHARED) continue;
      owners[target] = known === UNSEEN ? owner : SHARED;
      waiting.push(target);
    }
  }
  return owners;
}

function storesOf(
  { names, strings }: Snapshot,
  nodeTypes: readonly string[],
): (type: number, node: number) => boolean {
  const [hidden, array, native] = ['hidden', 'array', 'native'].map(type => nodeTypes.indexOf(type));
  return (type, node) =>
    type === hidden ||
    type === array ||
    (type === native && strings.at(names[node] as number) === 'system / ExternalStringData');
}
