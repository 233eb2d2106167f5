import { u16At } from './field.ts';

/** What is to become of a packet, decided from its header alone. */
export type Admission = 'ok' | 'drop' | 'formerr' | 'notimp';

/** Octets. One question and a padded OPT record need far less; the bound keeps decoding and buffering cheap. */
export const MAX_QUERY_SIZE = 4096;

/**
 * Admits a packet before anything decodes it. Its counts must be those of a query (one question; room for the SOA of an
 * IXFR, for OPT and TSIG) and must fit its length, so that what is decoded afterwards is bounded by what was sent.
 *
 * Responses are dropped, never answered: answering them would let two servers talk to each other for ever.
 * Sources: RFC 1035 section 4.1.1, RFC 9619 (one question); the counts are those CoreDNS's DNS library accepts.
 */
export function checkPacket(packet: Buffer): Admission {
  if (packet.length < HEADER_SIZE) return 'drop';
  const flags = u16At(packet, 2);
  if ((flags & RESPONSE) !== 0) return 'drop';
  if ((flags & OPCODE) !== 0) return 'notimp';
  if (packet.length > MAX_QUERY_SIZE || u16At(packet, 4) !== 1) return 'formerr';
  const answers = u16At(packet, 6);
  const authorities = u16At(packet, 8);
  const additionals = u16At(packet, 10);
  if (answers > 1 || authorities > 1 || additionals > 2) return 'formerr';
  const least = HEADER_SIZE + LEAST_QUESTION + (answers + authorities + additionals) * LEAST_RECORD;
  return packet.length < least ? 'formerr' : 'ok';
}

/** Octets of the header, RFC 1035 section 4.1.1. */
export const HEADER_SIZE = 12;

const RESPONSE = 0x8000;
const OPCODE = 0x7800;
/** The root name, type, class. */
const LEAST_QUESTION = 5;
/** The root name, type, class, TTL, length of no data. */
const LEAST_RECORD = 11;
