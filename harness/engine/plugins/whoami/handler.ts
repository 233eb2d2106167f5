import { isIPv6 } from 'node:net';
import type { Handler, Query, Reply } from '../../plugin.ts';
import { absoluteName } from '../../zone/name.ts';
import type { Name, ResourceRecord } from '../../zone/record.ts';

/** Answers every query with the client's own address and port, in the additional section; the end of any chain. */
export const whoami: Handler = { name: 'whoami', serve: describeClient };

function describeClient(query: Query): Reply {
  return {
    rcode: 'NOERROR',
    authoritative: true,
    answers: [],
    authorities: [],
    additionals: [addressRecord(query), ...portRecords(query)],
  };
}

function addressRecord({ name, client }: Query): ResourceRecord {
  const data = client.address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
  return { name, type: isIPv6(data) ? 'AAAA' : 'A', ttl: 0, data };
}

/** None where the name asked for leaves no room for one more label. */
function portRecords({ name, transport, client }: Query): ResourceRecord[] {
  const owner = labelBefore(`_${transport}`, name);
  if (owner === undefined) return [];
  return [
    { name: owner, type: 'SRV', ttl: 0, data: { priority: 0, weight: 0, port: client.port, target: '.' } },
  ];
}

function labelBefore(label: string, name: Name): Name | undefined {
  try {
    return absoluteName(label, name);
  } catch {
    return undefined;
  }
}
