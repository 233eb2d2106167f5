import { DATA_FIELDS } from './rdata/table.ts';
import type { ResourceRecord } from './record.ts';

/** Data of a record as a master file has it; `\# LENGTH HEX` for types without a notation (RFC 3597 section 5). */
export function formatData(record: Pick<ResourceRecord, 'type' | 'data'>): string {
  const field = DATA_FIELDS.get(record.type);
  if (field !== undefined) return field.write(record.data);
  if (!Buffer.isBuffer(record.data))
    throw new TypeError(`Cannot write record data, type needs octets: ${record.type}`);
  return `\\# ${record.data.length} ${record.data.toString('hex')}`.trimEnd();
}

/** A whole record on one line. */
export function formatRecord(record: ResourceRecord): string {
  return `${record.name}\t${record.ttl}\tIN\t${record.type}\t${formatData(record)}`;
}
