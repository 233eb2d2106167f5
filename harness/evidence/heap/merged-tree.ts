import { isContainer } from '../../snapshot/container-stores.ts';
import type { DominatorTree } from '../../snapshot/dominators.ts';
import { isTelling, type Kinds } from '../../snapshot/kinds.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';
import { EARLIER, OLD } from './births.ts';

/** A way through the kinds of new objects, each holding the next. */
export interface Branch {
  readonly kind: number;
  readonly above: Branch | undefined;
  readonly below: Map<number, Branch>;
  earlier: number;
  lately: number;
  retained: number;
  readonly members: number[];
  readonly outermost: number[];
}

/** The dominator tree of the new objects, those of one kind that are held alike put together. */
export class MergedTree {
  readonly #trunk: Branch = newBranch(-1, undefined);
  readonly #branches: Branch[] = [this.#trunk];
  readonly #branchOf: Int32Array;
  readonly #kinds: Kinds;

  constructor(
    snapshot: Snapshot,
    kinds: Kinds,
    tree: DominatorTree,
    births: Uint8Array,
    retained: Float64Array,
  ) {
    const { nodeCount, types, nodeTypes, names, strings } = snapshot;
    const { dominators, order } = tree;
    this.#kinds = kinds;
    const filled = filledContainers(snapshot, tree, births);
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
      const kind = inCode[node] === 1 || filled.has(node) ? undefined : kinds.of(node);
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
      const below = [...branch.below.values()];
      const speaks = isTelling(branch.kind, this.#kinds);
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

/** Of what is new in a container. */
const FEWEST = 3;
/** So many containers are what grows, whatever is put into them. */
const MANY = 8;

/**
 * New containers, where these are few and most of them hold what came to be in another part of the run than they
 * did: a list that is copied to add to it is newer than what it holds, one that was begun anew is filled on. What
 * grows is in them, and they are none of it.
 */
function filledContainers(
  { nodeCount, types, nodeTypes, names, strings }: Snapshot,
  { dominators }: DominatorTree,
  births: Uint8Array,
): ReadonlySet<number> {
  const stores = new Set([nodeTypes.indexOf('array'), nodeTypes.indexOf('hidden')]);
  const held = new Map<number, { all: number; ofOtherPart: number }>();
  for (let node = 0; node < nodeCount; node++) {
    if (births[node] === OLD) continue;
    let at = dominators[node] as number;
    while (at !== 0 && stores.has(types[at] as number)) at = dominators[at] as number;
    if (births[at] === OLD || !isContainer(strings.at(names[at] as number))) continue;
    const counts = held.get(at) ?? { all: 0, ofOtherPart: 0 };
    held.set(at, counts);
    counts.all++;
    if (births[at] !== births[node]) counts.ofOtherPart++;
  }
  const containers = [...held].filter(([, { all }]) => all >= FEWEST);
  const filled = containers.filter(([, { ofOtherPart }]) => ofOtherPart >= FEWEST);
  const areMost = filled.length < MANY && 2 * filled.length > containers.length;
  return new Set(areMost ? filled.map(([node]) => node) : []);
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
