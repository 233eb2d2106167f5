import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK = 2 ** 20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [COMMA, MINUS, ZERO, NINE] = [0x2c, 0x2d, 0x30, 0x39];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Reads the JSON of a heap snapshot from front to back in chunks, so that a file of any size takes the same memory. */
export class ByteReader {
  /** Of the file. */
  readonly size: number;
  readonly #file: number;
  readonly #chunk = Buffer.allocUnsafe(CHUNK);
  #length = 0;
  #at = 0;
  #consumed = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Bytes of the file that have been read so far. */
  get position(): number {
    return this.#consumed + this.#at;
  }

  /** The next byte, or -1 at the end of the file. */
  next(): number {
    if (this.#at === this.#length && !this.#fill()) return -1;
    return this.#chunk[this.#at++] ?? -1;
  }

  /** Skips blanks and commas and returns the next byte without taking it. */
  peek(): number {
    for (;;) {
      if (this.#at === this.#length && !this.#fill()) return -1;
      const byte = this.#chunk[this.#at] ?? -1;
      if (byte > 0x20 && byte !== COMMA) return byte;
      this.#at++;
    }
  }

  /** @throws {Error} where the next byte is another one: the file is cut short or no heap snapshot. */
  expect(byte: number): void {
    const found = this.peek();
    if (found !== byte) {
      const what = found < 0 ? 'the end' : `"${String.fromCharCode(found)}"`;
      throw new Error(`expected "${String.fromCharCode(byte)}" at byte ${this.position}: ${what}`);
    }
    this.#at++;
  }

  /** A string without escapes. */
  key(): string {
    this.expect(QUOTE);
    let text = '';
    for (let byte = this.next(); byte !== QUOTE; byte = this.next()) {
      if (byte < 0) throw new Error(`expected a name at byte ${this.position}: the end`);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** The text of the next value, whatever it is: short ones only. */
  value(): string {
    const bytes: number[] = [];
    this.skip(byte => bytes.push(byte));
    return Buffer.from(bytes).toString('utf8');
  }

  /** Passes over an object, an array or a string. */
  skip(onByte: (byte: number) => void = () => {}): void {
    let depth = 0;
    let inString = false;
    this.peek();
    do {
      const byte = this.next();
      if (byte < 0) throw new Error(`expected the end of a value at byte ${this.position}: the end`);
      onByte(byte);
      if (inString) {
        if (byte === BACKSLASH) onByte(this.next());
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth++;
      else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth--;
    } while (depth > 0 || inString);
  }

  /**
   * Reads a flat array of whole numbers and hands them on in batches that fill `batch`, but for the last one.
   * The next thing must be the array.
   */
  numbers(batch: Float64Array, onBatch: (count: number) => void): void {
    this.expect(OPEN_ARRAY);
    const room = batch.length;
    let [count, value, sign, inNumber] = [0, 0, 1, false];
    let [chunk, at, length] = [this.#chunk, this.#at, this.#length];
    for (;;) {
      if (at === length) {
        if (!this.#fill()) throw new Error(`expected more numbers at byte ${this.position}: the end`);
        [chunk, at, length] = [this.#chunk, this.#at, this.#length];
      }
      const byte = chunk[at++] as number;
      if (byte >= ZERO && byte <= NINE) {
        value = value * 10 + (byte - ZERO);
        inNumber = true;
        continue;
      }
      if (inNumber) {
        batch[count++] = sign * value;
        [value, sign, inNumber] = [0, 1, false];
        if (count === room) {
          onBatch(count);
          count = 0;
        }
      }
      if (byte === MINUS) sign = -1;
      else if (byte === CLOSE_ARRAY) break;
      else if (byte > 0x20 && byte !== COMMA) {
        throw new Error(`expected a number at byte ${this.#consumed + at}: "${String.fromCharCode(byte)}"`);
      }
    }
    this.#at = at;
    if (count > 0) onBatch(count);
  }

  /**
   * Copies the bytes of an array of strings up to its end, and tells where each string begins and ends,
   * quotes left out.
   */
  strings(into: Buffer, onString: (start: number, end: number) => void): void {
    this.expect(OPEN_ARRAY);
    let [length, start, inString, escaped] = [0, 0, false, false];
    for (;;) {
      if (this.#at === this.#length && !this.#fill()) throw new Error('expected more strings: the end');
      const [chunk, end] = [this.#chunk, this.#length];
      let at = this.#at;
      let from = at;
      while (at < end) {
        const byte = chunk[at++] as number;
        if (!inString) {
          if (byte === QUOTE) [inString, from, start] = [true, at, length];
          else if (byte === CLOSE_ARRAY) {
            this.#at = at;
            return;
          }
        } else if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          length += chunk.copy(into, length, from, at - 1);
          inString = false;
          onString(start, length);
        }
      }
      if (inString) length += chunk.copy(into, length, from, end);
      this.#at = at;
    }
  }

  #fill(): boolean {
    this.#consumed += this.#length;
    this.#length = readSync(this.#file, this.#chunk, 0, CHUNK, null);
    this.#at = 0;
    return this.#length > 0;
  }
}
