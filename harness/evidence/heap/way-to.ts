import { UNREACHED } from '../../snapshot/shortest-paths.ts';
import type { Analysis } from './analysis.ts';
import type { Hop } from './way-on.ts';

/** A way from the root. */
export interface Way {
  readonly hops: readonly Hop[];
  /** The edge by which the group's objects hold one another, where the way goes through others of them. */
  readonly link?: number;
}

/** Ends at the first object of the group: how that leads to the others is no news. */
export function wayTo(
  node: number,
  isOne: (node: number) => boolean,
  { snapshot, kinds, paths }: Analysis,
): Way {
  const property = snapshot.edgeTypes.indexOf('property');
  const kind = kinds.of(node);
  const hops: Hop[] = [];
  let end = 0;
  for (let at = node; at !== 0 && at !== UNREACHED; at = paths.from[at] as number) {
    const edge = paths.edge[at] as number;
    if (edge === UNREACHED) break;
    hops.push({ edge, node: at });
    // Links of the same list that were there before are no holders either.
    const isLink =
      end === hops.length - 2 &&
      kinds.of(at) === kind &&
      snapshot.edgeTypeOf[hops.at(-2)?.edge ?? 0] === property;
    if (isOne(at) || isLink) end = hops.length - 1;
  }
  const edge = end > 0 ? hops[end - 1]?.edge : undefined;
  const isListed =
    edge !== undefined && OF_LISTS.test(snapshot.strings.at(snapshot.edgeNames[edge] as number));
  const link = isListed ? undefined : edge;
  return { hops: hops.slice(end).reverse(), ...(link !== undefined && { link }) };
}

/** Of Node's lists of timers and immediates: what is linked is in the list. */
export const LINKS: ReadonlySet<string> = new Set(['_idleNext', '_idlePrev']);
/** So is what the function of another leads to. */
const OF_LISTS = /^_(idleNext|idlePrev|onTimeout|onImmediate)$/;
