/**
 * Resource records as the engine keeps them: owner, type, TTL, and data in the shape that dns-packet encodes.
 * @module
 */

/**
 * An absolute domain name in presentation format: labels lower-cased, `\.`, `\\` and `\DDD` escapes, trailing dot; the root
 * is `.` (RFC 1035 section 5.1, RFC 4343).
 */
export type Name = string;

/** Seconds, 0 to 2^31 - 1 (RFC 2181 section 8). */
export type Ttl = number;

/** Mnemonic (`A`, `HTTPS`) or `TYPEnnn` (RFC 3597 section 5). */
export type RecordType = string;

export interface ResourceRecord {
  readonly name: Name;
  readonly type: RecordType;
  readonly ttl: Ttl;
  readonly data: RecordData;
}

/**
 * Data of a record, by type: A, AAAA: the address; NS, CNAME, PTR, DNAME: the target `Name`; the structures below for the
 * types that have one; `Buffer` (wire-format RDATA, no compression) for SVCB, HTTPS and every type without a structure.
 */
export type RecordData =
  | string
  | Buffer
  | SoaData
  | MxData
  | SrvData
  | TxtData
  | CaaData
  | NaptrData
  | TlsaData
  | SshfpData
  | DsData
  | DnskeyData
  | RrsigData
  | NsecData;

export interface SoaData {
  readonly mname: Name;
  readonly rname: Name;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}
export interface MxData {
  readonly preference: number;
  readonly exchange: Name;
}
export interface SrvData {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: Name;
}
/** Character strings, each at most 255 octets. */
export type TxtData = readonly Buffer[];
export interface CaaData {
  readonly flags: number;
  readonly tag: string;
  readonly value: string;
}
export interface NaptrData {
  readonly order: number;
  readonly preference: number;
  readonly flags: string;
  readonly services: string;
  readonly regexp: string;
  readonly replacement: Name;
}
export interface TlsaData {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly certificate: Buffer;
}
export interface SshfpData {
  readonly algorithm: number;
  readonly hash: number;
  /** Lower-case hexadecimal. */
  readonly fingerprint: string;
}
export interface DsData {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Buffer;
}
export interface DnskeyData {
  readonly flags: number;
  readonly algorithm: number;
  readonly key: Buffer;
}
export interface RrsigData {
  readonly typeCovered: RecordType;
  readonly algorithm: number;
  readonly labels: number;
  readonly originalTTL: number;
  /** Seconds since 1970. */
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signersName: Name;
  readonly signature: Buffer;
}
export interface NsecData {
  readonly nextDomain: Name;
  readonly rrtypes: readonly RecordType[];
}
