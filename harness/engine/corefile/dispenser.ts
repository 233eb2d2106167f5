import { type CorefileError, parsingError, wrongArguments } from './error.ts';
import { onSameLine, type Token } from './lexer.ts';

/**
 * Hands a directive's tokens to its set-up, one by one:
 *
 * - `while (tokens.next())`: once per occurrence of the directive;
 * - `tokens.nextArg()` or `tokens.remainingArgs()`: what stands on the same line;
 * - `while (tokens.nextBlock())`: once per property in the directive's braces.
 *
 * The `{` must stand on the directive's own line, and a block holds no further blocks. Stricter than CoreDNS on two points: a
 * brace that no `nextBlock` opened or closed is refused by `next` instead of being read as a further occurrence, and the
 * `}` of a block is never an argument, even on the line of the last property.
 */
export class Dispenser {
  readonly #tokens: readonly Token[];
  /** Index of the current token; -1 before the first call. */
  #cursor = -1;
  #inBlock = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Text of the current token; empty before the first one. */
  get value(): string {
    return this.#current.text;
  }

  /** Line of the current token; 0 before the first one. */
  get line(): number {
    return this.#current.line;
  }

  /** File of the current token; empty before the first one. */
  get file(): string {
    return this.#current.file;
  }

  /**
   * Moves to the next token, on whatever line; false, without moving, if there is none.
   * @throws {CorefileError} if that is a brace outside a block.
   */
  next(): boolean {
    if (this.#ahead === undefined) return false;
    this.#cursor++;
    if (!this.#inBlock && (this.value === '{' || this.value === '}')) {
      throw this.error(`Unexpected '${this.value}', a block opens on the line of a directive that takes one`);
    }
    return true;
  }

  /** Moves to the next token if it is on the line of the current one; a `{` counts as one. */
  nextArg(): boolean {
    const ahead = this.#ahead;
    if (ahead === undefined || this.#aheadStartsLine || (this.#inBlock && ahead.text === '}')) return false;
    this.#cursor++;
    return true;
  }

  /** Moves to the next token if it begins a line. */
  nextLine(): boolean {
    return this.#aheadStartsLine && this.next();
  }

  /** Moves to the next property of the block; false when the block ends, or when no block opens on this line. */
  nextBlock(): boolean {
    if (!this.#inBlock) {
      if (this.#ahead?.text !== '{' || this.#aheadStartsLine) return false;
      this.#inBlock = true;
      this.#cursor++;
    }
    if (this.next() && this.value !== '}') return true;
    this.#inBlock = false;
    return false;
  }

  /** Takes the arguments up to the end of the line or to a `{`. */
  remainingArgs(): string[] {
    const args: string[] = [];
    while (this.#ahead?.text !== '{' && this.nextArg()) args.push(this.value);
    return args;
  }

  /** An argument is missing after the current token, or there is one too many. */
  argumentError(): CorefileError {
    return wrongArguments(this.#current);
  }

  /** Something is wrong with the current token. */
  error(message: string): CorefileError {
    return parsingError(this.#current, message);
  }

  get #current(): Token {
    return this.#tokens[this.#cursor] ?? NOTHING;
  }

  get #ahead(): Token | undefined {
    return this.#tokens[this.#cursor + 1];
  }

  get #aheadStartsLine(): boolean {
    const current = this.#tokens[this.#cursor];
    const ahead = this.#ahead;
    return current !== undefined && ahead !== undefined && !onSameLine(current, ahead);
  }
}

const NOTHING: Token = { file: '', line: 0, text: '' };
