import type { Iterations, KeptObjects, SourcePosition } from '../../model.ts';
import { type Census, census } from '../../snapshot/census.ts';
import { isStore } from '../../snapshot/container-stores.ts';
import { dominatorTree } from '../../snapshot/dominators.ts';
import { kindsOf } from '../../snapshot/kinds.ts';
import { ModuleVariables } from '../../snapshot/module-variables.ts';
import { positionsOf } from '../../snapshot/positions.ts';
import { readSnapshot, type Snapshot } from '../../snapshot/read-snapshot.ts';
import { leaveOutRegistries, retainingEdges } from '../../snapshot/retention.ts';
import { isMomentary, shortestPaths } from '../../snapshot/shortest-paths.ts';
import { largestStores } from '../../snapshot/stores.ts';
import { originalPosition } from '../source-position.ts';
import type { Analysis } from './analysis.ts';
import { OLD } from './births.ts';
import { describeGroup, describeStore } from './describe-kept.ts';
import { displacedBy } from './displaced.ts';
import { containerOf, foldGroups, keeperOf } from './fold.ts';
import { grownStores } from './grown-stores.ts';
import { fewestOf, findGrowth, type Group, showInstead } from './growth.ts';
import { type OwnPaths, ownCode } from './own-code.ts';
import { programClasses } from './program-classes.ts';
import { type Rate, rateOf } from './rate.ts';
import { weakMapsOf } from './weak-maps.ts';

export interface TakenSnapshot {
  readonly path: string;
  readonly iteration: Iterations;
}

const MOST_GROUPS = 20;
const MOST_STORES = 5;
/** Before those that are held alike are put together. */
const STORES_LOOKED_AT = 64;
/** Of the largest group's memory: what keeps less, and is few, is not worth a line. */
const NEGLIGIBLE = 0.005;
const SURELY_MANY = 8;
const INSPECTOR = 'node:inspector';
/** Node's own bindings, which leakgate calls for reports. */
const BINDINGS = 'node:internal/bootstrap/realm';
const MANY_STORES = 16;
const WEAK_COLLECTION = /^Weak(Map|Set)$/;

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
  const lasting = candidates.filter(({ kept }) => !isPassing(kept));
  return mostTelling(withoutScattered(lasting.length > 0 ? lasting : candidates), iterations);
}

function analysisOf(snapshot: Snapshot, earlier: readonly Census[], ownPaths: OwnPaths): Analysis {
  const positions = positionsOf(snapshot);
  const kinds = kindsOf(snapshot, positions);
  const retains = retainingEdges(snapshot);
  leaveOutRegistries(snapshot, retains);
  const variables = new ModuleVariables(snapshot);
  variables.leaveOutImports(retains);
  const tree = dominatorTree({ ...snapshot, retains });
  const isBook = (node: number) => ownPaths.books.some(part => positions.file(node).includes(part));
  const growth = findGrowth(snapshot, kinds, tree, earlier, isBook);
  const paths = shortestPaths(snapshot, retains);
  const own = ownCode(snapshot, positions, ownPaths);
  const place = (position: SourcePosition) =>
    own.isOwn(position.file) || position.file.startsWith('node:') ? undefined : originalPosition(position);
  const isProgramClass = programClasses({ snapshot, kinds, positions, place });
  const largestStore = largestStores(snapshot);
  const weakMapOf = weakMapsOf(snapshot, paths, variables);
  return {
    snapshot,
    kinds,
    positions,
    paths,
    tree,
    growth,
    own,
    place,
    isProgramClass,
    largestStore,
    variables,
    weakMapOf,
  };
}

/** A group or a store that may be told. */
interface Candidate {
  readonly kept: KeptObjects;
  /** It grew, but no longer. */
  readonly stopped: boolean;
  /** One by one in what was there before: they prove little where something else keeps more. */
  readonly scattered?: boolean;
}

/** Groups of objects, and stores that grow in place. What a group's own container grows by is added to the group. */
function candidatesOf(analysis: Analysis, censuses: readonly Census[], iterations: Iterations): Candidate[] {
  const { snapshot, kinds, paths, growth } = analysis;
  const tells = newsOf(analysis);
  const rates = new Map(growth.groups.map(group => [group, rateOf(group, analysis, censuses)]));
  for (const [group, { count }] of rates) {
    const displaced = displacedBy(group, count, analysis, censuses);
    if (displaced) showInstead(group, displaced);
  }
  const counts = (group: Group) =>
    (rates.get(group)?.count ?? 0) >= fewestOf(group.kind, kinds) && tells.ofGroup(group);
  const folded = foldGroups({ snapshot, kinds, growth, paths, counts });
  const containers = new Map<number, Group>();
  for (const { group } of folded)
    for (const { outermost } of [group, ...group.alike])
      for (const node of outermost) containers.set(containerOf(node, analysis), group);

  const stores: Candidate[] = [];
  for (const { holder, growth: bytes } of grownStores(analysis, censuses)) {
    const group = containers.get(holder);
    if (group) group.retained += bytes;
    else if (
      stores.length < STORES_LOOKED_AT &&
      bytes >= iterations &&
      tells.ofStore(holder, folded.length > 0)
    )
      stores.push({ kept: describeStore(holder, bytes / iterations, analysis), stopped: false });
  }
  const groups = folded.map(one => {
    // What is counted with it was not, before.
    const rate =
      one.group.alike.length > 0 ? rateOf(one.group, analysis, censuses) : (rates.get(one.group) as Rate);
    const { stopped, scattered } = rate;
    return { kept: describeGroup(one, rate, iterations, analysis), stopped, scattered };
  });
  return [...groups.filter(one => !isTurnedOver(one)), ...mergedByPath(stores).slice(0, MOST_STORES)];
}

/** Whether it stopped growing, and nothing is left of what it grew by: what a full cache holds in turn. */
function isTurnedOver({ kept, stopped }: Candidate): boolean {
  return stopped && kept.perIteration === 0;
}

/** Stores that are held alike are one. */
function mergedByPath(stores: readonly Candidate[]): Candidate[] {
  const byPath = new Map<string, Candidate>();
  for (const { kept, stopped } of stores) {
    const [path] = kept.paths;
    const key = [kept.name, ...(path?.steps.map(({ name }) => name) ?? [])].join(' > ');
    const other = byPath.get(key)?.kept;
    if (other) byPath.set(key, { kept: joined(other, kept), stopped });
    else byPath.set(key, { kept, stopped });
  }
  return [...byPath.values()];
}

function joined(one: KeptObjects, other: KeptObjects): KeptObjects {
  const [path, ...more] = one.paths;
  const count = (path?.count ?? 0) + (other.paths[0]?.count ?? 0);
  const paths = path ? [{ ...path, count }, ...more] : other.paths;
  return { ...one, retained: one.retained + other.retained, paths };
}

/** Which growth is news of the subject: none of leakgate's own, and no mere consequence of other growth. */
interface News {
  ofGroup(group: Group): boolean;
  /** @param besideGroups whether any group grew */
  ofStore(holder: number, besideGroups: boolean): boolean;
}

function newsOf(analysis: Analysis): News {
  const { kinds, positions, growth, own } = analysis;
  const fileOf = (node: number | undefined) => (node === undefined ? '' : (positions.of(node)?.file ?? ''));
  const isOwn = (node: number | undefined) => own.isOwn(fileOf(node));
  const isOwnStore = (node: number) => {
    const keeper = keeperOf(node, analysis);
    if (own.isSession(node) && fileOf(node) !== INSPECTOR) return false;
    // leakgate asks the inspector, whose session gets a new table of callbacks with each question.
    return (
      isOwn(node) ||
      isOwn(containerOf(node, analysis)) ||
      isOwn(keeper) ||
      fileOf(keeper) === INSPECTOR ||
      fileOf(keeper) === BINDINGS
    );
  };
  const hasOthers = ({ kind, outermost }: Group) => {
    let needed = Math.min(outermost.length, fewestOf(kind, kinds));
    return outermost.some(node => !isOwnStore(node) && --needed === 0);
  };
  // What an old container has a larger store for is told as growth of that container; of many it may be all there is.
  const isReplaced = (group: Group) =>
    group.outermost.length < MANY_STORES &&
    isStore(kinds.names[group.kind] ?? '') &&
    group.outermost.every(node => growth.births[containerOf(node, analysis)] === OLD);
  // It has as many entries as keys are kept, by others.
  const isWeak = (node: number) => WEAK_COLLECTION.test(kinds.names[kinds.of(node) ?? -1] ?? '');
  return {
    ofGroup: group => !isOwn(group.outermost[0]) && !isReplaced(group) && hasOthers(group),
    ofStore: (holder, besideGroups) => !isOwnStore(holder) && !(besideGroups && isWeak(holder)),
  };
}

/** As what is known of code, and of leakgate's own doings, is by chance. */
const FAR_MORE = 8;

/** Without strings and numbers that lie about, where something else still grows and keeps nearly as much, or more. */
function withoutScattered(candidates: readonly Candidate[]): readonly Candidate[] {
  const solid = candidates.filter(({ scattered, stopped }) => !scattered && !stopped);
  const most = Math.max(0, ...solid.map(({ kept }) => kept.retained));
  return candidates.filter(({ kept, scattered }) => !scattered || kept.retained > FAR_MORE * most);
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
function isPassing({ paths }: KeptObjects): boolean {
  const count = (some: KeptObjects['paths']) => some.reduce((sum, path) => sum + path.count, 0);
  const momentary = paths.filter(({ steps }) => steps.length === 2 && isMomentary(steps[0]?.name ?? ''));
  return count(momentary) > count(paths) / 2;
}
