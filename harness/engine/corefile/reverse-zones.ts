import { isIPv4, isIPv6 } from 'node:net';
import type { Name } from '../zone/record.ts';

/**
 * The zones that hold the reverse names of a network in CIDR notation (RFC 4632 section 3.1): one per network at the next
 * multiple of 8 bits (IPv4, RFC 1035 section 3.5) or 4 bits (IPv6, RFC 3596 section 2.5), at most 128. Host bits are
 * ignored. Undefined if `text` is not a network.
 */
export function reverseZones(text: string): Name[] | undefined {
  const { address = '', prefix } = /^(?<address>[^/%]+)\/(?<prefix>\d{1,3})$/.exec(text)?.groups ?? {};
  const length = Number(prefix);
  if (isIPv4(address) && length <= 32) return zonesOf(address.split('.'), 10, length / 8, 'in-addr.arpa.');
  if (isIPv6(address) && length <= 128) return zonesOf(nibblesOf(address), 16, length / 4, 'ip6.arpa.');
  return undefined;
}

/** `digits` of the address in this radix, of which `significant`, perhaps not a whole number, belong to the network. */
function zonesOf(digits: readonly string[], radix: 10 | 16, significant: number, suffix: string): Name[] {
  const whole = Math.floor(significant);
  const parents = [...digits.slice(0, whole).reverse(), suffix].join('.');
  if (whole === significant) return [parents];
  const bitsPerDigit = radix === 10 ? 8 : 4;
  const count = 2 ** (bitsPerDigit * (whole + 1 - significant));
  const digit = Number.parseInt(digits[whole] ?? '0', radix);
  const first = digit - (digit % count);
  return Array.from({ length: count }, (_, index) => `${(first + index).toString(radix)}.${parents}`);
}

function nibblesOf(address: string): string[] {
  const [head = [], tail] = address.toLowerCase().split('::').map(groupsOf);
  const gap = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  const groups = [...head, ...gap, ...(tail ?? [])];
  return groups
    .map(group => group.padStart(4, '0'))
    .join('')
    .split('');
}

/** Groups of 16 bits in hexadecimal; a dotted IPv4 address at the end makes two of them (RFC 4291 section 2.2). */
function groupsOf(text: string): string[] {
  if (text === '') return [];
  return text.split(':').flatMap(group => {
    if (!group.includes('.')) return [group];
    const octets = group.split('.').map(octet => Number(octet).toString(16).padStart(2, '0'));
    return [octets.slice(0, 2).join(''), octets.slice(2).join('')];
  });
}
