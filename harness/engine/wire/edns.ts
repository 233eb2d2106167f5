import { decode, type OptAnswer } from 'dns-packet';
import { u16At } from './field.ts';

/** What a query's OPT record says (RFC 6891). Its options are ignored: there is none this server knows. */
export interface Edns {
  readonly version: number;
  /** Largest UDP reply the client takes, octets, as sent. */
  readonly udpSize: number;
  readonly dnssecOk: boolean;
}

/**
 * Reads the OPT record of a packet that passed `checkPacket`; undefined if there is none. Malformed: a record that cannot
 * be decoded or ends outside the packet, a second OPT, an OPT whose owner is not the root (RFC 6891 section 6.1.1).
 * Most packets hold nothing but an OPT record without options behind the question; such a one is read where it stands.
 */
export function readEdns(packet: Buffer, questionEnd: number): Edns | undefined | 'malformed' {
  if (u16At(packet, ADDITIONAL_COUNT) === 0) return undefined;
  if (isBareOpt(packet, questionEnd)) return readBareOpt(packet, questionEnd);
  const records = decodeOpts(packet);
  if (records === undefined || records.length > 1) return 'malformed';
  const opt = records[0];
  if (opt === undefined) return undefined;
  if (opt.name !== '.') return 'malformed';
  return { version: opt.ednsVersion, udpSize: opt.udpPayloadSize, dnssecOk: (opt.flags & DNSSEC_OK) !== 0 };
}

/** RFC 6891 section 6.1.1. */
export const TYPE_OPT = 41;
/** Octets of an OPT record without options. */
export const OPT_SIZE = 11;
/** DO, RFC 3225 section 3. */
export const DNSSEC_OK = 0x8000;

const ANSWER_COUNT = 6;
const AUTHORITY_COUNT = 8;
const ADDITIONAL_COUNT = 10;

/** Is the record at `offset` the only one, and an OPT record of the root without options that ends the packet? */
function isBareOpt(packet: Buffer, offset: number): boolean {
  return (
    packet.length === offset + OPT_SIZE &&
    u16At(packet, ANSWER_COUNT) === 0 &&
    u16At(packet, AUTHORITY_COUNT) === 0 &&
    u16At(packet, ADDITIONAL_COUNT) === 1 &&
    packet[offset] === 0 &&
    u16At(packet, offset + 1) === TYPE_OPT &&
    u16At(packet, offset + OPT_SIZE - 2) === 0
  );
}

function readBareOpt(packet: Buffer, offset: number): Edns {
  return {
    udpSize: u16At(packet, offset + 3),
    version: u16At(packet, offset + 5) & 0xff,
    dnssecOk: (u16At(packet, offset + 7) & DNSSEC_OK) !== 0,
  };
}

function decodeOpts(packet: Buffer): OptAnswer[] | undefined {
  try {
    const { additionals = [] } = decode(packet);
    // dns-packet loses its place (NaN) after some truncated records, and reads unknown ones past the end.
    if (!(decode.bytes <= packet.length)) return undefined;
    return additionals.filter(record => record.type === 'OPT');
  } catch {
    return undefined;
  }
}
