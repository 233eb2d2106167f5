import type { Query } from '../plugin.ts';
import { labelsToName } from '../zone/name.ts';
import type { Name } from '../zone/record.ts';
import { typeName } from '../zone/types.ts';
import { type Edns, readEdns } from './edns.ts';
import { u16At } from './field.ts';
import { HEADER_SIZE, MAX_QUERY_SIZE } from './guard.ts';
import { findNameEnd, MALFORMED } from './name.ts';

/** A query together with what its reply has to repeat. */
export interface Request {
  readonly query: Query;
  /** Starts with the header and the question as they were received. */
  readonly packet: Buffer;
  /** Offset of the first octet after the question. */
  readonly questionEnd: number;
  readonly edns: Edns | undefined;
}

/** Where a packet came from and came in. */
export interface Arrival {
  readonly client: Query['client'];
  readonly transport: Query['transport'];
  /** Local port. */
  readonly port: number;
}

/**
 * Decodes an admitted packet; undefined if it is malformed. The records after the question are dns-packet's to decode; the
 * question is read here, because dns-packet takes labels for UTF-8 and does not escape the dots in them.
 *
 * The query holds strings and numbers only and may be kept. The request holds the packet: see `detach`.
 */
export function parseQuery(packet: Buffer, { client, transport, port }: Arrival): Request | undefined {
  const nameEnd = findNameEnd(packet, HEADER_SIZE);
  const questionEnd = nameEnd + 4;
  if (nameEnd === MALFORMED || questionEnd > packet.length) return undefined;
  const edns = readEdns(packet, questionEnd);
  if (edns === 'malformed') return undefined;
  const query: Query = {
    name: readName(packet, nameEnd),
    type: typeName(u16At(packet, nameEnd)),
    class: className(u16At(packet, nameEnd + 2)),
    dnssecOk: edns?.dnssecOk ?? false,
    transport,
    client,
    port,
  };
  return { query, packet, questionEnd, edns };
}

/** The request without the receive buffer, for handlers that answer later: a read of a stream is 64 kB long. */
export function detach(request: Request): Request {
  return { ...request, packet: Buffer.from(request.packet.subarray(0, request.questionEnd)) };
}

const PLAIN_NAME = /^[a-z0-9_*/+=.-]+$/;
const DOT = 46;
const CLASS_NAMES: { readonly [number: number]: string } = {
  1: 'IN',
  3: 'CH',
  4: 'HS',
  254: 'NONE',
  255: 'ANY',
};

/** The packet whose name is being read, its length octets overwritten with dots. One for the process. */
const dotted = Buffer.allocUnsafeSlow(MAX_QUERY_SIZE);

/** Read in one piece, with dots for length octets; with a dot inside a label, or anything unusual, label by label. */
function readName(packet: Buffer, nameEnd: number): Name {
  dotted.set(packet);
  for (let offset = HEADER_SIZE; offset < nameEnd; offset += (packet[offset] ?? 0) + 1) {
    dotted[offset] = DOT;
  }
  const name = dotted.toString('latin1', HEADER_SIZE + 1, nameEnd).toLowerCase();
  return PLAIN_NAME.test(name) && !hasDotInLabel(packet, name) ? name : labelsToName(readLabels(packet));
}

/** Up to the first dot in a label, text and packet have their labels at the same places. */
function hasDotInLabel(packet: Buffer, name: Name): boolean {
  for (let start = 0; start < name.length; ) {
    const end = start + (packet[HEADER_SIZE + start] ?? 0);
    if (name.indexOf('.', start) !== end) return true;
    start = end + 1;
  }
  return false;
}

function readLabels(packet: Buffer): Buffer[] {
  const labels: Buffer[] = [];
  let offset = HEADER_SIZE;
  for (let length = packet[offset] ?? 0; length > 0; length = packet[offset] ?? 0) {
    labels.push(packet.subarray(offset + 1, offset + 1 + length));
    offset += length + 1;
  }
  return labels;
}

function className(number: number): string {
  return CLASS_NAMES[number] ?? `CLASS${number}`;
}
