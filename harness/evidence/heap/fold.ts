import { isAsOften } from '../../model.ts';
import { isContainer } from '../../snapshot/container-stores.ts';
import { edgesNamed } from '../../snapshot/edges.ts';
import { isTelling, type Kinds } from '../../snapshot/kinds.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';
import { shapeOf } from '../../snapshot/shape.ts';
import type { ShortestPaths } from '../../snapshot/shortest-paths.ts';
import { OLD } from './births.ts';
import type { Group, Growth } from './growth.ts';

/** Of the objects of a group, of which the same must be true for the group as a whole. */
const MOST_OF = 0.6;
/** Enough where handles come in pairs, one end for this side and one for the other. */
const A_THIRD = 1 / 3;
/** Keys and values that leak beside the objects of their container. */
const PRIMITIVES: ReadonlySet<string> = new Set(['string', 'sliced string', 'number', 'bigint']);
/** From a handle of Node's to the socket, server or watcher that a program knows. */
const OWNER = '<symbol owner_symbol>';

interface Folding {
  readonly snapshot: Snapshot;
  readonly kinds: Kinds;
  readonly growth: Growth;
  readonly paths: ShortestPaths;
  /** Whether a group grew at all. */
  readonly counts: (group: Group) => boolean;
}

/** A group with all that leaks together with it. */
export interface FoldedGroup {
  readonly group: Group;
  /** What a person would name it by: a handle by the object that owns it. */
  readonly kind: number;
  readonly members: readonly number[];
}

/**
 * Puts groups together that leak together though none holds the other alone: those whose objects are reached
 * by way of another group, strings or numbers beside the objects in one container, the keys of a Map with its
 * values, and plain objects that differ by some properties. Changes the groups.
 */
export function foldGroups(folding: Folding): FoldedGroup[] {
  const { counts, growth, kinds } = folding;
  const { groups } = growth;
  const outermost = outermostGroups(folding);
  const inside = groups.map((group, index) => throughWhich(group, index, outermost));
  const beside = besideWhich(folding);
  const { alike, paired } = togetherWith(folding);
  const owned = ownersOfHandles(folding);
  const same = groups.map((_, index) =>
    (inside[index] ?? beside[index]) === undefined ? alike[index] : undefined,
  );
  const into = groups.map(
    (_, index) => inside[index] ?? beside[index] ?? same[index] ?? paired[index] ?? owned[index],
  );
  const roots = new Set<Group>();
  groups.forEach((group, index) => {
    if (!counts(group)) return;
    const at = rootOf(index, into);
    const root = groups[at] as Group;
    roots.add(root);
    if (root === group) return;
    const all = [root, ...root.alike, group].map(({ kind }) => kinds.names[kind] ?? '');
    if (rootOf(index, same) === at && isAlike(...all)) join(root, group);
    else absorb(root, group);
  });
  return [...roots].map(group => faced(group, folding));
}

/** What holds an object: the container, not the store behind it. */
export function containerOf(node: number, { snapshot, paths }: Pick<Folding, 'snapshot' | 'paths'>): number {
  const { types, nodeTypes } = snapshot;
  let at = paths.from[node] as number;
  while (at < types.length && ['array', 'hidden'].includes(nodeTypes[types[at] as number] ?? '')) {
    at = paths.from[at] as number;
  }
  return at;
}

/** What holds the container of a store: the object with a field for it. */
export function keeperOf(node: number, folding: Pick<Folding, 'snapshot' | 'paths'>): number {
  return containerOf(containerOf(node, folding), folding);
}

function rootOf(index: number, into: readonly (number | undefined)[]): number {
  const seen = new Set<number>();
  let at = index;
  for (let next = into[at]; next !== undefined; next = into[at]) {
    if (seen.has(at)) return firstOfRing(at, into);
    seen.add(at);
    at = next;
  }
  return at;
}

/** Of groups that go round in a ring, whatever leads into it, the first is the root. */
function firstOfRing(start: number, into: readonly (number | undefined)[]): number {
  let first = start;
  for (let at = into[start]; at !== undefined && at !== start; at = into[at]) first = Math.min(first, at);
  return first;
}

function absorb(root: Group, group: Group): void {
  add(root, group);
  hold(root, group.kind, group.earlier + group.lately);
}

/** Counts a group's objects as the root's own. */
function join(root: Group, group: Group): void {
  add(root, group);
  root.alike.push(group);
  root.earlier += group.earlier;
  root.lately += group.lately;
}

function add(root: Group, group: Group): void {
  root.retained += group.retained;
  for (const [kind, count] of group.held) hold(root, kind, count);
}

function hold(root: Group, kind: number, count: number): void {
  root.held.set(kind, (root.held.get(kind) ?? 0) + count);
}

/** Whether a group may stand for another one: it grew, and its kind says something. */
function speaks(group: Group, { kinds, counts }: Folding): boolean {
  return counts(group) && isTelling(group.kind, kinds);
}

/** The group through which most of a group's objects are reached. */
function throughWhich(group: Group, index: number, outermost: OutermostGroups): number | undefined {
  const votes = new Votes();
  for (const node of group.outermost) votes.add(outermost(node, index));
  return votes.winner(group.outermost.length);
}

/** Of a node, the outermost group that speaks on the way to it, other than this one. */
type OutermostGroups = (node: number, except: number) => number | undefined;

const [UNKNOWN, NONE] = [-2, -1];

/**
 * Each node is looked at once, as of a doubly linked list every way goes through all before it: of each the outermost group
 * is kept, and the outermost of the others.
 */
function outermostGroups(folding: Folding): OutermostGroups {
  const { growth, paths } = folding;
  const speaking = growth.groups.map(group => speaks(group, folding));
  const size = paths.from.length;
  const first = new Int32Array(size).fill(UNKNOWN);
  const second = new Int32Array(size).fill(NONE);
  const learn = (node: number) => {
    const way: number[] = [];
    let at = node;
    for (; at !== 0 && at < size && first[at] === UNKNOWN; at = paths.from[at] as number) way.push(at);
    const isRoot = at === 0 || at >= size;
    let [outer, inner] = isRoot ? [NONE, NONE] : [first[at] as number, second[at] as number];
    for (const next of way.toReversed()) {
      const group = growth.groupOf[next] as number;
      if (group >= 0 && speaking[group]) {
        if (outer === NONE) outer = group;
        else if (inner === NONE && group !== outer) inner = group;
      }
      first[next] = outer;
      second[next] = inner;
    }
  };
  return (node, except) => {
    if (first[node] === UNKNOWN) learn(node);
    const found = first[node] === except ? second[node] : first[node];
    return found === undefined || found < 0 ? undefined : found;
  };
}

/** Whether a group is one of strings or numbers. */
export function isPrimitive({ kind }: Group, { names }: Pick<Kinds, 'names'>): boolean {
  return PRIMITIVES.has(names[kind] ?? '');
}

/** Of each group of strings or numbers, the group of objects in the same container. */
function besideWhich(folding: Folding): (number | undefined)[] {
  const { kinds, growth } = folding;
  const groupIn = new Map<number, number>();
  growth.groups.forEach((group, index) => {
    if (isPrimitive(group, kinds) || !speaks(group, folding)) return;
    for (const node of group.outermost) groupIn.set(containerOf(node, folding), index);
  });
  return growth.groups.map(group => {
    if (!isPrimitive(group, kinds)) return undefined;
    const votes = new Votes();
    for (const node of group.outermost) votes.add(groupIn.get(containerOf(node, folding)));
    return votes.winner(group.outermost.length);
  });
}

/** Of the properties of the one that has fewer, those that both have. */
const MOST_SHARED = 0.5;

interface Together {
  /** Plain objects, which have some properties only at times. */
  readonly alike: readonly (number | undefined)[];
  /** The keys and the values of a Map, which are as many. */
  readonly paired: readonly (number | undefined)[];
}

/** Of groups in one container that belong together a larger one, for each of the others. */
function togetherWith(folding: Folding): Together {
  const { kinds, growth } = folding;
  const { groups } = growth;
  const kindOf = (node: number | undefined) =>
    kinds.names[(node === undefined ? node : kinds.of(node)) ?? -1] ?? '';
  const containers = groups.map(group => {
    const votes = new Votes();
    if (speaks(group, folding)) for (const node of group.outermost) votes.add(containerOf(node, folding));
    const container = votes.winner(group.outermost.length);
    return isContainer(kindOf(container)) ? container : undefined;
  });
  // Of two that are as large the first counts as larger.
  const isLarger = (one: number, other: number) =>
    ((groups[one]?.retained ?? 0) - (groups[other]?.retained ?? 0) || other - one) > 0;
  const largerWhere = (belong: (one: Group, other: Group) => boolean, inOnly?: string) =>
    groups.map((group, index) => {
      const container = containers[index];
      if (container === undefined || (inOnly !== undefined && kindOf(container) !== inOnly)) return undefined;
      const larger = groups.findIndex(
        (one, at) => containers[at] === container && isLarger(at, index) && belong(group, one),
      );
      return larger < 0 ? undefined : larger;
    });
  return {
    alike: largerWhere((one, other) => isAlike(kinds.names[one.kind] ?? '', kinds.names[other.kind] ?? '')),
    paired: largerWhere((one, other) => isAsOften(one.outermost.length, other.outermost.length), 'Map'),
  };
}

/** Whether objects that are told by these properties are the same thing. */
function isAlike(...names: readonly string[]): boolean {
  const shapes = names.map(name => shapeOf(name)?.properties ?? []);
  const [first = [], ...others] = shapes;
  const shared = first.filter(property => others.every(properties => properties.includes(property)));
  return shared.length > MOST_SHARED * Math.min(...shapes.map(({ length }) => length));
}

/**
 * Of each group that Node's own handles hold, the group of fewer objects that refer to most of its: the
 * worker to its ports. The handle is what keeps them, the other object is what a program would have to close.
 */
function ownersOfHandles({ snapshot, growth, paths, counts }: Folding): (number | undefined)[] {
  const { firstEdges, targets, types, nodeTypes } = snapshot;
  /** A handle of Node's, or V8's list of what native code holds. */
  const isNodes = (node: number) => ['native', 'synthetic'].includes(nodeTypes[types[node] as number] ?? '');
  const groupOfHandle = new Map<number, number>();
  growth.groups.forEach((group, index) => {
    if (!counts(group)) return;
    const held = group.outermost.filter(node => isNodes(paths.from[node] as number));
    if (held.length >= MOST_OF * group.outermost.length)
      for (const node of held) groupOfHandle.set(node, index);
  });
  const referred = growth.groups.map(() => new Map<number, Set<number>>());
  growth.groups.forEach((group, index) => {
    if (!counts(group)) return;
    for (const node of group.members) {
      for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
        const target = targets[edge] as number;
        const other = groupOfHandle.get(target);
        if (other === undefined || other === index) continue;
        const found = referred[other]?.get(index) ?? new Set();
        referred[other]?.set(index, found.add(target));
      }
    }
  });
  return growth.groups.map(({ outermost }, index) => {
    const [best] = [...(referred[index] ?? [])].sort((one, other) => other[1].size - one[1].size);
    const isFewer = best && (growth.groups[best[0]]?.outermost.length ?? 0) < outermost.length;
    return isFewer && best[1].size >= A_THIRD * outermost.length ? best[0] : undefined;
  });
}

function faced(group: Group, { snapshot, kinds, growth }: Folding): FoldedGroup {
  const follow = edgesNamed(snapshot);
  const owners = group.outermost.flatMap(node => {
    const owner = follow(node, OWNER);
    return owner !== undefined && growth.births[owner] !== OLD ? [owner] : [];
  });
  const votes = new Votes();
  for (const owner of owners) votes.add(kinds.of(owner));
  const kind = votes.winner(group.outermost.length);
  if (kind === undefined) return { group, kind: group.kind, members: group.members };
  group.held.delete(kind);
  group.held.set(group.kind, group.earlier + group.lately);
  return { group, kind, members: owners.filter(owner => kinds.of(owner) === kind) };
}

class Votes {
  readonly #counts = new Map<number, number>();

  add(choice: number | undefined): void {
    if (choice !== undefined) this.#counts.set(choice, (this.#counts.get(choice) ?? 0) + 1);
  }

  /** The choice of most of those that could vote. */
  winner(voters: number): number | undefined {
    const [best] = [...this.#counts].sort((one, other) => other[1] - one[1]);
    return best && best[1] >= MOST_OF * voters ? best[0] : undefined;
  }
}
