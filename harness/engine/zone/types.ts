import type { RecordType } from './record.ts';

/**
 * Number of a record type. Mnemonics in any case; `TYPEnnn` for every other type (RFC 3597 section 5).
 * @throws {RangeError} if the text names no type.
 */
export function typeNumber(type: RecordType): number {
  const number = findType(type);
  if (number === undefined)
    throw new RangeError(`Cannot encode record type, a mnemonic or TYPEnnn is needed: ${type}`);
  return number;
}

/** Mnemonic of a record type, or `TYPEnnn`. */
export function typeName(number: number): RecordType {
  return MNEMONICS.get(number) ?? `TYPE${number}`;
}

/** Number of the type that the text names, if it names one. */
export function findType(text: string): number | undefined {
  return NUMBERS.get(text) ?? findInAnyCase(text.toUpperCase());
}

/** Types of queries and of EDNS, TSIG and TKEY: never data of a zone (RFC 6895 section 3.1). */
export function isMetaType(number: number): boolean {
  return number === 0 || number === 41 || (number >= 128 && number <= 255);
}

function findInAnyCase(upper: string): number | undefined {
  const number = NUMBERS.get(upper);
  if (number !== undefined) return number;
  const generic = /^TYPE(\d{1,5})$/.exec(upper);
  return generic !== null && Number(generic[1]) <= 0xffff ? Number(generic[1]) : undefined;
}

/** IANA, "Resource Record (RR) TYPEs". */
const NUMBERS: ReadonlyMap<RecordType, number> = new Map([
  ['A', 1],
  ['NS', 2],
  ['CNAME', 5],
  ['SOA', 6],
  ['NULL', 10],
  ['PTR', 12],
  ['HINFO', 13],
  ['MINFO', 14],
  ['MX', 15],
  ['TXT', 16],
  ['RP', 17],
  ['AFSDB', 18],
  ['SIG', 24],
  ['KEY', 25],
  ['AAAA', 28],
  ['LOC', 29],
  ['SRV', 33],
  ['NAPTR', 35],
  ['KX', 36],
  ['CERT', 37],
  ['DNAME', 39],
  ['OPT', 41],
  ['APL', 42],
  ['DS', 43],
  ['SSHFP', 44],
  ['IPSECKEY', 45],
  ['RRSIG', 46],
  ['NSEC', 47],
  ['DNSKEY', 48],
  ['DHCID', 49],
  ['NSEC3', 50],
  ['NSEC3PARAM', 51],
  ['TLSA', 52],
  ['SMIMEA', 53],
  ['HIP', 55],
  ['CDS', 59],
  ['CDNSKEY', 60],
  ['OPENPGPKEY', 61],
  ['CSYNC', 62],
  ['ZONEMD', 63],
  ['SVCB', 64],
  ['HTTPS', 65],
  ['SPF', 99],
  ['EUI48', 108],
  ['EUI64', 109],
  ['TKEY', 249],
  ['TSIG', 250],
  ['IXFR', 251],
  ['AXFR', 252],
  ['ANY', 255],
  ['URI', 256],
  ['CAA', 257],
]);

const MNEMONICS: ReadonlyMap<number, RecordType> = new Map(
  [...NUMBERS].map(([name, number]) => [number, name]),
);
