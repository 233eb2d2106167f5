import type { Census } from '../../snapshot/census.ts';
import type { Analysis } from './analysis.ts';
import { OLD } from './births.ts';
import { containerOf } from './fold.ts';
import type { Group } from './growth.ts';

/** Fewer are no leak that is worth telling apart. */
const FEWEST = 16;
/** Share of a group's objects that lie in one container, */
const MOST_OF = 0.6;
/** and of their number by which a container has to become fuller to be what keeps as many. */
const GROWN_SHARE = 1 / 2;

/**
 * The objects that stay instead of a group's new ones, where these lie in an old container that became no fuller: they
 * took the place of others of their kind, and those lie in an old container that did, as a row that was replaced does in
 * an index that still has it, or in a history. Undefined where the new objects themselves are what stays.
 */
export function displacedBy(
  group: Group,
  { snapshot, kinds, paths, growth }: Analysis,
  censuses: readonly Census[],
): readonly number[] | undefined {
  const fresh = group.outermost;
  const grown = (container: number) => {
    const id = snapshot.ids[container] as number;
    return (censuses.at(-1)?.objects.get(id) ?? 0) - (censuses[0]?.objects.get(id) ?? 0);
  };
  const isOldAnd = (container: number, isFuller: boolean) =>
    growth.births[container] === OLD && grown(container) >= GROWN_SHARE * fresh.length === isFuller;
  const byContainer = (nodes: Iterable<number>) => {
    const found = new Map<number, number[]>();
    for (const node of nodes) {
      const container = containerOf(node, { snapshot, paths });
      const others = found.get(container);
      if (others) others.push(node);
      else found.set(container, [node]);
    }
    return found;
  };

  if (fresh.length < FEWEST) return undefined;
  const [home, inHome] = largest(byContainer(fresh));
  if (inHome.length < MOST_OF * fresh.length || !isOldAnd(home, false)) return undefined;
  const fuller = [...byContainer(ofKind(group.kind, snapshot.nodeCount, kinds))].filter(
    ([container, nodes]) => nodes.length >= GROWN_SHARE * fresh.length && isOldAnd(container, true),
  );
  return fuller.length > 0 ? largest(fuller)[1] : undefined;
}

function* ofKind(kind: number, nodeCount: number, kinds: Analysis['kinds']): Generator<number> {
  for (let node = 0; node < nodeCount; node++) if (kinds.of(node) === kind) yield node;
}

function largest(containers: Iterable<[number, number[]]>): [number, number[]] {
  return [...containers].reduce((one, other) => (other[1].length > one[1].length ? other : one), [-1, []]);
}
