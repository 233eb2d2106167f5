import { isIPv6 } from 'node:net';
import type { Field } from './fields.ts';

/** Dotted quad without leading zeros. */
export const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

export const ipv4: Field<string> = {
  read(fields) {
    const word = fields.word() ?? '';
    return IPV4.test(word) ? word : undefined;
  },
  decode: wire => wire.take(4)?.join('.'),
  write: address => address,
};

export const ipv6: Field<string> = {
  read: fields => parseIpv6(fields.word() ?? ''),
  decode(wire) {
    const octets = wire.take(16);
    return octets && formatIpv6(octets);
  },
  write: address => address,
};

/** The address in the form of RFC 5952 section 4; undefined if it is none. */
export function parseIpv6(text: string): string | undefined {
  const octets = ipv6ToOctets(text);
  return octets && formatIpv6(octets);
}

export function ipv6ToOctets(text: string): Buffer | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.replace(/[\d.]+$/, hexadecimalTail).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = new Array<string>(8 - left.length - right.length).fill('0');
  return Buffer.from([...left, ...zeros, ...right].map(group => group.padStart(4, '0')).join(''), 'hex');
}

/** Longest run of two or more zero groups shortened, first of several; IPv4-mapped addresses with a dotted quad. */
export function formatIpv6(octets: Buffer): string {
  if (octets.subarray(0, 12).equals(MAPPED)) return `::ffff:${octets.subarray(12).join('.')}`;
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map(offset => octets.readUInt16BE(offset).toString(16));
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)];
  const longest = runs.reduce((best, run) => (run[0].length > best.length ? run[0] : best), '');
  if (longest === '') return text;
  const start = runs.find(run => run[0] === longest)?.index ?? 0;
  return `${text.slice(0, start).replace(/:$/, '')}::${text.slice(start + longest.length).replace(/^:/, '')}`;
}

/** The dotted quad that an IPv6 address may end in, as two groups. */
function hexadecimalTail(quad: string): string {
  if (!quad.includes('.')) return quad;
  const hex = Buffer.from(quad.split('.').map(Number)).toString('hex');
  return `${hex.slice(0, 4)}:${hex.slice(4)}`;
}

const MAPPED = Buffer.from('00000000000000000000ffff', 'hex');
