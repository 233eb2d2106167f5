import type { RecordData, RecordType } from '../record.ts';
import { type Fields, WireReader } from './fields.ts';
import { DATA_FIELDS } from './table.ts';

/**
 * Reads the data of a record to the end of its entry: the type's own notation, or `\# LENGTH HEX` (RFC 3597 section 5), which
 * for a type that is known gives the same data as its own notation.
 * @throws {ZoneFileError} for malformed data, for tokens after it, and for a type that is known only by number when its data
 * is not in `\#` form.
 */
export function readData(type: RecordType, fields: Fields): RecordData {
  const { position } = fields;
  const first = fields.peek();
  const data =
    first?.text === '\\#' && !first.quoted ? readGeneric(type, fields) : readSpecific(type, fields, position);
  if (fields.peek() !== undefined) throw fields.error('garbage after rdata');
  return data;
}

function readSpecific(type: RecordType, fields: Fields, position: number): RecordData {
  const field = DATA_FIELDS.get(type);
  if (field === undefined)
    throw fields.error(`bad ${type} data, the form "\\# length hex" is required`, position);
  const data = field.read(fields);
  if (data === undefined) throw fields.error(`bad ${type} ${field.label ?? 'data'}`, position);
  return data;
}

function readGeneric(type: RecordType, fields: Fields): RecordData {
  fields.next();
  const { position } = fields;
  const length = fields.word() ?? '';
  const digits = fields
    .rest()
    .map(token => token.text)
    .join('');
  const octets = Buffer.from(digits, 'hex');
  if (!/^\d{1,5}$/.test(length) || Number(length) > 0xffff)
    throw fields.error('bad RFC3597 length', position);
  if (octets.length * 2 !== digits.length || octets.length !== Number(length))
    throw fields.error('bad RFC3597 Rdata', position + 1);
  const data = decodeData(type, octets);
  if (data === undefined) throw fields.error(`bad ${type} data in RFC3597 form`, position);
  return data;
}

/** Data from RDATA in wire form without compression; undefined if it is malformed. */
export function decodeData(type: RecordType, octets: Buffer): RecordData | undefined {
  const field = DATA_FIELDS.get(type);
  if (field === undefined) return octets;
  const wire = new WireReader(octets);
  const data = field.decode(wire);
  return wire.finished ? data : undefined;
}
