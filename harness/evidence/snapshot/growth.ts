import type { Bytes } from '../../model.ts';
import { STORES } from './container-stores.ts';
import { type DominatorTree, retainedSizes } from './dominators.ts';
import { entryCounts } from './entries.ts';
import type { Kinds } from './kinds.ts';
import type { Snapshot } from './read-snapshot.ts';
import { storeSizes } from './stores.ts';

/** When a node came to be: before the first snapshot, between the snapshots' first half, or since. */
export const [OLD, EARLIER] = [0, 1] as const;
const LATELY = 2;

/** What one snapshot held, as much as later ones are compared with. */
export interface Census {
  readonly iteration: number;
  readonly counts: ReadonlyMap<string, number>;
  /** How many strings and numbers containers hold, by their ids. */
  readonly entries: ReadonlyMap<number, number>;
  /** What objects hold in stores of their own, by their ids. */
  readonly stores: ReadonlyMap<number, Bytes>;
  /** No object that came to be before this snapshot has a larger id. */
  readonly lastId: number;
}

/** New objects of one kind that nothing new of a growing kind holds. */
export interface Group {
  readonly kind: number;
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
}

const FEWEST = 3;
/** Of what all strings of a group retain. */
const NEARLY_ALL = 0.9;
/** So many strings beside one that takes nearly all are more than those of the moment. */
const MANY_OTHERS = 16;
/** What holds parts of other things together, and says little where these grow too. */
const SUPPORTING: ReadonlySet<string> = new Set([
  'closure context',
  'weak cell',
  'promise capability',
  ...STORES,
  'number',
]);

/** Whether a kind says something by itself. */
export function isTelling(kind: number, { names }: Pick<Kinds, 'names'>): boolean {
  return !SUPPORTING.has(names[kind] ?? '');
}

/**
 * Counts kinds, and finds the largest id of an object on V8's heap: these are odd, those of other memory say
 * nothing about time.
 */
export function census(snapshot: Snapshot, kinds: Kinds, iteration: number): Census {
  const counts: number[] = [];
  let lastId = 0;
  for (let node = 0; node < snapshot.nodeCount; node++) {
    const id = snapshot.ids[node] as number;
    if (id % 2 === 1 && id > lastId) lastId = id;
    const kind = kinds.of(node);
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return {
    iteration,
    counts: new Map(counts.map((count, kind) => [kinds.keys[kind] ?? '', count])),
    entries: entryCounts(snapshot),
    stores: storeSizes(snapshot),
    lastId,
  };
}

/**
 * Groups what is new in the last snapshot by what holds it: the dominator tree of the new objects, merged by
 * kind. The topmost kind of which some came to be in each part of the run, and stayed, is the root of a
 * group; what it holds belongs to it. `earlier` has at least one census, in order. Objects that are
 * leakgate's `isBook`s, with all that they alone hold, count as old.
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
  const accumulates = (branch: Branch) =>
    branch.earlier + branch.lately >= FEWEST && (!hasMiddle || (branch.earlier > 0 && branch.lately > 0));
  let roots = merged.roots(branch => accumulates(branch));
  // What only began in the second half of the run.
  if (roots.length === 0) roots = merged.roots(branch => branch.earlier + branch.lately >= FEWEST);

  const groups = new Map<number, Group>();
  const groupOfBranch = new Map<Branch, number>();
  for (const root of roots) {
    const group = groups.get(root.kind) ?? emptyGroup(root.kind);
    groups.set(root.kind, group);
    group.earlier += root.earlier;
    group.lately += root.lately;
    for (const node of root.members) group.members.push(node);
    for (const node of root.outermost) group.outermost.push(node);
    group.retained += root.retained;
    for (const below of merged.below(root)) {
      groupOfBranch.set(below, [...groups.keys()].indexOf(root.kind));
      if (below === root || !accumulates(below)) continue;
      group.held.set(below.kind, (group.held.get(below.kind) ?? 0) + below.earlier + below.lately);
    }
  }
  for (const group of groups.values())
    if (kinds.names[group.kind] === 'string') countWhole(group, snapshot, births, retained);
  return { groups: [...groups.values()], births, groupOf: merged.mark(groupOfBranch) };
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

/** There may be more than a call can take. */
function fill(list: number[], items: readonly number[]): void {
  list.length = 0;
  for (const item of items) list.push(item);
}

function emptyGroup(kind: number): Group {
  return { kind, earlier: 0, lately: 0, members: [], outermost: [], retained: 0, held: new Map() };
}

function birthsOf(
  { nodeCount, nodeTypes, types, ids }: Snapshot,
  { dominators, order }: DominatorTree,
  earlier: readonly Census[],
  isBook: (node: number) => boolean,
): Uint8Array {
  const first = earlier[0]?.lastId ?? 0;
  const middle = earlier.length > 1 ? (earlier.at(-1)?.lastId ?? first) : first;
  const births = new Uint8Array(nodeCount);
  const inBooks = new Uint8Array(nodeCount);
  const object = nodeTypes.indexOf('object');
  for (const node of order) {
    const dominator = dominators[node] as number;
    if (inBooks[dominator] === 1 || (types[node] === object && isBook(node))) {
      inBooks[node] = 1;
      continue;
    }
    const id = ids[node] as number;
    if (id % 2 === 0) births[node] = births[dominator] as number;
    else if (id > middle) births[node] = LATELY;
    else if (id > first) births[node] = EARLIER;
  }
  return births;
}

/** A way through the kinds of new objects, each holding the next. */
interface Branch {
  readonly kind: number;
  readonly above: Branch | undefined;
  readonly below: Map<number, Branch>;
  earlier: number;
  lately: number;
  retained: number;
  readonly members: number[];
  readonly outermost: number[];
}

class MergedTree {
  readonly #trunk: Branch = newBranch(-1, undefined);
  readonly #branches: Branch[] = [this.#trunk];
  readonly #branchOf: Int32Array;
  readonly #kinds: Kinds;

  constructor(
    { nodeCount, types, nodeTypes, names, strings }: Snapshot,
    kinds: Kinds,
    { dominators, order }: DominatorTree,
    births: Uint8Array,
    retained: Float64Array,
  ) {
    this.#kinds = kinds;
    this.#branchOf = new Int32Array(nodeCount);
    const numbers = new Map<Branch, number>([[this.#trunk, 0]]);
    const code = nodeTypes.indexOf('code');
    const isModule = (node: number) => strings.at(names[node] as number).includes('Module');
    // What only code holds, such as the model of an object literal, comes with the code and does not come again.
    const inCode = new Uint8Array(nodeCount);
    for (const node of order) {
      const dominator = dominators[node] as number;
      if (inCode[dominator] === 1 || (types[dominator] === code && !isModule(dominator))) inCode[node] = 1;
      if (births[node] === OLD) continue;
      const above = this.#branches[this.#branchOf[dominator] as number] as Branch;
      const kind = inCode[node] === 1 ? undefined : kinds.of(node);
      const found = kind === undefined ? above : (ancestor(above, kind) ?? above.below.get(kind));
      const branch = found ?? this.#grow(above, kind as number, numbers);
      this.#branchOf[node] = numbers.get(branch) ?? 0;
      if (kind === undefined) continue;
      branch.members.push(node);
      if (births[node] === EARLIER) branch.earlier++;
      else branch.lately++;
      if (branch.above !== above) continue;
      branch.outermost.push(node);
      branch.retained += retained[node] as number;
    }
  }

  /** The topmost branches that `accumulate`, of kinds that say something where there are such. */
  roots(accumulates: (branch: Branch) => boolean): Branch[] {
    const roots: Branch[] = [];
    const waiting = [...this.#trunk.below.values()];
    for (let branch = waiting.pop(); branch !== undefined; branch = waiting.pop()) {
      const speaks = isTelling(branch.kind, this.#kinds);
      const below = [...branch.below.values()];
      if (accumulates(branch) && (speaks || !below.some(other => this.#hasRoot(other, accumulates))))
        roots.push(branch);
      else waiting.push(...below);
    }
    return roots;
  }

  /** Of any kind that says something. */
  #hasRoot(branch: Branch, accumulates: (branch: Branch) => boolean): boolean {
    if (accumulates(branch) && isTelling(branch.kind, this.#kinds)) return true;
    return [...branch.below.values()].some(other => this.#hasRoot(other, accumulates));
  }

  *below(root: Branch): Generator<Branch> {
    const waiting = [root];
    for (let branch = waiting.pop(); branch !== undefined; branch = waiting.pop()) {
      yield branch;
      waiting.push(...branch.below.values());
    }
  }

  /** Of each node what `numbers` has for its branch, or -1. */
  mark(numbers: ReadonlyMap<Branch, number>): Int32Array {
    const byBranch = this.#branches.map(branch => numbers.get(branch) ?? -1);
    return this.#branchOf.map(branch => byBranch[branch] ?? -1);
  }

  #grow(above: Branch, kind: number, numbers: Map<Branch, number>): Branch {
    const branch = newBranch(kind, above);
    above.below.set(kind, branch);
    numbers.set(branch, this.#branches.push(branch) - 1);
    return branch;
  }
}

function newBranch(kind: number, above: Branch | undefined): Branch {
  return { kind, above, below: new Map(), earlier: 0, lately: 0, retained: 0, members: [], outermost: [] };
}

/** The kind further up, so that a list whose links hold one another stays one branch. */
function ancestor(branch: Branch, kind: number): Branch | undefined {
  for (let above: Branch | undefined = branch; above !== undefined; above = above.above) {
    if (above.kind === kind) return above;
  }
  return undefined;
}
