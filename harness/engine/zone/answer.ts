import type { Query, Reply } from '../plugin.ts';
import { type LookupResult, toReply } from './lookup.ts';
import type { Name } from './record.ts';

/** Asks the whole server, whose other zones may know what this one does not. */
export type Resolve = (query: Query) => Reply | Promise<Reply>;

/** Internal questions that one query may cause before it is taken for a loop. */
const MAX_HOPS = 8;

/**
 * What a zone found, as a reply. A CNAME that leads out of the zone is followed through the server itself: this engine never asks other
 * servers, so a target that it does not serve leaves the CNAME as the whole answer. When the target's zone fails, or the
 * chain goes through too many zones, the CNAME is returned with SERVFAIL.
 */
export function answer(found: LookupResult, query: Query, resolve: Resolve): Reply | Promise<Reply> {
  const reply = toReply(found);
  return found.chase === undefined ? reply : chase(reply, found.chase, query, resolve);
}

function chase(reply: Reply, target: Name, query: Query, resolve: Resolve): Reply | Promise<Reply> {
  const failed = (): Reply => ({ ...reply, rcode: 'SERVFAIL' });
  const hops = (query.hops ?? 0) + 1;
  if (hops > MAX_HOPS) return failed();
  try {
    const rest = resolve({ ...query, name: target, hops });
    return rest instanceof Promise ? rest.then(found => join(reply, found), failed) : join(reply, rest);
  } catch {
    return failed();
  }
}

/**
 * The alias first, then what was found for its target, with that answer's outcome. Its authority goes with it where nothing
 * was found in the end, whatever aliases led there: the SOA by which that may be kept (RFC 2308 section 2).
 */
function join(alias: Reply, found: Reply): Reply {
  if (found.rcode === 'REFUSED') return alias;
  if (found.rcode !== 'NOERROR' && found.rcode !== 'NXDOMAIN') return { ...alias, rcode: 'SERVFAIL' };
  return {
    rcode: found.rcode,
    authoritative: alias.authoritative,
    answers: [...alias.answers, ...found.answers],
    authorities: isNegative(found) ? found.authorities : alias.authorities,
    additionals: found.additionals,
  };
}

function isNegative({ rcode, answers, authorities }: Reply): boolean {
  return rcode === 'NXDOMAIN' || answers.length === 0 || authorities.some(({ type }) => type === 'SOA');
}
