import { nameToWire } from '../zone/name.ts';
import type { Name } from '../zone/record.ts';
import type { Codec } from './codec.ts';
import { HEADER_SIZE } from './guard.ts';
import { findNameEnd } from './name.ts';

/** Longest message: what the two length octets of TCP can say (RFC 1035 section 4.2.2). */
export const MAX_MESSAGE = 65535;

/**
 * Builds one message at a time in a buffer that is kept for the next. The buffer has room for one record beyond the longest
 * message, so a caller writes a record and then looks whether it fitted. Values that do not fit their field throw.
 *
 * Names are compressed (RFC 1035 section 4.1.4): every suffix written so far can be pointed to.
 */
export class MessageWriter {
  readonly #memory = new ArrayBuffer(MAX_MESSAGE + LARGEST_RECORD);
  readonly #buffer = Buffer.from(this.#memory);
  readonly #suffixes = new Map<Name, number>();
  #question: Name = '.';
  #length = 0;

  /** Octets written so far. */
  get length(): number {
    return this.#length;
  }

  /**
   * Starts a message with the first `end` octets of `packet`: its header and its question, for the name `question`. What comes
   * after them is overwritten or never taken; copying it too saves making a view of the rest.
   */
  begin(packet: Buffer, end: number, question: Name): void {
    this.#buffer.set(packet);
    this.#length = end;
    this.#forgetNames();
    this.#question = question;
  }

  /** Takes back everything after `length`. No name may follow: it could point to one that was taken back. */
  rewind(length: number): void {
    this.#length = length;
  }

  u8(value: number): void {
    checkField(value, 0xff);
    this.#buffer[this.#length++] = value;
  }

  u16(value: number): void {
    this.patch(this.#length, value);
    this.#length += 2;
  }

  u32(value: number): void {
    checkField(value, 0xffffffff);
    this.u16(value >>> 16);
    this.u16(value & 0xffff);
  }

  /** Overwrites two octets already written. */
  patch(offset: number, value: number): void {
    checkField(value, 0xffff);
    this.#buffer[offset] = value >>> 8;
    this.#buffer[offset + 1] = value;
  }

  bytes(bytes: Buffer): void {
    checkSize(bytes.length);
    this.#length += bytes.copy(this.#buffer, this.#length);
  }

  /** Length and RDATA as the codec writes them. */
  encoded(codec: Codec, data: unknown): void {
    checkSize(codec.encodingLength(data) - 2);
    codec.encode(data, this.#buffer, this.#length);
    this.#length += codec.encode.bytes;
  }

  compressedName(name: Name): void {
    if (name === '.') this.u8(0);
    else if (!this.#point(name)) this.#writeName(name);
  }

  /** For types whose names must not be compressed (RFC 3597 section 4). */
  uncompressedName(name: Name): void {
    const wire = nameToWire(name);
    if (!name.endsWith('.') || findNameEnd(wire, 0) !== wire.length) {
      throw new RangeError(
        `Cannot write name, it must be absolute, of labels up to 63 and 255 octets in all: "${name}"`,
      );
    }
    this.bytes(wire);
  }

  /** A copy of the message. What it named is forgotten, so that nothing outlives its zone here. */
  take(): Buffer {
    const message = Buffer.allocUnsafe(this.#length);
    message.set(this.#written());
    this.#forgetNames();
    return message;
  }

  /** As `take`, behind the length, as sent over TCP. */
  takeFramed(): Buffer {
    const framed = Buffer.allocUnsafe(this.#length + 2);
    framed.writeUInt16BE(this.#length, 0);
    framed.set(this.#written(), 2);
    this.#forgetNames();
    return framed;
  }

  /** A bare view: it lives for one copy, and a `Buffer` takes longer to make. */
  #written(): Uint8Array {
    return new Uint8Array(this.#memory, 0, this.#length);
  }

  #writeName(name: Name): void {
    if (PLAIN_NAME.test(name) && name.length < MAX_NAME) {
      this.#writeLabels(name);
    } else {
      this.#remember(name);
      this.uncompressedName(name);
    }
  }

  /** Label by label, up to a suffix that can be pointed to. */
  #writeLabels(name: Name): void {
    let rest = name;
    do {
      this.#remember(rest);
      const end = rest.indexOf('.');
      this.u8(end);
      for (let index = 0; index < end; index++) this.#buffer[this.#length++] = rest.charCodeAt(index);
      rest = rest.slice(end + 1);
    } while (rest !== '' && !this.#point(rest));
    if (rest === '') this.u8(0);
  }

  /** Writes a pointer to the name if it stands in the message already. */
  #point(name: Name): boolean {
    const offset = this.#offsetInQuestion(name) ?? this.#suffixes.get(name);
    if (offset === undefined) return false;
    this.u16(POINTER | offset);
    return true;
  }

  /** Without escapes, a length octet stands where the text has the dot before the label: offsets carry over. */
  #offsetInQuestion(suffix: Name): number | undefined {
    const question = this.#question;
    if (suffix === question) return HEADER_SIZE;
    const start = question.length - suffix.length;
    if (start <= 0 || suffix === '' || !question.endsWith(suffix)) return undefined;
    if (question[start - 1] !== '.' || question.includes('\\')) return undefined;
    return HEADER_SIZE + start;
  }

  #forgetNames(): void {
    this.#question = '.';
    if (this.#suffixes.size > 0) this.#suffixes.clear();
  }

  #remember(suffix: Name): void {
    if (this.#length < POINTER_LIMIT) this.#suffixes.set(suffix, this.#length);
  }
}

function checkField(value: number, most: number): void {
  if (!(value >= 0 && value <= most))
    throw new RangeError(`Cannot write field, its value must be 0 to ${most}: ${value}`);
}

function checkSize(octets: number): void {
  if (octets > MAX_MESSAGE)
    throw new RangeError(`Cannot write record data, at most 65535 octets fit: ${octets}`);
}

/** Octets in wire form. */
const MAX_NAME = 255;
/** Labels of 1 to 63 printable characters, no escape. */
const PLAIN_NAME = /^(?:[!-\-/-[\]-~]{1,63}\.)+$/;
/** A name, type, class, TTL, length, and the most data that the length can state. */
const LARGEST_RECORD = MAX_NAME + 10 + MAX_MESSAGE;
const POINTER = 0xc000;
/** A pointer has 14 bits. */
const POINTER_LIMIT = 0x4000;
