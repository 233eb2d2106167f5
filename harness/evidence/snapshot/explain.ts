import type { Iterations, KeptObjects, SourcePosition } from '../../model.ts';
import { originalPosition } from '../source-position.ts';
import { allocationStack } from './allocation.ts';
import type { Analysis } from './analysis.ts';
import { EARLIER } from './births.ts';
import { type Census, census } from './census.ts';
import { classRank } from './class-rank.ts';
import { dominatorTree } from './dominators.ts';
import { containerOf, type FoldedGroup, foldGroups, keeperOf } from './fold.ts';
import { grownStores } from './grown-stores.ts';
import { findGrowth, type Group } from './growth.ts';
import { kindsOf } from './kinds.ts';
import { type OwnPaths, ownCode } from './own-code.ts';
import { positionsOf } from './positions.ts';
import { programClasses } from './program-classes.ts';
import { type Rate, rateOf } from './rate.ts';
import { readSnapshot, type Snapshot } from './read-snapshot.ts';
import { leaveOutRegistries, retainingEdges } from './retention.ts';
import { shortestPaths } from './shortest-paths.ts';
import { largestStores } from './stores.ts';
import { retainingPaths } from './words.ts';

export interface TakenSnapshot {
  readonly path: string;
  readonly iteration: Iterations;
}

const FEWEST = 3;
const MOST_GROUPS = 20;
const MOST_STORES = 5;
/** Of the largest group's memory: what keeps less, and is few, is not worth a line. */
const NEGLIGIBLE = 0.005;
const SURELY_MANY = 8;
const MOST_HELD = 8;
const OF_PROGRAM = -1;
const INSPECTOR = 'node:inspector';
/** Roots whose objects come and go with each call. */
const MOMENTARY = /^\((Stack roots|Handle scope)/;

/**
 * Says what grew between heap snapshots of one process, who holds it and where it was defined: groups of
 * objects that leak together, the largest first. Each snapshot is read when it is added, so that a process
 * need not wait for the others; only counts are kept of all but the last.
 */
export class Explanation {
  readonly #earlier: Census[] = [];

  /** @throws {Error} in one line, where the snapshot cannot be read. */
  add({ path, iteration }: TakenSnapshot): void {
    const snapshot = readSnapshot(path);
    this.#earlier.push(census(snapshot, kindsOf(snapshot, positionsOf(snapshot)), iteration));
  }

  /**
   * What the last snapshot keeps more of than those that were added. What the code of `own` paths makes is
   * none of the subject's.
   * @throws {Error} in one line, where the snapshot cannot be read or is the only one.
   */
  conclude({ path, iteration }: TakenSnapshot, own: OwnPaths): KeptObjects[] {
    if (this.#earlier.length === 0) throw new Error('expected at least two snapshots: 1');
    return explainLast(readSnapshot(path), iteration, this.#earlier, own);
  }
}

function explainLast(
  snapshot: Snapshot,
  iteration: number,
  earlier: readonly Census[],
  own: OwnPaths,
): KeptObjects[] {
  const analysis = analysisOf(snapshot, earlier, own);
  const censuses = [...earlier, census(snapshot, analysis.kinds, iteration)];
  const iterations = iteration - (earlier[0]?.iteration ?? 0);
  const candidates = candidatesOf(analysis, censuses, iterations);
  const lasting = candidates.filter(({ kept }) => !isMomentary(kept));
  return mostTelling(lasting.length > 0 ? lasting : candidates, iterations);
}

function analysisOf(snapshot: Snapshot, earlier: readonly Census[], ownPaths: OwnPaths): Analysis {
  const positions = positionsOf(snapshot);
  const kinds = kindsOf(snapshot, positions);
  const retains = retainingEdges(snapshot);
  leaveOutRegistries(snapshot, retains);
  const tree = dominatorTree({ ...snapshot, retains });
  const isBook = (node: number) => ownPaths.books.some(part => positions.file(node).includes(part));
  const growth = findGrowth(snapshot, kinds, tree, earlier, isBook);
  const paths = shortestPaths(snapshot, retains);
  const own = ownCode(snapshot, positions, ownPaths);
  const place = (position: SourcePosition) =>
    own.isOwn(position.file) || position.file.startsWith('node:') ? undefined : originalPosition(position);
  const isProgramClass = programClasses({ snapshot, kinds, positions, place });
  const largestStore = largestStores(snapshot);
  return { snapshot, kinds, positions, paths, growth, own, place, isProgramClass, largestStore };
}

/** A group or a store that may be told. */
interface Candidate {
  readonly kept: KeptObjects;
  /** It grew, but no longer. */
  readonly stopped: boolean;
}

/** Groups of objects, and stores that grow in place. What a group's own container grows by is added to the group. */
function candidatesOf(analysis: Analysis, censuses: readonly Census[], iterations: Iterations): Candidate[] {
  const { snapshot, kinds, positions, paths, growth, own } = analysis;
  const fileOf = (node: number | undefined) => (node === undefined ? '' : (positions.of(node)?.file ?? ''));
  const isOwn = (node: number | undefined) => own.isOwn(fileOf(node));
  const isOwnStore = (node: number) => {
    const keeper = keeperOf(node, analysis);
    // leakgate asks the inspector, whose session gets a new table of callbacks with each question.
    return isOwn(node) || isOwn(containerOf(node, analysis)) || isOwn(keeper) || fileOf(keeper) === INSPECTOR;
  };
  const rates = new Map(growth.groups.map(group => [group, rateOf(group, analysis, censuses)]));
  const folding = {
    snapshot,
    kinds,
    growth,
    paths,
    counts: (group: Group) =>
      (rates.get(group)?.count ?? 0) >= FEWEST &&
      !isOwn(group.outermost[0]) &&
      !group.outermost.every(isOwnStore),
  };
  const folded = foldGroups(folding);
  const containers = new Map<number, Group>();
  for (const { group } of folded)
    for (const node of group.outermost) containers.set(containerOf(node, folding), group);

  const stores: Candidate[] = [];
  for (const { holder, growth: bytes } of grownStores(analysis, censuses)) {
    const group = containers.get(holder);
    if (group) group.retained += bytes;
    else if (isOwnStore(holder)) continue;
    else if (stores.length < MOST_STORES && bytes >= iterations)
      stores.push({ kept: describeStore(holder, bytes / iterations, analysis), stopped: false });
  }
  const groups = folded.map(one => {
    const rate = rates.get(one.group) as Rate;
    return { kept: describeGroup(one, rate, iterations, analysis), stopped: rate.stopped };
  });
  return [...groups, ...stores];
}

/** Without what keeps next to nothing; what still grows first, then by size. */
function mostTelling(candidates: readonly Candidate[], iterations: Iterations): KeptObjects[] {
  const largest = Math.max(...candidates.map(({ kept }) => kept.retained));
  return candidates
    .filter(
      ({ kept }) => kept.retained >= NEGLIGIBLE * largest || kept.perIteration * iterations >= SURELY_MANY,
    )
    .sort(
      (one, other) => Number(one.stopped) - Number(other.stopped) || other.kept.retained - one.kept.retained,
    )
    .slice(0, MOST_GROUPS)
    .map(({ kept }) => kept);
}

/**
 * Mostly held by nothing but what runs while the snapshot is taken, directly: what a program keeps is behind
 * a variable of its own.
 */
function isMomentary({ paths }: KeptObjects): boolean {
  const count = (some: KeptObjects['paths']) => some.reduce((sum, path) => sum + path.count, 0);
  const momentary = paths.filter(({ steps }) => steps.length === 2 && MOMENTARY.test(steps[0]?.name ?? ''));
  return count(momentary) > count(paths) / 2;
}

function describeGroup(
  { group, kind, members }: FoldedGroup,
  { count, perIteration, exact }: Rate,
  iterations: number,
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
  return {
    name: kinds.names[kind] ?? '',
    perIteration,
    exact,
    retained: (group.retained * Math.min(1, count / (group.earlier + group.lately))) / iterations,
    with: heldWith(group, iterations, analysis),
    paths: retainingPaths(
      shown,
      node => growth.groupOf[node] === index && kinds.of(node) === kind,
      analysis,
      group,
    ),
    ...(defined && { defined }),
    ...(allocated && { allocated }),
  };
}

/** What grows in place is no more of something: its own number stays the same. */
function describeStore(holder: number, retained: number, analysis: Analysis): KeptObjects {
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
function heldWith({ held }: Group, iterations: number, analysis: Analysis): KeptObjects['with'] {
  const { kinds, isProgramClass } = analysis;
  const counts = new Map<string, { count: number; rank: number }>();
  for (const [kind, count] of held) {
    const name = placed(kind, analysis);
    const rank = isProgramClass(kinds.samples[kind] ?? 0) ? OF_PROGRAM : classRank(name);
    counts.set(name, { count: (counts.get(name)?.count ?? 0) + count, rank });
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
