import { isIPv4, isIPv6 } from 'node:net';
import type { MessageWriter } from './writer.ts';

/**
 * Data of an A record with its length in front.
 * @throws {TypeError} if the text is no IPv4 address.
 */
export function writeA(writer: MessageWriter, address: string): void {
  if (!isIPv4(address))
    throw new TypeError(`Cannot encode A record, its data must be an IPv4 address: "${address}"`);
  writer.u16(4);
  let octet = 0;
  for (let index = 0; index < address.length; index++) {
    const digit = address.charCodeAt(index) - ZERO;
    if (digit >= 0) {
      octet = octet * 10 + digit;
    } else {
      writer.u8(octet);
      octet = 0;
    }
  }
  writer.u8(octet);
}

/**
 * Data of an AAAA record. By hand: dns-packet takes a `::` that stands for a single group for the rest of the address.
 * @throws {TypeError} if the text is no IPv6 address.
 */
export function writeAaaa(writer: MessageWriter, address: string): void {
  if (!isIPv6(address) || address.includes('%')) {
    throw new TypeError(
      `Cannot encode AAAA record, its data must be an IPv6 address without a zone: "${address}"`,
    );
  }
  const [before, after] = address.split('::');
  const head = groupsOf(before);
  const tail = groupsOf(after);
  for (const group of head) writer.u16(group);
  for (let missing = 8 - head.length - tail.length; missing > 0; missing--) writer.u16(0);
  for (const group of tail) writer.u16(group);
}

/** Code of `0`; that of the dot is less. */
const ZERO = 48;

/** Groups of 16 bits; the last two may be written as an IPv4 address (RFC 4291 section 2.2). */
function groupsOf(text = ''): number[] {
  if (text === '') return [];
  return text.split(':').flatMap(group => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
