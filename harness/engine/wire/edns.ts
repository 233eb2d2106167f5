import { decode, type OptAnswer } from 'dns-packet';

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
 */
export function readEdns(packet: Buffer): Edns | undefined | 'malformed' {
  if (packet.readUInt16BE(ADDITIONAL_COUNT) === 0) return undefined;
  const records = decodeOpts(packet);
  if (records === undefined || records.length > 1) return 'malformed';
  const opt = records[0];
  if (opt === undefined) return undefined;
  if (opt.name !== '.') return 'malformed';
  return { version: opt.ednsVersion, udpSize: opt.udpPayloadSize, dnssecOk: (opt.flags & DNSSEC_OK) !== 0 };
}

/** Octets of an OPT record without options. */
export const OPT_SIZE = 11;
/** DO, RFC 3225 section 3. */
export const DNSSEC_OK = 0x8000;

const ADDITIONAL_COUNT = 10;

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
