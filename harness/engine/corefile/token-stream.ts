import { onSameLine, type Token } from './lexer.ts';

/** The words of a Corefile, read once from front to back, with imported words put in on the way. */
export class TokenStream {
  #tokens: readonly Token[];
  #index = 0;
  #previous: Token | undefined;
  /** What is left to read after `#tokens`, innermost import last; nothing in it is at its end. */
  readonly #interrupted: { readonly tokens: readonly Token[]; readonly index: number }[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The token that `take` gives next; undefined at the end. */
  get next(): Token | undefined {
    return this.#tokens[this.#index];
  }

  /** The token taken last. */
  get previous(): Token | undefined {
    return this.#previous;
  }

  /** Is the next token the first one of a line? */
  get startsLine(): boolean {
    const next = this.#tokens[this.#index];
    return next !== undefined && (this.#previous === undefined || !onSameLine(this.#previous, next));
  }

  take(): Token | undefined {
    const token = this.#tokens[this.#index];
    if (token === undefined) return undefined;
    this.#previous = token;
    this.#index++;
    if (this.#index === this.#tokens.length) this.#resume();
    return token;
  }

  /** The next token, if it is not the first one of a line. */
  takeArgument(): Token | undefined {
    return this.startsLine ? undefined : this.take();
  }

  /** Puts tokens before those not yet taken. */
  insert(tokens: readonly Token[]): void {
    if (tokens.length === 0) return;
    if (this.next !== undefined) this.#interrupted.push({ tokens: this.#tokens, index: this.#index });
    this.#tokens = tokens;
    this.#index = 0;
  }

  #resume(): void {
    const outer = this.#interrupted.pop();
    if (outer === undefined) return;
    this.#tokens = outer.tokens;
    this.#index = outer.index;
  }
}
