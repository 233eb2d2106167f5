import type { ZoneContent } from './content.ts';
import type { Name, RecordType, ResourceRecord, RrsigData } from './record.ts';

/**
 * Records of one owner and type, with the signatures that cover them if the client asked for DNSSEC (RFC 4035 section 3.1.1).
 * `owner`: where the signatures are, for records made from a wildcard not the name in the answer.
 */
export function withSignatures(
  content: ZoneContent,
  records: readonly ResourceRecord[],
  dnssecOk: boolean,
  owner?: Name,
): readonly ResourceRecord[] {
  const first = records[0];
  if (!dnssecOk || first === undefined) return records;
  return [...records, ...signaturesOf(content, owner ?? first.name, first.type)];
}

/** The SOA of a negative answer; its signature has the TTL of what it covers (RFC 4034 section 3). */
export function negativeSoa(content: ZoneContent, dnssecOk: boolean): readonly ResourceRecord[] {
  const soa = content.negativeSoa;
  if (!dnssecOk) return [soa];
  const signatures = signaturesOf(content, content.origin, 'SOA');
  return [soa, ...signatures.map(signature => ({ ...signature, ttl: Math.min(signature.ttl, soa.ttl) }))];
}

function signaturesOf(content: ZoneContent, owner: Name, type: RecordType): readonly ResourceRecord[] {
  return content
    .records(owner, 'RRSIG')
    .filter(record => isSignature(record) && record.data.typeCovered === type);
}

function isSignature(record: ResourceRecord): record is ResourceRecord & { readonly data: RrsigData } {
  return record.type === 'RRSIG';
}
