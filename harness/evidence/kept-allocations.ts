import {
  type Bytes,
  type Iterations,
  type KeptAllocations,
  ownFrame,
  type SourcePosition,
} from '../model.ts';
import type { AllocationSite, Allocations } from '../worker/protocol.ts';

/** Fewer samples prove nothing, */
const LEAST_SAMPLES = 8;
/** and functions that allocated a smaller share of what functions of the program did tell no more, */
const LEAST_SHARE = 0.05;
/** nor those that allocated a smaller one of all that stays. */
const LEAST_OF_ALL = 0.05;
/** Of what an iteration of the second part keeps, less than this in the first. */
const NEXT_TO_NOTHING = 0.05;

/** With each snapshot, and one more between the latter two. */
export type AllocationReadings = readonly [Allocations, Allocations, Allocations, Allocations];

/**
 * Which functions of the program allocated what stays, those that allocated most of it first, by how much
 * more of it was alive at each snapshot. The slower of both parts counts: in the other one something was made
 * once, or a container got a larger store. Where next to nothing stayed of the first part, what leaks is
 * taken to have begun after it: the second counts, for functions of which something stayed in each of its
 * halves. What a library allocates counts for the function that called it. Positions are those of the
 * sources, or a bundle would hide what is a library. A share is one of all that stays, with what Node and V8
 * allocated by themselves.
 */
export function keptAllocations([first, second, between, last]: AllocationReadings): KeptAllocations[] {
  const early = growthOf(first, second);
  const late = growthOf(second, last);
  const halves = [growthOf(second, between), growthOf(between, last)];
  const begunLate = early.total / early.iterations < (NEXT_TO_NOTHING * late.total) / late.iterations;
  const perIteration = (place: string) => {
    const earlier = (early.bytes.get(place) ?? 0) / early.iterations;
    const later = (late.bytes.get(place) ?? 0) / late.iterations;
    if (!begunLate) return Math.min(earlier, later);
    return halves.every(({ bytes }) => (bytes.get(place) ?? 0) > 0) ? later : 0;
  };
  const groups = groupsOf(last);
  const all = sum([...groups.keys()].map(perIteration));
  const grown = [...groups].flatMap(([place, { by, sites }]) =>
    by ? [{ bytes: perIteration(place), by, frames: stackOf(sites) }] : [],
  );
  const ofProgram = sum(grown.map(({ bytes }) => bytes));
  const iterations = begunLate ? late.iterations : last.iteration - first.iteration;
  return grown
    .filter(({ bytes }) => bytes * iterations >= LEAST_SAMPLES * last.interval)
    .filter(({ bytes }) => bytes >= Math.max(LEAST_SHARE * ofProgram, LEAST_OF_ALL * all))
    .map(one => ({ ...one, share: one.bytes / all }))
    .sort((one, other) => other.bytes - one.bytes);
}

interface Group {
  /** Undefined: the group is at `NOWHERE`. */
  readonly by: SourcePosition | undefined;
  readonly sites: AllocationSite[];
}

/** The place of what Node and V8 allocated by themselves. */
const NOWHERE = '';

function groupsOf({ sites }: Allocations): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const site of sites) {
    const by = ownFrame(site.frames);
    const key = by ? `${by.file}:${by.line}:${by.column}` : NOWHERE;
    const group = groups.get(key) ?? { by, sites: [] };
    group.sites.push(site);
    groups.set(key, group);
  }
  return groups;
}

/** Between two readings: by how much more is alive, of what is more. */
interface PartGrowth {
  readonly iterations: Iterations;
  /** By place. */
  readonly bytes: ReadonlyMap<string, Bytes>;
  /** Of the program. */
  readonly total: Bytes;
}

function growthOf(earlier: Allocations, later: Allocations): PartGrowth {
  const before = groupsOf(earlier);
  const bytes = new Map(
    [...groupsOf(later)].map(([place, { sites }]) => [
      place,
      Math.max(0, bytesOf(sites) - bytesOf(before.get(place)?.sites ?? [])),
    ]),
  );
  const total = sum([...bytes.values()]) - (bytes.get(NOWHERE) ?? 0);
  return { iterations: later.iteration - earlier.iteration, bytes, total };
}

function bytesOf(sites: readonly AllocationSite[]): Bytes {
  return sum(sites.map(({ bytes }) => bytes));
}

function sum(amounts: readonly Bytes[]): Bytes {
  return amounts.reduce((total, bytes) => total + bytes, 0);
}

/** That of most bytes. */
function stackOf(sites: readonly AllocationSite[]): readonly SourcePosition[] {
  const [most] = sites.toSorted((one, other) => other.bytes - one.bytes);
  return most?.frames ?? [];
}
