import type { Census } from '../../snapshot/census.ts';
import { FEWEST_OBJECTS, isObjectType } from '../../snapshot/entries.ts';
import type { Analysis } from './analysis.ts';
import { OLD } from './births.ts';
import { containerOf } from './fold.ts';
import type { Group } from './growth.ts';

/** Objects that stay, fewer of which are no leak that is worth telling apart. */
const FEWEST = 8;
/** Share of a group's new objects that lie in one container. */
const MOST_OF = 0.6;
/** Share of the objects that stay, by which a container became fuller that holds them, and that lie in it. */
const HALF = 1 / 2;

type Evidence = Pick<Analysis, 'snapshot' | 'kinds' | 'paths' | 'growth'>;

/**
 * The old objects that stay where a group's new ones only took their place: most of the new ones lie in an old
 * container that became no fuller, and old ones of their kind in another that did, as a row that was replaced does in
 * an index that still has it, or in a history. Undefined where the new objects themselves are what stays.
 * @param staying how many of the group stay
 */
export function displacedBy(
  group: Group,
  staying: number,
  analysis: Evidence,
  censuses: readonly Census[],
): readonly number[] | undefined {
  const { growth, snapshot } = analysis;
  const one = group.outermost[0];
  if (one === undefined || staying < FEWEST || !isObjectType(snapshot, one)) return undefined;
  const home = homeOf(group.outermost, analysis);
  if (home === undefined || growth.births[home] !== OLD) return undefined;
  const enough = HALF * staying;
  if (becameFullerBy(home, analysis, censuses).most >= enough) return undefined;
  const elsewhere = oldByContainer(group.kind, analysis).filter(
    ([container, nodes]) =>
      nodes.length >= enough && becameFullerBy(container, analysis, censuses).least >= enough,
  );
  return elsewhere.sort(([, one], [, other]) => other.length - one.length)[0]?.[1];
}

/** The container in which most of the nodes lie. */
function homeOf(nodes: readonly number[], analysis: Evidence): number | undefined {
  const counts = new Map<number, number>();
  for (const node of nodes) {
    const container = containerOf(node, analysis);
    counts.set(container, (counts.get(container) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => count >= MOST_OF * nodes.length)?.[0];
}

/** Containers that are old themselves, each with the old objects of a kind in it. */
function oldByContainer(kind: number, analysis: Evidence): [number, number[]][] {
  const { snapshot, kinds, growth } = analysis;
  const found = new Map<number, number[]>();
  for (let node = 0; node < snapshot.nodeCount; node++) {
    if (growth.births[node] !== OLD || kinds.of(node) !== kind) continue;
    const container = containerOf(node, analysis);
    if (growth.births[container] !== OLD) continue;
    const others = found.get(container);
    if (others) others.push(node);
    else found.set(container, [node]);
  }
  return [...found];
}

/** By how many objects a container became fuller: between two bounds where it once held too few to be counted. */
function becameFullerBy(
  container: number,
  { snapshot }: Evidence,
  censuses: readonly Census[],
): { readonly least: number; readonly most: number } {
  const id = snapshot.ids[container] as number;
  const [first, last] = [censuses[0]?.objects.get(id), censuses.at(-1)?.objects.get(id)];
  return {
    least: (last ?? 0) - (first ?? FEWEST_OBJECTS - 1),
    most: (last ?? FEWEST_OBJECTS - 1) - (first ?? 0),
  };
}
