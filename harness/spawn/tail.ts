import type { Readable } from 'node:stream';

/** The last `limit` bytes that a stream gave; older ones are dropped, so that a chatty subject costs nothing. */
export class Tail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #size = 0;

  /** There is no stream where no process could be started for want of descriptors. */
  constructor(stream: Readable | null | undefined, limit: number) {
    this.#limit = limit;
    stream?.on('data', (chunk: Buffer) => this.#add(chunk));
  }

  /** The last lines, blank ones at the end left out, and what is to be. */
  lines(count: number, leftOut?: RegExp): string {
    const text = leftOut ? this.text().replaceAll(leftOut, '') : this.text();
    return text.trimEnd().split('\n').slice(-count).join('\n');
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-this.#limit).toString('utf8');
  }

  #add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - (this.#chunks[0]?.length ?? 0) >= this.#limit)
      this.#size -= this.#chunks.shift()?.length ?? 0;
  }
}
