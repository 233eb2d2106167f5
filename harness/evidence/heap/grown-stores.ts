import type { Bytes } from '../../model.ts';
import type { Census } from '../../snapshot/census.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';
import type { Analysis } from './analysis.ts';
import { EARLIER, OLD } from './births.ts';

/** An object that is as old as the run and whose own store grew: an array of numbers, a text, a buffer. */
interface GrownStore {
  readonly holder: number;
  readonly growth: Bytes;
}

const LEAST_GROWTH = 512;
/** A store of fewer new objects says too little of when they came. */
const LEAST_ENTRIES = 8;

/**
 * Objects whose stores grew between the snapshots, and were neither seen to shrink nor emptied meanwhile; the
 * most grown first.
 */
export function grownStores(
  { snapshot, growth: { births }, largestStore }: Pick<Analysis, 'snapshot' | 'growth' | 'largestStore'>,
  censuses: readonly Census[],
): GrownStore[] {
  const { nodeCount, ids } = snapshot;
  const hasMiddle = censuses.length > 2;
  const last = censuses.at(-1)?.stores;
  const grown: GrownStore[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const id = ids[node] as number;
    if (births[node] !== OLD || !last?.has(id)) continue;
    const sizes = censuses.map(({ stores }) => stores.get(id) ?? 0);
    const growth = (sizes.at(-1) as number) - (sizes[0] as number);
    const shrank = sizes.some((size, index) => index > 0 && size < (sizes[index - 1] as number));
    if (growth < LEAST_GROWTH || shrank) continue;
    const isFilling = hasMiddle && isRefilled(snapshot, births, largestStore(node));
    if (!isFilling) grown.push({ holder: node, growth });
  }
  return grown.sort((one, other) => other.growth - one.growth);
}

/** Whether all new objects in a store came after the middle snapshot: it has been emptied, and is filling again. */
function isRefilled(
  { firstEdges, targets }: Snapshot,
  births: Uint8Array,
  store: number | undefined,
): boolean {
  if (store === undefined) return false;
  let entries = 0;
  for (let edge = firstEdges[store] as number; edge < (firstEdges[store + 1] as number); edge++) {
    const birth = births[targets[edge] as number];
    if (birth === EARLIER) return false;
    if (birth !== OLD) entries++;
  }
  return entries >= LEAST_ENTRIES;
}
