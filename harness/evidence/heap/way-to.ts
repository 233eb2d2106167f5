import { isVarious } from '../../snapshot/kinds.ts';
import { UNREACHED } from '../../snapshot/shortest-paths.ts';
import type { Analysis } from './analysis.ts';
import type { Hop } from './way-on.ts';

/** What V8 calls the edge to its table of all symbols that `Symbol.for()` made. */
export const SYMBOL_REGISTRY = 'public_symbol_table';

/** A way from the root. */
export interface Way {
  readonly hops: readonly Hop[];
  /** The edge by which the group's objects hold one another, where the way goes through others of them. */
  readonly link?: number;
}

/**
 * Ways to objects of a group. Each ends at the first of them on it: how that leads to the others is no news.
 * Those behind another share its way, or a list would be gone through as often as it has links.
 */
export function waysTo(isOne: (node: number) => boolean, analysis: Analysis): (node: number) => Way {
  const { snapshot, paths } = analysis;
  const { strings, edgeNames } = snapshot;
  const toTopmost = waysToTopmost(analysis);
  const known = new Map<number, SharedWay>();
  /** The next of the group on the way to the root, and the edge that leads from it to the node. */
  const next = (node: number): { readonly above: number; readonly edge: number } | undefined => {
    for (let at = node; at !== 0 && at !== UNREACHED; at = paths.from[at] as number) {
      const [above, edge] = [paths.from[at] as number, paths.edge[at] as number];
      if (edge === UNREACHED) return undefined;
      if (isOne(above)) return { above, edge };
    }
    return undefined;
  };

  return node => {
    const behind: { readonly node: number; readonly edge: number }[] = [];
    let top = node;
    for (let one = next(top); one && !known.has(top); one = next(top)) {
      behind.push({ node: top, edge: one.edge });
      top = one.above;
    }
    let way = known.get(top) ?? toTopmost(top);
    known.set(top, way);
    for (const one of behind.reverse()) {
      if (way.leads === undefined) way = { hops: way.hops, leads: one.edge };
      known.set(one.node, way);
    }
    const { hops, leads } = way;
    const isListed = leads !== undefined && OF_LISTS.test(strings.at(edgeNames[leads] as number));
    return { hops, ...(leads !== undefined && !isListed && { link: leads }) };
  };
}

interface SharedWay {
  readonly hops: readonly Hop[];
  /** From where it ends to those behind. */
  readonly leads: number | undefined;
}

/** Links of the same list that were there before are no holders either: the way ends at the first of them. */
function waysToTopmost({ snapshot, kinds, paths }: Analysis): (node: number) => SharedWay {
  const property = snapshot.edgeTypes.indexOf('property');
  return node => {
    const own = kinds.of(node);
    const kind = own !== undefined && isVarious(own, kinds) ? undefined : own;
    const hops: Hop[] = [];
    let end = 0;
    for (let at = node; at !== 0 && at !== UNREACHED; at = paths.from[at] as number) {
      const edge = paths.edge[at] as number;
      if (edge === UNREACHED) break;
      hops.push({ edge, node: at });
      const isLink =
        kind !== undefined &&
        end === hops.length - 2 &&
        kinds.of(at) === kind &&
        snapshot.edgeTypeOf[hops.at(-2)?.edge ?? 0] === property;
      if (isLink) end = hops.length - 1;
    }
    return { hops: hops.slice(end).reverse(), leads: end > 0 ? hops[end - 1]?.edge : undefined };
  };
}

/** Of Node's lists of timers and immediates: what is linked is in the list. */
export const LINKS: ReadonlySet<string> = new Set(['_idleNext', '_idlePrev']);
/** So is what the function of another leads to. */
const OF_LISTS = /^_(idleNext|idlePrev|onTimeout|onImmediate)$/;
