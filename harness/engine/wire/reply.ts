import type { Rcode, Reply } from '../plugin.ts';
import type { ResourceRecord } from '../zone/record.ts';
import { typeNumber } from '../zone/types.ts';
import { DNSSEC_OK, type Edns, OPT_SIZE, TYPE_OPT } from './edns.ts';
import { u16At } from './field.ts';
import { HEADER_SIZE } from './guard.ts';
import type { Request } from './query.ts';
import { writeData } from './rdata.ts';
import { MAX_MESSAGE, MessageWriter } from './writer.ts';

/**
 * Largest UDP reply, whatever the client offers, and what this server offers itself. Octets; fits an Ethernet frame behind
 * IPv6 and tunnels, so that no reply is ever fragmented (DNS flag day 2020; default of CoreDNS's `bufsize`).
 */
const MAX_UDP_SIZE = 1232;
/** Largest UDP reply to a client without EDNS, octets (RFC 1035 section 4.2.1). */
const MIN_UDP_SIZE = 512;

/**
 * The reply to a request as it goes onto the wire, behind its length for TCP. The question is repeated octet by octet, in
 * the case it was asked in.
 *
 * What does not fit is left out by whole RRsets: additional records silently, unless they are the glue of a referral
 * (RFC 9471 section 3.1); of answers and authorities TC tells (RFC 2181 section 9).
 *
 * @throws {Error} if a record cannot be encoded.
 */
export function composeReply(request: Request, reply: Reply): Buffer {
  return compose(request, RCODES[reply.rcode], reply);
}

/** A reply without records. */
export function composeStatus(request: Request, rcode: Rcode | 'BADVERS'): Buffer {
  return compose(request, rcode === 'BADVERS' ? BADVERS : RCODES[rcode], NO_RECORDS);
}

/** A reply to a packet of which only the header is understood: that header, its counts cleared. */
export function composeHeader(packet: Buffer, rcode: Rcode, transport: 'udp' | 'tcp'): Buffer {
  writer.begin(packet, HEADER_SIZE, '.');
  for (let offset = QUESTIONS; offset < HEADER_SIZE; offset += 2) writer.patch(offset, 0);
  writer.patch(FLAGS, (u16At(packet, FLAGS) & (OPCODE | RECURSION_DESIRED)) | RESPONSE | RCODES[rcode]);
  return transport === 'tcp' ? writer.takeFramed() : writer.take();
}

const NO_RECORDS = { authoritative: false, answers: [], authorities: [], additionals: [] } as const;

const RCODES: { readonly [rcode in Rcode]: number } = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
};
/** RFC 6891 section 6.1.3: its upper 8 bits travel in the OPT record. */
const BADVERS = 16;

const FLAGS = 2;
const QUESTIONS = 4;
const ANSWERS = 6;
const AUTHORITIES = 8;
const ADDITIONALS = 10;

const RESPONSE = 0x8000;
const OPCODE = 0x7800;
const AUTHORITATIVE = 0x0400;
const TRUNCATED = 0x0200;
const RECURSION_DESIRED = 0x0100;
/** Copied from query to response, RFC 4035 section 3.1.6. */
const CHECKING_DISABLED = 0x0010;

const CLASS_IN = 1;

/**
 * One for the process: a reply is composed without a pause. Sending is not: a socket may keep what it is given until the
 * kernel takes it. So what leaves this file is always a copy, sliced from Node's buffer pool, which costs about as much as
 * the object that describes it and, unlike a pool of our own, needs nobody to give it back.
 */
const writer = new MessageWriter();

function compose(request: Request, rcode: number, reply: Omit<Reply, 'rcode'>): Buffer {
  const { packet, questionEnd, query, edns } = request;
  const room = roomFor(request);
  writer.begin(packet, questionEnd, query.name);
  const answers = writeSection(reply.answers, room);
  const authorities = answers === reply.answers.length ? writeSection(reply.authorities, room) : 0;
  const fits = answers === reply.answers.length && authorities === reply.authorities.length;
  const additionals = fits ? writeSection(reply.additionals, room) : 0;
  const truncated = !fits || (additionals < reply.additionals.length && isReferral(reply));
  if (edns !== undefined) writeOpt(edns, rcode);

  const asked = u16At(packet, FLAGS) & (RECURSION_DESIRED | CHECKING_DISABLED);
  const said = (reply.authoritative ? AUTHORITATIVE : 0) | (truncated ? TRUNCATED : 0);
  writer.patch(FLAGS, RESPONSE | asked | said | (rcode & 0xf));
  writer.patch(ANSWERS, answers);
  writer.patch(AUTHORITIES, authorities);
  writer.patch(ADDITIONALS, edns === undefined ? additionals : additionals + 1);
  return query.transport === 'tcp' ? writer.takeFramed() : writer.take();
}

/** Octets up to which records may be written; the OPT record always fits behind them. */
function roomFor({ query, edns }: Request): number {
  const reserved = edns === undefined ? 0 : OPT_SIZE;
  if (query.transport === 'tcp') return MAX_MESSAGE - reserved;
  return Math.min(Math.max(edns?.udpSize ?? 0, MIN_UDP_SIZE), MAX_UDP_SIZE) - reserved;
}

/** Writes whole RRsets until one would end beyond `room`; returns the number of records written. */
function writeSection(records: readonly ResourceRecord[], room: number): number {
  let written = 0;
  let setStart = 0;
  let setOffset = writer.length;
  let previous: ResourceRecord | undefined;
  for (const record of records) {
    if (record.type !== previous?.type || record.name !== previous.name) {
      setStart = written;
      setOffset = writer.length;
    }
    writeRecord(record);
    if (writer.length > room) {
      writer.rewind(setOffset);
      return setStart;
    }
    previous = record;
    written++;
  }
  return written;
}

function writeRecord(record: ResourceRecord): void {
  writer.compressedName(record.name);
  writer.u16(typeNumber(record.type));
  writer.u16(CLASS_IN);
  writer.u32(record.ttl);
  writeData(writer, record);
}

function isReferral({ authoritative, answers, authorities }: Omit<Reply, 'rcode'>): boolean {
  return !authoritative && answers.length === 0 && authorities[0]?.type === 'NS';
}

/** RFC 6891 section 6.1.2. DO is repeated (RFC 3225 section 3), the version is the highest known: 0. */
function writeOpt(edns: Edns, rcode: number): void {
  writer.u8(0);
  writer.u16(TYPE_OPT);
  writer.u16(MAX_UDP_SIZE);
  writer.u8(rcode >> 4);
  writer.u8(0);
  writer.u16(edns.dnssecOk ? DNSSEC_OK : 0);
  writer.u16(0);
}
