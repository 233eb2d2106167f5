const BACKSLASH = 0x5c;

/** The strings of a heap snapshot as bytes, of which only those are decoded that are asked for. */
export class StringTable {
  readonly #bytes: Buffer;
  /** Where each string begins, and after the last one where it ends. */
  readonly #bounds: Float64Array;
  readonly #decoded = new Map<number, string>();

  /** `bounds` holds one more entry than there are strings. */
  constructor(bytes: Buffer, bounds: Float64Array) {
    this.#bytes = bytes;
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#bounds.length - 1;
  }

  /** Empty where there is no such string. */
  at(index: number): string {
    const known = this.#decoded.get(index);
    if (known !== undefined) return known;
    const text = this.#decode(index);
    this.#decoded.set(index, text);
    return text;
  }

  #decode(index: number): string {
    const [start, end] = [this.#bounds[index] ?? 0, this.#bounds[index + 1] ?? 0];
    const bytes = this.#bytes.subarray(start, end);
    return bytes.includes(BACKSLASH)
      ? (JSON.parse(`"${bytes.toString('utf8')}"`) as string)
      : bytes.toString('utf8');
  }
}
