import { MAX_TTL, parseTtl } from '../ttl.ts';
import type { Field } from './fields.ts';

export const uint8: Field<number> = unsigned(1);
export const uint16: Field<number> = unsigned(2);
export const uint32: Field<number> = unsigned(4);

/** Seconds, also written with units: `1h30m`. */
export const duration: Field<number> = {
  read: fields => parseTtl(fields.word() ?? ''),
  decode(wire) {
    const seconds = wire.integer(4);
    return seconds !== undefined && seconds <= MAX_TTL ? seconds : undefined;
  },
  write: String,
};

/** DNSSEC algorithm: its number or its mnemonic (RFC 4034 appendix A.1). */
export const algorithm: Field<number> = {
  ...uint8,
  read(fields) {
    const word = fields.word();
    return word === undefined ? undefined : (ALGORITHMS.get(word.toUpperCase()) ?? decimal(word, 255));
  },
};

/** A field after a number that is always the same and that the data leaves out. */
export function after<T>(constant: number, field: Field<T>): Field<T> {
  return {
    ...field,
    read: fields => (fields.word() === String(constant) ? field.read(fields) : undefined),
    decode: wire => (wire.integer(1) === constant ? field.decode(wire) : undefined),
    write: value => `${constant} ${field.write(value)}`,
  };
}

/** Seconds since 1970, also written as `YYYYMMDDHHmmSS` in UTC (RFC 4034 section 3.2). */
export const instant: Field<number> = {
  read(fields) {
    const word = fields.word() ?? '';
    return DATE.test(word) ? parseDate(word) : decimal(word, 0xffffffff);
  },
  decode: wire => wire.integer(4),
  write: seconds => new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14),
};

function unsigned(octets: 1 | 2 | 4): Field<number> {
  const largest = 2 ** (8 * octets) - 1;
  return {
    read: fields => decimal(fields.word(), largest),
    decode: wire => wire.integer(octets),
    write: String,
  };
}

function decimal(word: string | undefined, largest: number): number | undefined {
  if (word === undefined || !DIGITS.test(word)) return undefined;
  const number = Number(word);
  return number <= largest ? number : undefined;
}

function parseDate(digits: string): number | undefined {
  const milliseconds = Date.parse(digits.replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
  const seconds = milliseconds / 1000;
  return seconds >= 0 && seconds <= 0xffffffff && instant.write(seconds) === digits ? seconds : undefined;
}

const DIGITS = /^\d{1,10}$/;
const DATE = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;

const ALGORITHMS: ReadonlyMap<string, number> = new Map([
  ['RSAMD5', 1],
  ['DH', 2],
  ['DSA', 3],
  ['RSASHA1', 5],
  ['DSA-NSEC3-SHA1', 6],
  ['RSASHA1-NSEC3-SHA1', 7],
  ['RSASHA256', 8],
  ['RSASHA512', 10],
  ['ECC-GOST', 12],
  ['ECDSAP256SHA256', 13],
  ['ECDSAP384SHA384', 14],
  ['ED25519', 15],
  ['ED448', 16],
  ['INDIRECT', 252],
  ['PRIVATEDNS', 253],
  ['PRIVATEOID', 254],
]);
