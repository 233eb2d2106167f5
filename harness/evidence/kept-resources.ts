import { WORKER_THREAD } from '../ledger/open-handles.ts';
import { isOfProgram, type KeptResource } from '../model.ts';
import type { Inventory, ResourceGroup } from '../worker/protocol.ts';

/** So many nouns that a place had not at the start are names made up as the program runs. */
const MANY_NOUNS = 4;

/**
 * What became more from each of three inventories to the next, by the place that creates it, what tells most
 * first: at the end more than in the middle, and in the middle no less than at the start, since a leak may
 * begin late.
 */
export function keptResources(first: Inventory, second: Inventory, third: Inventory): KeptResource[] {
  const crowded = crowdedPlaces(first, third);
  const start = withCrowdedPlacesMerged(first, crowded);
  const middle = withCrowdedPlacesMerged(second, crowded);
  const end = withCrowdedPlacesMerged(third, crowded);
  const grown = end.groups.flatMap(group => {
    const early = countOf(group, start);
    const halfway = countOf(group, middle);
    if (group.count <= halfway || halfway < early) return [];
    const perIteration = (group.count - early) / (end.iteration - start.iteration);
    const exact =
      Number.isInteger(perIteration) &&
      halfway - early === perIteration * (middle.iteration - start.iteration);
    return [{ group, perIteration, exact }];
  });
  return alike(grown)
    .map(({ group: { kind, frames, owner, ...named }, perIteration, exact }) => ({
      kind,
      name: nameOf(named),
      noun: named.noun,
      perIteration,
      exact,
      created: frames,
      ...(owner && { owner }),
    }))
    .sort((one, other) => rankOf(one) - rankOf(other) || other.perIteration - one.perIteration);
}

interface GrownGroup extends Pick<KeptResource, 'perIteration' | 'exact'> {
  readonly group: ResourceGroup;
}

/**
 * What is one for a person, together: timers of one place whose times differ by magnitudes, and what one line
 * creates for callers of its caller; of the most frequent frames are told.
 */
function alike(grown: readonly GrownGroup[]): readonly GrownGroup[] {
  const byLooks = new Map<string, [GrownGroup, ...GrownGroup[]]>();
  for (const one of grown.toSorted((a, b) => b.perIteration - a.perIteration)) {
    const { kind, noun, frames, owner } = one.group;
    const looks = JSON.stringify([kind, noun, telling(frames), owner]);
    const others = byLooks.get(looks);
    if (others) others.push(one);
    else byLooks.set(looks, [one]);
  }
  return [...byLooks.values()].map(same => ({
    group: { ...same[0].group, details: [...new Set(same.flatMap(({ group }) => group.details))] },
    perIteration: same.reduce((sum, { perIteration }) => sum + perIteration, 0),
    exact: same.every(({ exact }) => exact),
  }));
}

/** By what a place is told from another: to the innermost line of the program, and what called it. */
function telling(frames: ResourceGroup['frames']): ResourceGroup['frames'] {
  const own = frames.findIndex(isOfProgram);
  return frames.slice(0, Math.max(0, own) + 2);
}

/** A thread brings ports, pipes and listeners with it, and whatever is open listeners of Node's own. */
function rankOf({ kind, name }: KeptResource): number {
  if (name === WORKER_THREAD) return 0;
  return kind === 'listener' ? 2 : 1;
}

/** Where things of ever new nouns are made, such as listeners of `reply:1`, `reply:2` and so on. */
function crowdedPlaces(start: Inventory, end: Inventory): ReadonlySet<string> {
  const before = nounsByPlace(start);
  const crowded = new Set<string>();
  for (const [place, nouns] of nounsByPlace(end)) {
    const newOnes = [...nouns].filter(noun => before.get(place)?.has(noun) !== true);
    if (newOnes.length >= MANY_NOUNS) crowded.add(place);
  }
  return crowded;
}

function nounsByPlace({ groups }: Inventory): ReadonlyMap<string, ReadonlySet<string>> {
  const nouns = new Map<string, Set<string>>();
  for (const group of groups) {
    const place = placeOf(group);
    if (place !== undefined) nouns.set(place, (nouns.get(place) ?? new Set()).add(group.noun));
  }
  return nouns;
}

/** Undefined where it is unknown: what such groups have in common is that alone. */
function placeOf({ collective, frames, owner }: ResourceGroup): string | undefined {
  if (collective === undefined || frames.length === 0) return undefined;
  return JSON.stringify([collective, frames, owner]);
}

/** The inventory with the groups of each crowded place as one. */
function withCrowdedPlacesMerged({ iteration, groups }: Inventory, crowded: ReadonlySet<string>): Inventory {
  const byKey = new Map<string, ResourceGroup>();
  for (const group of groups) {
    const place = placeOf(group);
    const isCrowded = place !== undefined && crowded.has(place);
    const key = isCrowded ? place : group.key;
    const noun = isCrowded ? (group.collective ?? group.noun) : group.noun;
    byKey.set(key, { ...group, key, noun, count: group.count + (byKey.get(key)?.count ?? 0) });
  }
  return { iteration, groups: [...byKey.values()] };
}

function countOf({ key }: ResourceGroup, { groups }: Inventory): number {
  return groups.find(group => group.key === key)?.count ?? 0;
}

/** `interval of 1,000 ms`, `timeout of 5 to 60 ms`, `file /tmp/x`, `file such as /tmp/x`. */
function nameOf({ noun, details }: Pick<ResourceGroup, 'noun' | 'details'>): string {
  const times = details.filter(detail => typeof detail === 'number');
  const paths = details.filter(detail => typeof detail === 'string' && detail !== '');
  if (times.length > 0) {
    const [least, most] = [Math.min(...times), Math.max(...times)].map(time => time.toLocaleString('en'));
    return `${noun} of ${least === most ? least : `${least} to ${most}`} ms`;
  }
  if (paths.length === 0) return noun;
  return `${noun} ${paths.length === 1 ? '' : 'such as '}${paths[0]}`;
}
