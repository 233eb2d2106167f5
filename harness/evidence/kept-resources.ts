import type { KeptResource } from '../model.ts';
import type { Inventory, ResourceGroup } from '../worker/protocol.ts';

/**
 * What became more from each of three inventories to the next, by the place that creates it, the most frequent first: at the end
 * more than in the middle, and in the middle no less than at the start, since a leak may begin late.
 */
export function keptResources(start: Inventory, middle: Inventory, end: Inventory): KeptResource[] {
  const kept: KeptResource[] = [];
  for (const group of end.groups) {
    const { kind, frames, owner } = group;
    const first = countOf(group, start);
    const second = countOf(group, middle);
    if (group.count <= second || second < first) continue;
    const perIteration = (group.count - first) / (end.iteration - start.iteration);
    kept.push({
      kind,
      name: nameOf(group),
      perIteration,
      exact:
        Number.isInteger(perIteration) &&
        second - first === perIteration * (middle.iteration - start.iteration),
      created: frames,
      ...(owner && { owner }),
    });
  }
  return kept.sort((one, other) => other.perIteration - one.perIteration);
}

function countOf({ key }: ResourceGroup, { groups }: Inventory): number {
  return groups.find(group => group.key === key)?.count ?? 0;
}

/** `interval of 1,000 ms`, `timeout of 5 to 60 ms`, `file /tmp/x`, `file such as /tmp/x`. */
function nameOf({ noun, details }: ResourceGroup): string {
  const times = details.filter(detail => typeof detail === 'number');
  const paths = details.filter(detail => typeof detail === 'string' && detail !== '');
  if (times.length > 0) {
    const [least, most] = [Math.min(...times), Math.max(...times)].map(time => time.toLocaleString('en'));
    return `${noun} of ${least === most ? least : `${least} to ${most}`} ms`;
  }
  if (paths.length === 0) return noun;
  return `${noun} ${paths.length === 1 ? '' : 'such as '}${paths[0]}`;
}
