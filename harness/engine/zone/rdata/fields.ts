import type { Name, RecordType } from '../record.ts';
import type { Token } from '../scan.ts';
import { errorAt, type Source, type ZoneFileError } from '../zone-file-error.ts';

/** The tokens of one entry that are still to be read. */
export class Fields {
  readonly source: Source;
  readonly origin: Name;
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(source: Source, origin: Name, tokens: readonly Token[]) {
    this.source = source;
    this.origin = origin;
    this.#tokens = tokens;
  }

  get position(): number {
    return this.#position;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#position];
  }

  next(): Token | undefined {
    const token = this.#tokens[this.#position];
    if (token !== undefined) this.#position += 1;
    return token;
  }

  /** The next token's text; undefined if there is none or it is quoted: only character strings may be. */
  word(): string | undefined {
    const token = this.next();
    return token === undefined || token.quoted ? undefined : token.text;
  }

  /** Everything that is left. */
  rest(): readonly Token[] {
    const tokens = this.#tokens.slice(this.#position);
    this.#position = this.#tokens.length;
    return tokens;
  }

  /** An error that blames the token at a position, by default the next one; where there is none, the end of the last. */
  error(message: string, position = this.#position): ZoneFileError {
    const token = this.#tokens[position];
    if (token !== undefined) return errorAt(this.source, token.offset, message, token.text);
    const last = this.#tokens.at(-1);
    return errorAt(this.source, last === undefined ? 0 : last.offset + last.text.length, message, '');
  }
}

/** How one piece of record data is read from a master file, decoded from wire form, and written in presentation form. */
export interface Field<T> {
  /** What error messages call it; by default its key in the record's data. */
  readonly label?: string;
  /** Undefined when the text is not what it should be. */
  read(fields: Fields): T | undefined;
  /** Undefined when the octets are not what they should be. */
  decode(wire: WireReader): T | undefined;
  write(value: T): string;
}

/** Data made of several fields, in the order of the keys. Reading it blames the field that is wrong, and throws. */
export function structure<T extends object>(
  type: RecordType,
  parts: { readonly [K in keyof T]-?: Field<T[K]> },
): Field<T> {
  const keys = Object.keys(parts) as (keyof T & string)[];
  return {
    read(fields) {
      return collect(keys, key => {
        const { position } = fields;
        const value = parts[key].read(fields);
        if (value === undefined) throw fields.error(`bad ${type} ${parts[key].label ?? key}`, position);
        return value;
      });
    },
    decode: wire => collect(keys, key => parts[key].decode(wire)),
    write: data => keys.map(key => parts[key].write(data[key])).join(' '),
  };
}

function collect<T extends object>(
  keys: readonly (keyof T & string)[],
  read: (key: keyof T & string) => T[keyof T & string] | undefined,
): T | undefined {
  const data: Partial<T> = {};
  for (const key of keys) {
    const value = read(key);
    if (value === undefined) return undefined;
    data[key] = value;
  }
  return data as T;
}

/** Reads RDATA in wire form; every method gives undefined beyond the end. */
export class WireReader {
  readonly #octets: Buffer;
  #offset = 0;

  constructor(octets: Buffer) {
    this.#octets = octets;
  }

  get finished(): boolean {
    return this.#offset === this.#octets.length;
  }

  take(length: number): Buffer | undefined {
    const end = this.#offset + length;
    if (end > this.#octets.length) return undefined;
    const octets = this.#octets.subarray(this.#offset, end);
    this.#offset = end;
    return octets;
  }

  rest(): Buffer {
    const octets = this.#octets.subarray(this.#offset);
    this.#offset = this.#octets.length;
    return octets;
  }

  /** Big-endian. */
  integer(octets: 1 | 2 | 4): number | undefined {
    return this.take(octets)?.readUIntBE(0, octets);
  }

  /** An octet that counts the octets after it, and those. */
  counted(): Buffer | undefined {
    const length = this.integer(1);
    return length === undefined ? undefined : this.take(length);
  }
}
