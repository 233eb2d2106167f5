import type { Iterations, Owner } from '../model.ts';
import type { Inventory, ResourceGroup } from '../worker/protocol.ts';
import type { LiveResource } from './live-resource.ts';
import type { Site } from './site.ts';

const MOST_DETAILS = 64;

/**
 * Counts what is there by what it is, by the place that created it and by its owner; timers by the magnitude
 * of their time too, for one that waits for a day does not belong to those that come and go beside it.
 */
export function takeInventory(iteration: Iterations, live: Iterable<LiveResource>): Inventory {
  const groups = new Map<string, Counted>();
  for (const { kind, noun, collective, detail, site, owner } of live) {
    const magnitude = typeof detail === 'number' ? Math.ceil(Math.log10(Math.max(1, detail))) : '';
    const key = `${kind} ${noun} ${magnitude} ${site.id} ${owner?.label ?? ''}`;
    const group = groups.get(key) ?? {
      key,
      kind,
      noun,
      collective,
      site,
      owner,
      count: 0,
      details: new Set(),
    };
    group.count++;
    if (detail !== undefined && group.details.size < MOST_DETAILS) group.details.add(detail);
    groups.set(key, group);
  }
  return { iteration, groups: [...groups.values()].map(groupOf) };
}

interface Counted extends Pick<LiveResource, 'kind' | 'noun'> {
  readonly key: string;
  readonly site: Site;
  readonly collective: string | undefined;
  readonly owner: Owner | undefined;
  count: number;
  readonly details: Set<number | string>;
}

function groupOf({ site, owner, collective, details, ...counted }: Counted): ResourceGroup {
  const optional = { ...(owner && { owner }), ...(collective && { collective }) };
  return { ...counted, ...optional, details: [...details], frames: site.frames };
}
