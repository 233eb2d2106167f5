import type { Census } from '../../snapshot/census.ts';
import type { DominatorTree } from '../../snapshot/dominators.ts';
import { isOnHeap } from '../../snapshot/ids.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';

/** When a node came to be: before the first snapshot, between the snapshots' first half, or since. */
export const [OLD, EARLIER, LATELY] = [0, 1, 2] as const;

/**
 * When each node came to be, by its id; what is not on V8's heap, by what holds it alone. Objects that are
 * leakgate's `isBook`s, with all that they alone hold, count as old.
 */
export function birthsOf(
  { nodeCount, nodeTypes, types, ids }: Snapshot,
  { dominators, order }: DominatorTree,
  earlier: readonly Census[],
  isBook: (node: number) => boolean,
): Uint8Array {
  const first = earlier[0]?.lastId ?? 0;
  const middle = earlier.length > 1 ? (earlier.at(-1)?.lastId ?? first) : first;
  const births = new Uint8Array(nodeCount);
  const inBooks = new Uint8Array(nodeCount);
  const object = nodeTypes.indexOf('object');
  for (const node of order) {
    const dominator = dominators[node] as number;
    if (inBooks[dominator] === 1 || (types[node] === object && isBook(node))) {
      inBooks[node] = 1;
      continue;
    }
    const id = ids[node] as number;
    if (!isOnHeap(id)) births[node] = births[dominator] as number;
    else if (id > middle) births[node] = LATELY;
    else if (id > first) births[node] = EARLIER;
  }
  return births;
}
