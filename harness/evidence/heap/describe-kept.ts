import type { Iterations, KeptObjects } from '../../model.ts';
import { classRank } from '../../snapshot/class-rank.ts';
import { sharedShape } from '../../snapshot/shape.ts';
import { allocationStack } from './allocation.ts';
import type { Analysis } from './analysis.ts';
import { EARLIER } from './births.ts';
import type { FoldedGroup } from './fold.ts';
import type { Group } from './growth.ts';
import type { Rate } from './rate.ts';
import { retainingPaths } from './retaining-paths.ts';

/** Fewer objects that are known to have stayed are no sample. */
const FEWEST = 3;
const MOST_HELD = 8;
/** Before all that is ranked by its name. */
const OF_PROGRAM = -1;

/** A group with who holds it, where it stands and what it holds. */
export function describeGroup(
  { group, kind, members }: FoldedGroup,
  { count, perIteration, exact }: Rate,
  iterations: Iterations,
  analysis: Analysis,
): KeptObjects {
  const { growth, kinds, positions, place } = analysis;
  const alike = group.alike.flatMap(one => one.members);
  const all = [...members, ...alike];
  const proven = all.filter(node => growth.births[node] === EARLIER);
  const shown = proven.length >= FEWEST ? proven : all;
  const one = shown[0];
  const at = one === undefined ? undefined : positions.of(one);
  const defined = at && place(at);
  const allocated = allocationStack(analysis.snapshot, shown, place);
  const ofKinds = new Set([kind, ...group.alike.map(other => other.kind)]);
  const indices = new Set(shown.map(node => growth.groupOf[node]));
  const isOne = (node: number) => indices.has(growth.groupOf[node]) && ofKinds.has(kinds.of(node) ?? -1);
  const name = sharedShape([...ofKinds].map(other => kinds.names[other] ?? ''));
  return {
    name,
    perIteration,
    exact,
    retained: (group.retained * Math.min(1, count / (group.earlier + group.lately))) / iterations,
    with: heldWith(group, iterations, analysis),
    paths: retainingPaths(shown, isOne, analysis, { group, name }),
    ...(defined && { defined }),
    ...(allocated && { allocated }),
  };
}

/** What grows in place is no more of something: its own number stays the same. */
export function describeStore(holder: number, retained: number, analysis: Analysis): KeptObjects {
  const { kinds, largestStore } = analysis;
  const store = largestStore(holder) ?? holder;
  const kind = kinds.of(store);
  return {
    name: kind === undefined ? 'store' : (kinds.names[kind] ?? ''),
    perIteration: 0,
    exact: false,
    retained,
    with: [],
    paths: retainingPaths([store], () => false, analysis),
  };
}

/** The program's classes first, as they say more than the many strings and arrays that come with them. */
function heldWith({ held }: Group, iterations: Iterations, analysis: Analysis): KeptObjects['with'] {
  const { kinds, isProgramClass } = analysis;
  const counts = new Map<string, { count: number; rank: number }>();
  for (const [kind, count] of held) {
    const name = placed(kind, analysis);
    const rank = isProgramClass(kinds.samples[kind] ?? 0) ? OF_PROGRAM : classRank(name);
    const known = counts.get(name);
    counts.set(name, { count: (known?.count ?? 0) + count, rank: Math.min(known?.rank ?? rank, rank) });
  }
  return [...counts]
    .sort(([, one], [, other]) => one.rank - other.rank || other.count - one.count)
    .slice(0, MOST_HELD)
    .map(([name, { count }]) => ({ name, perIteration: count / iterations }));
}

/** Functions without a name are told by where they stand. */
function placed(kind: number, { kinds, positions, place }: Analysis): string {
  const name = kinds.names[kind] ?? '';
  const at = name === 'function' ? positions.of(kinds.samples[kind] ?? 0) : undefined;
  const position = at && place(at);
  return position ? `function (${position.file}:${position.line})` : name;
}
