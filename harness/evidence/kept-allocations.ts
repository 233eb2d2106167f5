import type { Bytes, KeptAllocations, SourcePosition } from '../model.ts';
import type { AllocationSite, Allocations } from '../worker/protocol.ts';

/** Fewer samples prove nothing, */
const LEAST_SAMPLES = 8;
/** and functions that allocated a smaller share tell no more. */
const LEAST_SHARE = 0.05;

/**
 * Which functions of the program allocated what stays, those that allocated most of it first, by how much more of it was alive at each of
 * three readings. The slower of both parts counts: in the other one something was made once, or a container got a larger store. Where
 * next to nothing stayed of the first part, what leaks began after it, and the second counts alone. What a library allocates counts for the
 * function that called it. Positions are those of the sources, or a bundle would hide what is a library.
 */
export function keptAllocations(
  first: Allocations,
  second: Allocations,
  third: Allocations,
): KeptAllocations[] {
  const proof = LEAST_SAMPLES * third.interval;
  const early = { growth: growthOf(first, second), iterations: second.iteration - first.iteration };
  const late = { growth: growthOf(second, third), iterations: third.iteration - second.iteration };
  const parts = sum([...early.growth.values()]) < proof ? [late] : [early, late];
  const iterations = parts.reduce((total, part) => total + part.iterations, 0);
  const grown = [...groupsOf(third)].map(([place, { by, sites }]) => ({
    bytes: Math.min(...parts.map(part => (part.growth.get(place) ?? 0) / part.iterations)),
    by,
    frames: stackOf(sites),
  }));
  const all = sum(grown.map(({ bytes }) => bytes));
  return grown
    .filter(({ bytes }) => bytes * iterations >= proof)
    .map(one => ({ ...one, share: one.bytes / all }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((one, other) => other.bytes - one.bytes);
}

/** The innermost function that is none of a package the program depends on; the innermost of all where there is no other. */
function responsible(frames: readonly SourcePosition[]): SourcePosition | undefined {
  return frames.find(({ file }) => !isOfPackage(file)) ?? frames[0];
}

/** Paths may be relative to the working directory. */
function isOfPackage(file: string): boolean {
  return /[/\\]node_modules[/\\]/.test(`/${file}`);
}

interface Group {
  readonly by: SourcePosition;
  readonly sites: AllocationSite[];
}

function groupsOf({ sites }: Allocations): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const site of sites) {
    const by = responsible(site.frames);
    if (!by) continue;
    const key = `${by.file}:${by.line}:${by.column}`;
    const group = groups.get(key) ?? { by, sites: [] };
    group.sites.push(site);
    groups.set(key, group);
  }
  return groups;
}

/** By how much more is alive, where it is more. */
function growthOf(earlier: Allocations, later: Allocations): ReadonlyMap<string, Bytes> {
  const before = groupsOf(earlier);
  return new Map(
    [...groupsOf(later)].map(([place, { sites }]) => [
      place,
      Math.max(0, bytesOf(sites) - bytesOf(before.get(place)?.sites ?? [])),
    ]),
  );
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
