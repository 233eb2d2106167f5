import { onSameLine, type Token } from './lexer.ts';

/** The words of a Corefile, read once from front to back, with imported words put in on the way. */
export class TokenStream {
  readonly #sources: { readonly tokens: readonly Token[]; next: number }[] = [];
  #previous: Token | undefined;

  constructor(tokens: readonly Token[]) {
    this.insert(tokens);
  }

  /** The token that `take` gives next; undefined at the end. */
  get next(): Token | undefined {
    const source = this.#sources.at(-1);
    return source?.tokens[source.next];
  }

  /** The token taken last. */
  get previous(): Token | undefined {
    return this.#previous;
  }

  /** Is the next token the first one of a line? */
  get startsLine(): boolean {
    const next = this.next;
    return next !== undefined && (this.#previous === undefined || !onSameLine(this.#previous, next));
  }

  take(): Token | undefined {
    const source = this.#sources.at(-1);
    const token = source?.tokens[source.next];
    if (source === undefined || token === undefined) return undefined;
    this.#previous = token;
    source.next++;
    this.#dropReadSources();
    return token;
  }

  /** The next token, if it is not the first one of a line. */
  takeArgument(): Token | undefined {
    return this.startsLine ? undefined : this.take();
  }

  /** Puts tokens before those not yet taken. */
  insert(tokens: readonly Token[]): void {
    this.#sources.push({ tokens, next: 0 });
    this.#dropReadSources();
  }

  #dropReadSources(): void {
    let source = this.#sources.at(-1);
    while (source !== undefined && source.next === source.tokens.length) {
      this.#sources.pop();
      source = this.#sources.at(-1);
    }
  }
}
