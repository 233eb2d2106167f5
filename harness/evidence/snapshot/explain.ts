import type { KeptObjects, SourcePosition } from '../../model.ts';
import { originalPosition } from '../source-position.ts';
import { type DominatorTree, dominatorTree, retainedSizes } from './dominators.ts';
import { type Census, census, EARLIER, findGrowth, type Group } from './growth.ts';
import { type Kinds, kindsOf } from './kinds.ts';
import { ownCode } from './own-code.ts';
import { positionsOf } from './positions.ts';
import { readSnapshot, type Snapshot } from './read-snapshot.ts';
import { retainingEdges } from './retention.ts';
import { shortestPaths } from './shortest-paths.ts';
import { retainingPaths, type Wording } from './words.ts';

export interface TakenSnapshot {
  readonly path: string;
  readonly iteration: number;
}

const FEWEST = 3;
const MOST_GROUPS = 20;
const MOST_HELD = 8;
/** Of the objects of a group, held by way of another group: then they belong to that. */
const MOST_OF = 0.6;

/**
 * Says what grew between heap snapshots of one process, who holds it and where it was defined: groups of objects that leak together,
 * the largest first. `snapshots` are at least two, in the order in which they were taken; `ignored` are parts of the paths of code whose
 * own objects are none of the subject's.
 * @throws {Error} in one line, where a snapshot cannot be read.
 */
export function explainSnapshots(
  snapshots: readonly TakenSnapshot[],
  ignored: readonly string[] = [],
): KeptObjects[] {
  const last = snapshots.at(-1);
  if (!last || snapshots.length < 2) throw new Error(`expected at least two snapshots: ${snapshots.length}`);
  const earlier = snapshots.slice(0, -1).map(({ path, iteration }) => {
    const snapshot = readSnapshot(path);
    return census(snapshot, kindsOf(snapshot, positionsOf(snapshot)), iteration);
  });
  return explainLast(readSnapshot(last.path), last.iteration, earlier, ignored);
}

function explainLast(
  snapshot: Snapshot,
  iteration: number,
  earlier: readonly Census[],
  ignored: readonly string[],
): KeptObjects[] {
  const positions = positionsOf(snapshot);
  const kinds = kindsOf(snapshot, positions);
  const retains = retainingEdges(snapshot);
  const tree: DominatorTree = dominatorTree({ ...snapshot, retains });
  const retained = retainedSizes(tree, snapshot.sizes);
  const growth = findGrowth(snapshot, kinds, tree, retained, earlier);
  const paths = shortestPaths(snapshot, retains);
  const own = ownCode(snapshot, positions, ignored);
  const place = (position: SourcePosition) =>
    own.isOwn(position.file) ? undefined : originalPosition(position);
  const wording: Wording = { snapshot, kinds, positions, paths, growth, own, place };
  const now = census(snapshot, kinds, iteration);
  const counts = [...earlier, now];

  const isOwnGroup = ({ outermost }: Group) => {
    const at = outermost[0] === undefined ? undefined : positions.of(outermost[0]);
    return at !== undefined && own.isOwn(at.file);
  };
  const groups = folded(growth.groups, growth.groupOf, paths.from).filter(group => !isOwnGroup(group));
  const rated = groups
    .map(group => ({ group, rate: rateOf(group, kinds, counts) }))
    .filter(({ rate }) => rate.count >= FEWEST)
    .sort((one, other) => other.group.retained - one.group.retained)
    .slice(0, MOST_GROUPS);
  const iterations = iteration - (earlier[0]?.iteration ?? 0);
  return rated.map(({ group, rate }) => {
    const index = growth.groups.indexOf(group);
    const proven = group.outermost.filter(node => growth.births[node] === EARLIER);
    const shown = proven.length >= FEWEST ? proven : group.outermost;
    const at = shown[0] === undefined ? undefined : positions.of(shown[0]);
    const defined = at && place(at);
    return {
      name: kinds.names[group.kind] ?? '',
      perIteration: rate.perIteration,
      exact: rate.exact,
      retained: (group.retained * (rate.count / (group.earlier + group.lately))) / iterations,
      with: heldWith(group, kinds, iterations),
      paths: retainingPaths(
        shown,
        node => growth.groupOf[node] === index && kinds.of(node) === group.kind,
        wording,
      ),
      ...(defined && { defined }),
    };
  });
}

/** Groups that are reached by way of another one become part of it: they leak together. */
function folded(groups: readonly Group[], groupOf: Int32Array, from: Uint32Array): Group[] {
  const into = groups.map((group, index) => holderOf(group, index, groupOf, from));
  const final = (index: number): number => {
    const seen = new Set([index]);
    let at = index;
    for (let next = into[at]; next !== undefined && !seen.has(next); next = into[at]) {
      seen.add(next);
      at = next;
    }
    return into[at] === undefined ? at : index;
  };
  const roots = new Set<Group>();
  groups.forEach((group, index) => {
    const root = groups[final(index)] as Group;
    roots.add(root);
    if (root === group) return;
    root.retained += group.retained;
    root.held.set(group.kind, (root.held.get(group.kind) ?? 0) + group.earlier + group.lately);
    for (const [kind, count] of group.held) root.held.set(kind, (root.held.get(kind) ?? 0) + count);
  });
  return [...roots];
}

/** The group through which most of a group's objects are reached. */
function holderOf(group: Group, index: number, groupOf: Int32Array, from: Uint32Array): number | undefined {
  const votes = new Map<number, number>();
  for (const node of group.outermost) {
    let outermost: number | undefined;
    for (let at = node; at !== 0 && at < from.length; at = from[at] as number) {
      const other = groupOf[at] as number;
      if (other >= 0 && other !== index) outermost = other;
    }
    if (outermost !== undefined) votes.set(outermost, (votes.get(outermost) ?? 0) + 1);
  }
  const [best] = [...votes].sort((one, other) => other[1] - one[1]);
  return best && best[1] >= MOST_OF * group.outermost.length ? best[0] : undefined;
}

interface Rate {
  readonly count: number;
  readonly perIteration: number;
  readonly exact: boolean;
}

/** How many stayed: no more than the kind grew by as a whole, as a cache that is full has new entries too. */
function rateOf({ kind, earlier, lately }: Group, kinds: Kinds, counts: readonly Census[]): Rate {
  const key = kinds.keys[kind] ?? '';
  const totals = counts.map(({ counts: found }) => found.get(key) ?? 0);
  const spans = counts.slice(1).map((now, index) => now.iteration - (counts[index]?.iteration ?? 0));
  const whole = spans.reduce((sum, span) => sum + span, 0);
  const net = (totals.at(-1) ?? 0) - (totals[0] ?? 0);
  const count = Math.min(earlier + lately, net);
  const byCount = totals.slice(1).map((total, index) => total - (totals[index] ?? 0));
  const byBirth = spans.length === 2 ? [earlier, lately] : [earlier + lately];
  const exact = [byBirth, byCount].some(grown => isExact(grown, spans) && sum(grown) <= earlier + lately);
  return { count, perIteration: count / whole, exact };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function isExact(grown: readonly number[], spans: readonly number[]): boolean {
  const rates = grown.map((count, index) => count / (spans[index] ?? 1));
  return rates.every(rate => rate === rates[0] && Number.isInteger(rate) && rate > 0);
}

function heldWith({ held }: Group, kinds: Kinds, iterations: number): KeptObjects['with'] {
  const counts = new Map<string, number>();
  for (const [kind, count] of held) {
    const name = kinds.names[kind] ?? '';
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return [...counts]
    .sort((one, other) => other[1] - one[1])
    .slice(0, MOST_HELD)
    .map(([name, count]) => ({ name, perIteration: count / iterations }));
}
