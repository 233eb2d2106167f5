import { emptyReply, type Handler, type Query, type Reply } from '../../plugin.ts';
import { answer, type Resolve } from '../../zone/answer.ts';
import { lookup } from '../../zone/lookup.ts';
import { isSubdomain } from '../../zone/name.ts';
import type { Name } from '../../zone/record.ts';
import type { AutoZones } from './zones.ts';

export interface Surroundings {
  /** Zones that are answered for. */
  readonly origins: readonly Name[];
  readonly resolve: Resolve;
  readonly next: Handler | undefined;
}

/** Answers from the closest zone; what is in no zone goes on, or is refused at the end of the chain. */
export function serveZones(zones: AutoZones, { origins, resolve, next }: Surroundings): Handler {
  return { name: 'auto', serve };

  function serve(query: Query): Reply | Promise<Reply> {
    const zone = origins.some(origin => isSubdomain(query.name, origin))
      ? zones.match(query.name)
      : undefined;
    if (zone === undefined) return next === undefined ? emptyReply('REFUSED') : next.serve(query);
    if (query.type === 'AXFR' || query.type === 'IXFR') return emptyReply('REFUSED');
    return answer(lookup(zone, query), query, resolve);
  }
}
