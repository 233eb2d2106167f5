import type { ZoneContent } from './content.ts';
import { isSubdomain } from './name.ts';
import { parseServiceBinding } from './rdata/svcb.ts';
import type { Name, RecordType, ResourceRecord } from './record.ts';
import { withSignatures } from './signatures.ts';

/** Addresses in the zone of the hosts that MX, SRV, SVCB and HTTPS records name, each host once. */
export function addressesOfTargets(
  content: ZoneContent,
  records: readonly ResourceRecord[],
  dnssecOk: boolean,
): readonly ResourceRecord[] {
  if (!TYPES_WITH_TARGET.has(records[0]?.type ?? '')) return [];
  const targets = records.map(targetOf).filter(target => target !== undefined);
  return addresses(content, targets, dnssecOk);
}

/** Addresses of name servers that lie at or below the names they serve; others can be found without them. */
export function glue(
  content: ZoneContent,
  servers: readonly ResourceRecord[],
  dnssecOk: boolean,
): readonly ResourceRecord[] {
  const hosts = servers.flatMap(({ name, data }) =>
    typeof data === 'string' && isSubdomain(data, name) ? [data] : [],
  );
  return addresses(content, hosts, dnssecOk);
}

function addresses(
  content: ZoneContent,
  hosts: readonly Name[],
  dnssecOk: boolean,
): readonly ResourceRecord[] {
  const types: readonly RecordType[] = ['A', 'AAAA'];
  return [...new Set(hosts)]
    .filter(host => isSubdomain(host, content.origin))
    .flatMap(host => types.flatMap(type => withSignatures(content, content.records(host, type), dnssecOk)));
}

function targetOf({ name, data }: ResourceRecord): Name | undefined {
  if (Buffer.isBuffer(data)) {
    const binding = parseServiceBinding(data);
    return binding?.target === '.' && binding.priority > 0 ? name : binding?.target;
  }
  if (typeof data === 'object' && 'exchange' in data) return data.exchange;
  return typeof data === 'object' && 'target' in data ? data.target : undefined;
}

const TYPES_WITH_TARGET: ReadonlySet<RecordType> = new Set(['MX', 'SRV', 'SVCB', 'HTTPS']);
