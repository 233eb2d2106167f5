import { absoluteName, InvalidNameError } from '../zone/name.ts';
import type { Name } from '../zone/record.ts';
import { reverseZones } from './reverse-zones.ts';

/** What one key of a server block says: answer for this zone, on this port, over this transport. */
export interface Address {
  readonly scheme: string;
  readonly zone: Name;
  /** Digits; 0 lets the system choose. Whether there is such a port shows when it is listened on. */
  readonly port: string;
}

/** A key that cannot be served. */
export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError';
}

/**
 * Reads a key `[SCHEME://]ZONE[:PORT]`, as CoreDNS does: a colon that no digits follow is part of the zone, and so is a scheme
 * that CoreDNS does not know. A network in CIDR notation gives one address for each of its reverse zones, any other zone
 * one address. This engine serves the scheme `dns` only.
 * @throws {InvalidKeyError}
 */
export function readKey(key: string, defaultPort: string): Address[] {
  const [, scheme = 'dns', rest = ''] =
    /^(?:(dns|tls|quic|grpc|https3?|unix):\/\/)?([\s\S]*)$/.exec(key) ?? [];
  if (scheme !== 'dns') throw new InvalidKeyError(`this engine serves the scheme dns only: ${key}`);
  if (rest === '' || rest.endsWith(':')) {
    throw new InvalidKeyError(`expecting data after last colon: ${JSON.stringify(rest)}`);
  }
  const [, text = rest, port = defaultPort] = /^([\s\S]*):0*(\d+)$/.exec(rest) ?? [];
  return zonesOf(text).map(zone => ({ scheme, zone, port }));
}

/** The address as a key in full: `dns://example.org.:53`. */
export function writeKey({ scheme, zone, port }: Address): string {
  return `${scheme}://${zone}:${port}`;
}

function zonesOf(text: string): Name[] {
  const length = Buffer.byteLength(text);
  if (length > 255) throw new InvalidKeyError(`specified zone is too long: ${length} > 255`);
  const reverse = reverseZones(text);
  if (reverse === undefined) return [zoneOf(text)];
  if (UNREADABLE_CIDR.test(text)) throw new InvalidKeyError(`invalid CIDR ${text}`);
  return reverse;
}

function zoneOf(text: string): Name {
  try {
    return absoluteName(text === '@' ? '@.' : text, '.');
  } catch (cause) {
    if (!(cause instanceof InvalidNameError)) throw cause;
    throw new InvalidKeyError(`zone is not a valid domain name: ${text}`, { cause });
  }
}

/** IPv6 networks written with nothing or a zero in front are refused, as in CoreDNS. */
const UNREADABLE_CIDR = /^(?::|0.*:)/;
