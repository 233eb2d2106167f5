import type { Snapshot } from './read-snapshot.ts';
import { namedTables } from './weak-map-edges.ts';

/**
 * Of an edge: it holds nothing; it holds its target, and dominators are computed with it; it holds, but what
 * else holds counts.
 */
export const HOLDS_NOTHING = 0;
const [HOLDS, HOLDS_TOO] = [1, 2];

/**
 * Tells of each edge whether it keeps its target. As in Chrome DevTools, so that retained sizes agree: weak
 * edges do not; of the two edges to a value in a WeakMap that of the key does and that of the table does not;
 * shortcuts only lead from the root to the program's globals; and what the program can reach from its globals
 * counts as held by that alone.
 */
export function retainingEdges(snapshot: Snapshot): Uint8Array {
  const { nodeCount, nodeTypes, types, ids, firstEdges, edgeTypeOf, edgeNames, targets } = snapshot;
  const [weak, shortcut, internal] = ['weak', 'shortcut', 'internal'].map(type =>
    snapshot.edgeTypes.indexOf(type),
  );
  const owned = reachableFromGlobals(snapshot);
  const tableOf = namedTables(snapshot);
  const array = nodeTypes.indexOf('array');
  const isOfTable = (node: number, name: number) => {
    const table = tableOf(name);
    return table === 'unnamed' ? types[node] === array : table === ids[node];
  };
  const retains = new Uint8Array(snapshot.edgeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      const type = edgeTypeOf[edge];
      const target = targets[edge] as number;
      if (type === weak || target === node) continue;
      if (type === internal && isOfTable(node, edgeNames[edge] as number)) continue;
      if (node !== 0 && type === shortcut) continue;
      retains[edge] = node !== 0 && owned[target] === 1 && owned[node] === 0 ? HOLDS_TOO : HOLDS;
    }
  }
  return retains;
}

function reachableFromGlobals({
  nodeCount,
  edgeTypes,
  firstEdges,
  edgeTypeOf,
  targets,
}: Snapshot): Uint8Array {
  const weak = edgeTypes.indexOf('weak');
  const shortcut = edgeTypes.indexOf('shortcut');
  const reached = new Uint8Array(nodeCount);
  const waiting = new Uint32Array(nodeCount);
  let length = 0;
  const visit = (node: number) => {
    if (reached[node] === 1) return;
    reached[node] = 1;
    waiting[length++] = node;
  };
  for (let edge = 0; edge < (firstEdges[1] ?? 0); edge++) {
    if (edgeTypeOf[edge] === shortcut) visit(targets[edge] as number);
  }
  while (length > 0) {
    const node = waiting[--length] as number;
    for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
      if (edgeTypeOf[edge] !== weak) visit(targets[edge] as number);
    }
  }
  return reached;
}

/**
 * V8's table of strings does not keep them, though a snapshot shows it as if; nor does Node's list of what to
 * clean up at its end.
 */
const REGISTRIES: ReadonlySet<string> = new Set([
  '(Internalized strings)',
  '(External strings)',
  'Node / CleanupQueue',
  'Node / BaseObjectList',
]);

/**
 * Takes out the edges of registries that know objects and do not keep them: they are nobody's holders.
 * Changes `retains`.
 */
export function leaveOutRegistries(
  { nodeCount, nodeTypes, types, names, strings, firstEdges }: Snapshot,
  retains: Uint8Array,
): void {
  const kinds = new Set([nodeTypes.indexOf('synthetic'), nodeTypes.indexOf('native')]);
  for (let node = 0; node < nodeCount; node++) {
    if (!kinds.has(types[node] as number) || !REGISTRIES.has(strings.at(names[node] as number))) continue;
    retains.fill(HOLDS_NOTHING, firstEdges[node], firstEdges[node + 1]);
  }
}
