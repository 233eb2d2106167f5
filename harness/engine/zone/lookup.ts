import type { Query } from '../plugin.ts';
import { addressesOfTargets, glue } from './additional.ts';
import { aliasTarget, synthesiseCname } from './alias.ts';
import { type Node, ofType, type ZoneContent } from './content.ts';
import { type Cut, findCut } from './cut.ts';
import { nsecAt, nsecCovering } from './denial.ts';
import { failure, type LookupResult, negative, type Records, success } from './lookup-result.ts';
import { isSubdomain, parentOf } from './name.ts';
import type { Name, ResourceRecord } from './record.ts';
import { negativeSoa, withSignatures } from './signatures.ts';
import type { Zone } from './zone.ts';

export { type LookupResult, toReply } from './lookup-result.ts';

/**
 * Answers from one zone (RFC 1034 section 4.3.2, wildcards by RFC 4592, DNAME by RFC 6672, DNSSEC by RFC 4035 section 3.1), by the
 * rules of CoreDNS's `file`: among them that a CNAME goes before other types of its name, and that a chain ends after 8 further
 * links, answered as it is. Beyond them, negative answers have the SOA's TTL cut to its minimum field (RFC 2308 section 3),
 * and a delegation without DS proves that with NSEC. ANY finds nothing but existence: it is answered as a type no name has.
 * The query's name must be in the zone. `servfail`: the zone was never loaded, or a DNAME gives no usable name.
 */
export function lookup(zone: Zone, query: Query): LookupResult {
  return zone.content === undefined ? failure([]) : find(zone.content, query, []);
}

type Question = Pick<Query, 'name' | 'type' | 'dnssecOk'>;

/** CNAME links followed after the first. */
const MAX_LINKS = 8;

/** `before`: the aliases that led here. */
function find(content: ZoneContent, question: Question, before: Records): LookupResult {
  const { name, type } = question;
  if (name === content.origin && (type === 'SOA' || type === 'NS')) return apex(content, question, before);
  const cut = content.hasCuts ? findCut(content, name, type) : undefined;
  if (cut !== undefined) return atCut(content, question, before, cut);
  const node = content.names.get(name);
  if (node !== undefined) return fromNode(content, question, before, node, name);
  if (content.has(name)) return noData(content, question, before, name !== content.origin);
  return fromEncloser(content, question, before);
}

function apex(content: ZoneContent, { type, dnssecOk }: Question, before: Records): LookupResult {
  const servers = nameServers(content, dnssecOk);
  if (type === 'NS')
    return success([...before, ...servers], [], glue(content, content.nameServers, dnssecOk));
  return success(
    [...before, ...withSignatures(content, [content.soa], dnssecOk, content.origin)],
    servers,
    [],
  );
}

function atCut(content: ZoneContent, question: Question, before: Records, cut: Cut): LookupResult {
  const { name, type, dnssecOk } = question;
  if (cut.kind === 'delegation') return delegation(content, dnssecOk, before, cut.servers);
  const cname = synthesiseCname(cut.dname, name);
  const answers = [...before, ...withSignatures(content, [cut.dname], dnssecOk)];
  if (cname === undefined) return failure(answers);
  answers.push(cname);
  if (type === 'CNAME') return success(answers, nameServers(content, dnssecOk), []);
  return follow(content, question, answers, cname);
}

function delegation(
  content: ZoneContent,
  dnssecOk: boolean,
  before: Records,
  servers: Records,
): LookupResult {
  const cut = servers[0]?.name ?? '.';
  const signers = content.records(cut, 'DS');
  const proof = signers.length > 0 ? withSignatures(content, signers, true) : nsecAt(content, cut);
  return {
    result: 'delegation',
    emptyNonTerminal: false,
    authoritative: before.length > 0,
    answers: before,
    authorities: dnssecOk ? [...servers, ...proof] : servers,
    additionals: glue(content, servers, dnssecOk),
  };
}

/** `owner`: of the node; another name than the question's if it is a wildcard. */
function fromNode(
  content: ZoneContent,
  question: Question,
  before: Records,
  node: Node,
  owner: Name,
): LookupResult {
  const { name, type, dnssecOk } = question;
  const alias = type === 'CNAME' ? undefined : ofType(node, 'CNAME')[0];
  const records = ofType(node, alias === undefined ? type : 'CNAME');
  if (records.length === 0) return noData(content, question, before, false, owner);
  const found = owner === name ? records : records.map(record => ({ ...record, name }));
  const signed = withSignatures(content, found, dnssecOk, owner);
  // Signatures of a wildcard keep its labels count but take the owner of the answer (RFC 4035 section 3.1.3.3).
  const renamed = owner === name || !dnssecOk ? signed : signed.map(record => ({ ...record, name }));
  const answers = before.length === 0 ? renamed : [...before, ...renamed];
  if (alias !== undefined) return follow(content, question, answers, alias);
  return success(answers, nameServers(content, dnssecOk), addressesOfTargets(content, found, dnssecOk));
}

function follow(
  content: ZoneContent,
  question: Question,
  answers: Records,
  alias: ResourceRecord,
): LookupResult {
  const target = aliasTarget(alias);
  const links = answers.filter(record => record.type === 'CNAME');
  const ended = links.length > MAX_LINKS || links.some(link => link.name === target);
  const inside = isSubdomain(target, content.origin);
  if (inside && !ended) return find(content, { ...question, name: target }, answers);
  const found = success(answers, nameServers(content, question.dnssecOk), []);
  return inside ? found : { ...found, chase: target };
}

function fromEncloser(content: ZoneContent, question: Question, before: Records): LookupResult {
  const { name, dnssecOk } = question;
  const encloser = closestEncloser(content, name);
  const wildcard = encloser === '.' ? '*.' : `*.${encloser}`;
  const node = content.hasWildcards ? content.names.get(wildcard) : undefined;
  if (node !== undefined) {
    const found = fromNode(content, question, before, node, wildcard);
    return dnssecOk
      ? { ...found, authorities: merged(found.authorities, nsecCovering(content, name)) }
      : found;
  }
  if (content.hasWildcards && content.has(wildcard)) return noData(content, question, before, false);
  const proof = dnssecOk ? nsecCovering(content, name, wildcard) : [];
  return negative('nxdomain', before, [...negativeSoa(content, dnssecOk), ...proof], false);
}

/** The longest ancestor that exists (RFC 4592 section 3.3.1). */
function closestEncloser(content: ZoneContent, name: Name): Name {
  let encloser = parentOf(name);
  while (encloser !== '.' && !content.has(encloser)) encloser = parentOf(encloser);
  return encloser;
}

function noData(
  content: ZoneContent,
  { name, dnssecOk }: Question,
  before: Records,
  emptyNonTerminal: boolean,
  owner: Name = name,
): LookupResult {
  const authorities = negativeSoa(content, dnssecOk);
  if (!dnssecOk) return negative('nodata', before, authorities, emptyNonTerminal);
  const atName = nsecAt(content, owner);
  const proof = atName.length > 0 ? atName : nsecCovering(content, owner);
  return negative('nodata', before, [...authorities, ...proof], emptyNonTerminal);
}

function nameServers(content: ZoneContent, dnssecOk: boolean): Records {
  return withSignatures(content, content.nameServers, dnssecOk);
}

function merged(authorities: Records, proof: Records): Records {
  return [...new Set([...authorities, ...proof])];
}
