import type { Iterations, KeptObjects, RetainingPath } from '../../model.ts';
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
  const proven = members.filter(node => growth.births[node] === EARLIER);
  const shown = proven.length >= FEWEST ? proven : members;
  const one = shown[0];
  const index = one === undefined ? -1 : growth.groupOf[one];
  const at = one === undefined ? undefined : positions.of(one);
  const defined = at && place(at);
  const allocated = allocationStack(analysis.snapshot, shown, place);
  const own = kinds.names[kind] ?? '';
  const name = sharedShape([own, ...group.alike.map(one => kinds.names[one] ?? '')]);
  const paths = retainingPaths(
    shown,
    node => growth.groupOf[node] === index && kinds.of(node) === kind,
    analysis,
    group,
  );
  return {
    name,
    perIteration,
    exact,
    retained: (group.retained * Math.min(1, count / (group.earlier + group.lately))) / iterations,
    with: heldWith(group, iterations, analysis),
    paths: name === own ? paths : paths.map(path => endingIn(path, own, name)),
    ...(defined && { defined }),
    ...(allocated && { allocated }),
  };
}

/** The same path, at the end of which what is called `own` is called `name`. */
function endingIn(path: RetainingPath, own: string, name: string): RetainingPath {
  const final = path.steps.at(-1);
  if (!final?.name.startsWith(own)) return path;
  return {
    ...path,
    steps: [...path.steps.slice(0, -1), { ...final, name: final.name.replace(own, () => name) }],
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
