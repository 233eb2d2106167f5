import { formatIpv6, IPV4, ipv6ToOctets } from './addresses.ts';

/** A parameter of SVCB; texts hold one octet per character. */
export interface Parameter {
  readonly keyword: string;
  /** Wire form; undefined for a malformed text. */
  read(text: string): Buffer | undefined;
  /** Presentation form; null for malformed octets. */
  write(octets: Buffer): string | null;
}

/** RFC 9460 section 14.3.2, and `dohpath` from RFC 9461 section 5. */
export const PARAMETERS: ReadonlyMap<number, Parameter> = new Map<number, Parameter>([
  [0, { keyword: 'mandatory', read: readMandatory, write: writeMandatory }],
  [1, { keyword: 'alpn', read: readAlpn, write: writeAlpn }],
  [2, { keyword: 'no-default-alpn', read: readNothing, write: octets => (octets.length === 0 ? '' : null) }],
  [
    3,
    {
      keyword: 'port',
      read: readPort,
      write: octets => (octets.length === 2 ? String(octets.readUInt16BE()) : null),
    },
  ],
  [
    4,
    {
      keyword: 'ipv4hint',
      read: readIpv4Hint,
      write: octets => writeHint(octets, 4, part => part.join('.')),
    },
  ],
  [5, { keyword: 'ech', read: readBase64, write: octets => octets.toString('base64') || null }],
  [6, { keyword: 'ipv6hint', read: readIpv6Hint, write: octets => writeHint(octets, 16, formatIpv6) }],
  [7, { keyword: 'dohpath', read: readOctets, write: octets => octets.toString('latin1') || null }],
]);

/** Number of `alpn` or `key1`; undefined for an unknown word and for the reserved key 65535. */
export function parameterKey(keyword: string): number | undefined {
  for (const [key, parameter] of PARAMETERS) if (parameter.keyword === keyword) return key;
  const digits = /^key(0|[1-9]\d{0,4})$/.exec(keyword)?.[1];
  return digits !== undefined && Number(digits) < 65_535 ? Number(digits) : undefined;
}

export function parameterName(key: number): string {
  return PARAMETERS.get(key)?.keyword ?? `key${key}`;
}

function readMandatory(text: string): Buffer | undefined {
  const keys = text.split(',').map(parameterKey);
  if (!keys.every(key => key !== undefined && key !== 0) || new Set(keys).size < keys.length)
    return undefined;
  return Buffer.concat(
    keys
      .filter(key => key !== undefined)
      .sort((one, other) => one - other)
      .map(key => Buffer.of(key >> 8, key & 0xff)),
  );
}

function writeMandatory(octets: Buffer): string | null {
  const keys = inParts(octets, 2)?.map(part => part.readUInt16BE());
  if (keys === undefined || keys.some((key, index) => key <= (keys[index - 1] ?? 0))) return null;
  return keys.map(parameterName).join(',');
}

/** A list whose items may hold `\,` and `\\` (RFC 9460 appendix A.1). */
function readAlpn(text: string): Buffer | undefined {
  if (/(?<!\\)(?:\\\\)*\\(?![,\\])/.test(text)) return undefined;
  const items = text
    .split(/(?<=(?<!\\)(?:\\\\)*),/)
    .map(item => Buffer.from(item.replace(/\\(.)/g, '$1'), 'latin1'));
  if (items.some(item => item.length === 0 || item.length > 255)) return undefined;
  return Buffer.concat(items.flatMap(item => [Buffer.of(item.length), item]));
}

function writeAlpn(octets: Buffer): string | null {
  const items: string[] = [];
  for (let offset = 0; offset < octets.length; ) {
    const end = offset + 1 + octets.readUInt8(offset);
    if (end === offset + 1 || end > octets.length) return null;
    items.push(octets.toString('latin1', offset + 1, end).replace(/[,\\]/g, '\\$&'));
    offset = end;
  }
  return items.join(',') || null;
}

function readNothing(text: string): Buffer | undefined {
  return text === '' ? Buffer.alloc(0) : undefined;
}

function readPort(text: string): Buffer | undefined {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 0xffff) return undefined;
  return Buffer.of(Number(text) >> 8, Number(text) & 0xff);
}

function readIpv4Hint(text: string): Buffer | undefined {
  const addresses = text.split(',');
  if (!addresses.every(address => IPV4.test(address))) return undefined;
  return Buffer.from(addresses.flatMap(address => address.split('.').map(Number)));
}

function readIpv6Hint(text: string): Buffer | undefined {
  const addresses = text.split(',').map(ipv6ToOctets);
  return addresses.every(address => address !== undefined) ? Buffer.concat(addresses) : undefined;
}

function readBase64(text: string): Buffer | undefined {
  const octets = Buffer.from(text, 'base64');
  return text !== '' && octets.toString('base64') === text ? octets : undefined;
}

function readOctets(text: string): Buffer | undefined {
  return text === '' ? undefined : Buffer.from(text, 'latin1');
}

function writeHint(octets: Buffer, size: number, format: (part: Buffer) => string): string | null {
  return inParts(octets, size)?.map(format).join(',') ?? null;
}

/** One or more parts of equal size. */
function inParts(octets: Buffer, size: number): Buffer[] | undefined {
  if (octets.length === 0 || octets.length % size !== 0) return undefined;
  return Array.from({ length: octets.length / size }, (_, index) =>
    octets.subarray(index * size, (index + 1) * size),
  );
}
