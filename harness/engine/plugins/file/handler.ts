import { emptyReply, type Handler, passOn, type Query, type Reply } from '../../plugin.ts';
import { answer, type Resolve } from '../../zone/answer.ts';
import { type LookupResult, lookup } from '../../zone/lookup.ts';
import { closestOf, isSubdomain } from '../../zone/name.ts';
import type { Name } from '../../zone/record.ts';
import type { Zone } from '../../zone/zone.ts';
import type { FileOptions } from './options.ts';

export interface FileZone {
  readonly zone: Zone;
  /** When its file was changed last, as far as was known before it was read; milliseconds since 1970. */
  readonly read: number;
  readonly options: FileOptions;
}

/** Answers from the closest zone; what is in no zone goes on, or is refused at the end of the chain. */
export function serveFiles(
  zones: ReadonlyMap<Name, FileZone>,
  resolve: Resolve,
  next: Handler | undefined,
): Handler {
  return { name: 'file', serve };

  function serve(query: Query): Reply | Promise<Reply> {
    const closest = closestOf(query.name, zones);
    if (closest === undefined) return next === undefined ? emptyReply('REFUSED') : next.serve(query);
    if (query.type === 'AXFR' || query.type === 'IXFR') return emptyReply('REFUSED');
    const found = lookup(closest.zone, query);
    if (isMissing(found) && closest.options.fallthrough.some(zone => isSubdomain(query.name, zone))) {
      return passOn('file', next, query);
    }
    return answer(found, query, resolve);
  }
}

/** Nothing at all is known of the name; a name that only lacks the type is not missing. */
function isMissing({ result, emptyNonTerminal, answers }: LookupResult): boolean {
  return answers.length === 0 && (result === 'nxdomain' || emptyNonTerminal);
}
