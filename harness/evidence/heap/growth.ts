import type { Bytes } from '../../model.ts';
import type { Census } from '../../snapshot/census.ts';
import { type DominatorTree, retainedSizes } from '../../snapshot/dominators.ts';
import { isVarious, type Kinds } from '../../snapshot/kinds.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';
import { birthsOf, EARLIER, OLD } from './births.ts';
import { type Branch, MergedTree } from './merged-tree.ts';

/** New objects of one kind that nothing new of a growing kind holds, or old ones that they took the place of. */
export interface Group {
  readonly kind: number;
  /** Of plain objects that are the same thing, with other properties: counted with it. */
  readonly alike: Group[];
  /** Of the kind, those nested in one another included. */
  earlier: number;
  lately: number;
  readonly members: number[];
  /** Those that no other of the group holds alone. */
  readonly outermost: number[];
  /** Of new objects only. */
  retained: Bytes;
  /** Objects it holds that grew too: number by kind. */
  readonly held: Map<number, number>;
}

export interface Growth {
  readonly groups: readonly Group[];
  /** Of each new node the group it belongs to; -1: none. */
  readonly groupOf: Int32Array;
  readonly births: Uint8Array;
  /** Of each node the new memory that would be free without it. */
  readonly retained: Float64Array;
}

const FEWEST = 3;
const MANY_VARIOUS = 16;
/** Of what all strings of a group retain. */
const NEARLY_ALL = 0.9;
/** So many strings beside one that takes nearly all are more than those of the moment. */
const MANY_OTHERS = 16;

/**
 * Groups what is new in the last snapshot by what holds it: the dominator tree of the new objects, merged by
 * kind. The topmost kind of which some came to be in each part of the run, and stayed, is the root of a
 * group; what it holds belongs to it. `earlier` has at least one census, in order.
 */
export function findGrowth(
  snapshot: Snapshot,
  kinds: Kinds,
  tree: DominatorTree,
  earlier: readonly Census[],
  isBook: (node: number) => boolean,
): Growth {
  const births = birthsOf(snapshot, tree, earlier, isBook);
  // A link of a chain holds all links before it, but has made it longer by what is new.
  const retained = retainedSizes(
    tree,
    snapshot.sizes.map((size, node) => (births[node] === OLD ? 0 : size)),
  );
  const merged = new MergedTree(snapshot, kinds, tree, births, retained);
  const hasMiddle = earlier.length > 1;
  const counts = ({ kind, earlier: early, lately }: Branch) => early + lately >= fewestOf(kind, kinds);
  const accumulates = (branch: Branch) =>
    counts(branch) && (!hasMiddle || (branch.earlier > 0 && branch.lately > 0));
  let roots = merged.roots(branch => accumulates(branch));
  // What only began in the second half of the run.
  if (roots.length === 0) roots = merged.roots(counts);

  const groups: Group[] = [];
  const places = new Map<number, number>();
  const groupOfBranch = new Map<Branch, number>();
  for (const root of roots) {
    const place = places.get(root.kind) ?? groups.push(emptyGroup(root.kind)) - 1;
    places.set(root.kind, place);
    const group = groups[place] as Group;
    addRoot(group, root);
    for (const below of merged.below(root)) {
      groupOfBranch.set(below, place);
      if (below !== root && accumulates(below)) addHeld(group, below, kinds);
    }
  }
  for (const group of groups)
    if (kinds.names[group.kind] === 'string') countWhole(group, snapshot, births, retained);
  return { groups, births, retained, groupOf: merged.mark(groupOfBranch) };
}

/** Adds to a group one of its roots, of which there is one for each place where its kind is held. */
function addRoot(group: Group, { earlier, lately, members, outermost, retained }: Branch): void {
  group.earlier += earlier;
  group.lately += lately;
  for (const node of members) group.members.push(node);
  for (const node of outermost) group.outermost.push(node);
  group.retained += retained;
}

/** Adds to a group what grew below one of its roots; a text put together from parts is one thing. */
function addHeld({ held }: Group, { kind, earlier, lately, outermost }: Branch, { names }: Kinds): void {
  const count = names[kind] === 'string' ? outermost.length : earlier + lately;
  held.set(kind, (held.get(kind) ?? 0) + count);
}

/**
 * A text put together from parts is one string, whatever V8 makes of it, and so are all where it holds nearly
 * all there is.
 */
function countWhole(group: Group, snapshot: Snapshot, births: Uint8Array, retained: Float64Array): void {
  const { nodeTypes, types } = snapshot;
  const one = group.outermost.find(node => (retained[node] as number) >= NEARLY_ALL * group.retained);
  const isRope = one !== undefined && nodeTypes[types[one] as number] === 'concatenated string';
  // A large page that is held once hides no others.
  if (one !== undefined && (isRope || group.outermost.length < MANY_OTHERS)) fill(group.outermost, [one]);
  else if (group.outermost.length < FEWEST) return;
  fill(group.members, group.outermost);
  group.earlier = group.outermost.filter(node => births[node] === EARLIER).length;
  group.lately = group.outermost.length - group.earlier;
}

/** Has old objects of a group's kind stand for it; its numbers and its memory stay those of what is new. */
export function showInstead(group: Group, nodes: readonly number[]): void {
  fill(group.members, nodes);
  fill(group.outermost, nodes);
}

/** There may be more than a call can take. */
function fill(list: number[], items: readonly number[]): void {
  list.length = 0;
  for (const item of items) list.push(item);
}

/** So many of a kind that grew: of objects that have nothing in common a few are chance. */
export function fewestOf(kind: number, kinds: Kinds): number {
  return isVarious(kind, kinds) ? MANY_VARIOUS : FEWEST;
}

function emptyGroup(kind: number): Group {
  return { kind, alike: [], earlier: 0, lately: 0, members: [], outermost: [], retained: 0, held: new Map() };
}
