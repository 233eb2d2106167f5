import type { Bytes } from '../../model.ts';
import { type Census, type Growth, OLD } from './growth.ts';
import type { Snapshot } from './read-snapshot.ts';

/** An object that is as old as the run and whose own store grew: an array of numbers, a text, a buffer. */
export interface GrownStore {
  readonly holder: number;
  readonly growth: Bytes;
}

const LEAST_GROWTH = 512;

/** Objects whose stores grew and did not shrink between the snapshots, the most grown first. */
export function grownStores(
  { nodeCount, ids }: Snapshot,
  { births }: Growth,
  censuses: readonly Census[],
): GrownStore[] {
  const last = censuses.at(-1)?.stores;
  const grown: GrownStore[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const id = ids[node] as number;
    if (births[node] !== OLD || !last?.has(id)) continue;
    const sizes = censuses.map(({ stores }) => stores.get(id) ?? 0);
    const growth = (sizes.at(-1) as number) - (sizes[0] as number);
    const shrank = sizes.some((size, index) => index > 0 && size < (sizes[index - 1] as number));
    if (growth >= LEAST_GROWTH && !shrank) grown.push({ holder: node, growth });
  }
  return grown.sort((one, other) => other.growth - one.growth);
}
