import { readFileSync } from 'node:fs';
import { hashBlocks } from './hash.ts';
import { parseCorefile } from './parser.ts';

/** Where a configuration comes from: a file, or a text in place of the file at `path`. */
export class CorefileSource {
  readonly path: string;
  readonly #text: string | undefined;

  constructor({ path, text }: { readonly path: string; readonly text?: string }) {
    this.path = path;
    this.#text = text;
  }

  /** @throws {Error} the system's, if the file cannot be read. */
  read(): string {
    return this.#text ?? readFileSync(this.path, 'utf8');
  }

  /**
   * The hash of what it says now, whether or not the directives in it exist (see `hashBlocks`).
   * @throws {CorefileError} if it cannot be parsed.
   * @throws {Error} the system's, if the file cannot be read.
   */
  hash(): string {
    return hashBlocks(parseCorefile({ path: this.path, text: this.read() }));
  }
}
