import type { Iterations, KeptResource } from '../model.ts';
import type { LiveResource } from './live-resource.ts';

/** What was there after so many iterations. */
export interface Inventory {
  readonly iteration: Iterations;
  readonly groups: ReadonlyMap<string, Group>;
}

/** Resources of one sort that were created at one place. */
interface Group {
  readonly example: LiveResource;
  count: number;
  /** Times or paths among them, a few. */
  readonly details: Set<number | string>;
}

const MOST_DETAILS = 64;

export function takeInventory(iteration: Iterations, live: Iterable<LiveResource>): Inventory {
  const groups = new Map<string, Group>();
  for (const resource of live) {
    const key = `${resource.kind} ${resource.noun} ${resource.site.id} ${resource.owner?.label ?? ''}`;
    const group = groups.get(key) ?? { example: resource, count: 0, details: new Set<number | string>() };
    group.count++;
    if (resource.detail !== undefined && group.details.size < MOST_DETAILS)
      group.details.add(resource.detail);
    groups.set(key, group);
  }
  return { iteration, groups };
}

/**
 * What became more from each inventory to the next, by the place that creates it, the most frequent first: at the end more than in
 * the middle, and in the middle no less than at the start, since a leak may begin late.
 */
export function keptResources(start: Inventory, middle: Inventory, end: Inventory): KeptResource[] {
  const kept: KeptResource[] = [];
  for (const [key, group] of end.groups) {
    const counts = [start, middle, end].map(({ groups }) => groups.get(key)?.count ?? 0);
    const [first = 0, second = 0, third = 0] = counts;
    if (third <= second || second < first) continue;
    const { kind, site, owner } = group.example;
    const perIteration = (third - first) / (end.iteration - start.iteration);
    kept.push({
      kind,
      name: nameOf(group),
      perIteration,
      exact:
        Number.isInteger(perIteration) &&
        second - first === perIteration * (middle.iteration - start.iteration),
      created: site.frames,
      ...(owner && { owner }),
    });
  }
  return kept.sort((one, other) => other.perIteration - one.perIteration);
}

/** `interval of 1,000 ms`, `timeout of 5 to 60 ms`, `file /tmp/x`, `file such as /tmp/x`. */
function nameOf({ example: { noun }, details }: Group): string {
  const times = [...details].filter(detail => typeof detail === 'number');
  const paths = [...details].filter(detail => typeof detail === 'string' && detail !== '');
  if (times.length > 0) {
    const [least, most] = [Math.min(...times), Math.max(...times)].map(time => time.toLocaleString('en'));
    return `${noun} of ${least === most ? least : `${least} to ${most}`} ms`;
  }
  if (paths.length === 0) return noun;
  return `${noun} ${paths.length === 1 ? '' : 'such as '}${paths[0]}`;
}
