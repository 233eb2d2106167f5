import { octetsOf, quote } from '../octets.ts';
import type { TxtData } from '../record.ts';
import type { Token } from '../scan.ts';
import type { Field } from './fields.ts';

/** One or more character strings; as in CoreDNS, one above 255 octets is cut into several. */
export const characterStrings: Field<TxtData> = {
  read(fields) {
    const strings = fields.rest().map(token => octetsOf(token.text));
    if (strings.length === 0 || !strings.every(string => string !== undefined)) return undefined;
    return strings.flatMap(inPieces);
  },
  decode(wire) {
    const strings: Buffer[] = [];
    while (!wire.finished) {
      const string = wire.counted();
      if (string === undefined) return undefined;
      strings.push(string);
    }
    return strings.length === 0 ? undefined : strings;
  },
  write: strings => strings.map(quote).join(' '),
};

/** One character string of at most 255 octets that must be UTF-8. */
export const text: Field<string> = {
  read(fields) {
    const octets = octetsOfToken(fields.next());
    return octets !== undefined && octets.length <= 255 ? utf8(octets) : undefined;
  },
  decode(wire) {
    const octets = wire.counted();
    return octets && utf8(octets);
  },
  write: string => quote(Buffer.from(string)),
};

/** The value of a CAA record: the rest of the data, of any length (RFC 8659 section 4.1). */
export const longText: Field<string> = {
  ...text,
  read(fields) {
    const octets = octetsOfToken(fields.next());
    return octets && utf8(octets);
  },
  decode: wire => utf8(wire.rest()),
};

/** The tag of a CAA record: letters and digits. */
export const tag: Field<string> = {
  read: fields => asTag(fields.word()),
  decode: wire => asTag(wire.counted()?.toString('latin1')),
  write: string => string,
};

/** Hexadecimal to the end of the data, white space allowed. */
export const hexadecimal: Field<Buffer> = {
  read(fields) {
    const digits = joined(fields.rest());
    const octets = Buffer.from(digits, 'hex');
    return digits !== '' && octets.length * 2 === digits.length ? octets : undefined;
  },
  decode: wire => (wire.finished ? undefined : wire.rest()),
  write: octets => octets.toString('hex'),
};

/** As `hexadecimal`, kept as text. */
export const hexadecimalText: Field<string> = {
  read: fields => hexadecimal.read(fields)?.toString('hex'),
  decode: wire => hexadecimal.decode(wire)?.toString('hex'),
  write: digits => digits,
};

/** Base64 to the end of the data, white space allowed (RFC 4648 section 4). */
export const base64: Field<Buffer> = {
  read(fields) {
    const digits = joined(fields.rest());
    const octets = Buffer.from(digits, 'base64');
    return digits !== '' && octets.toString('base64') === digits ? octets : undefined;
  },
  decode: wire => hexadecimal.decode(wire),
  write: octets => octets.toString('base64'),
};

function inPieces(string: Buffer): Buffer[] {
  const pieces = Math.max(1, Math.ceil(string.length / 255));
  return Array.from({ length: pieces }, (_, index) => string.subarray(index * 255, (index + 1) * 255));
}

function octetsOfToken(token: Token | undefined): Buffer | undefined {
  return token && octetsOf(token.text);
}

function utf8(octets: Buffer): string | undefined {
  const string = octets.toString();
  return Buffer.from(string).equals(octets) ? string : undefined;
}

function asTag(word: string | undefined): string | undefined {
  return word !== undefined && /^[a-z0-9]{1,255}$/i.test(word) ? word : undefined;
}

function joined(tokens: readonly Token[]): string {
  return tokens.some(token => token.quoted) ? '' : tokens.map(token => token.text).join('');
}
