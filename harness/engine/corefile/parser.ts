import { type Environment, expandEnvironment } from './environment.ts';
import { parsingError, syntaxError, wrongArguments } from './error.ts';
import { Imports, tooDeep } from './imports.ts';
import { lex, type Token } from './lexer.ts';
import { importsItself, isSnippetKey, snippetName, takeSnippetBody } from './snippet.ts';
import { TokenStream } from './token-stream.ts';

/** One server block: what it answers for, and how. */
export interface ServerBlock {
  /** As written, commas and environment placeholders resolved; `inspectKeys` gives them a meaning. At least one. */
  readonly keys: readonly string[];
  /**
   * By directive name: the tokens of all its occurrences, one after the other, each beginning with the directive's own
   * name; the braces of its block are among them.
   */
  readonly directives: ReadonlyMap<string, readonly Token[]>;
  /** Where the first key stands. */
  readonly file: string;
  readonly line: number;
}

export interface ParseInput {
  readonly text: string;
  /** Names the Corefile in errors; imports are relative to its folder. */
  readonly path: string;
  /** Default: the environment of the process. */
  readonly env?: Environment;
  /** Directives that there are; default: any name will do, as for the hash of `reload`. */
  readonly validDirectives?: ReadonlySet<string>;
  /** Called for a pattern of `import` that matches no file; default: nobody is told. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Groups the words of a Corefile by server block and directive, as CoreDNS does, imports and environment placeholders
 * resolved. What comes out of a placeholder neither opens nor closes anything here, and is no `import`; a value with line
 * breaks moves what follows it on its line to another one, as in CoreDNS. Blocks without keys are dropped; the result
 * can be empty, see `withDefaultBlock`.
 *
 * Stricter than CoreDNS on three points: a `#` inside a word (see `lex`), a `}` that closes nothing in a block without
 * braces, and a snippet name at the very end of the file are refused.
 * @throws {CorefileError} if it is not a Corefile, or if something it imports cannot be read.
 */
export function parseCorefile(input: ParseInput): ServerBlock[] {
  return new Parser(input).parse();
}

/** The blocks, or, when there are none, the block that CoreDNS then serves: `.` with `whoami` and `log`. */
export function withDefaultBlock(blocks: readonly ServerBlock[]): readonly ServerBlock[] {
  return blocks.length > 0
    ? blocks
    : parseCorefile({ text: '. {\nwhoami\nlog\n}\n', path: 'default Corefile' });
}

class Parser {
  readonly #stream: TokenStream;
  readonly #imports: Imports;
  readonly #environment: Environment;
  readonly #validDirectives: ReadonlySet<string> | undefined;
  readonly #path: string;

  constructor({ text, path, env = process.env, validDirectives, onWarning = () => {} }: ParseInput) {
    this.#stream = new TokenStream(lex(text, path));
    this.#imports = new Imports(onWarning);
    this.#environment = env;
    this.#validDirectives = validDirectives;
    this.#path = path;
  }

  parse(): ServerBlock[] {
    const blocks: ServerBlock[] = [];
    while (this.#stream.next !== undefined) {
      const keys = this.#keys();
      const [first] = keys;
      if (first !== undefined && keys.length === 1 && isSnippetKey(first.text)) {
        this.#snippet(first);
        continue;
      }
      const directives = this.#directives();
      if (first === undefined) continue;
      blocks.push({ keys: keys.map(key => key.text), directives, file: first.file, line: first.line });
    }
    return blocks;
  }

  /** Up to the `{`, or to the end of the line; a comma at the end of a word makes the line go on. */
  #keys(): Token[] {
    const keys: Token[] = [];
    let started = false;
    let another = false;
    for (let token = this.#stream.next; token !== undefined; token = this.#stream.next) {
      const { startsLine } = this.#stream;
      if (started && !another && startsLine) return keys;
      if (token.text === '{') {
        if (!another) return keys;
        throw parsingError(token, "Expected another address but had '{' - check for extra comma");
      }
      this.#stream.take();
      if (token.text === 'import' && startsLine) {
        this.#import(token);
        continue;
      }
      started = true;
      const text = this.#expand(token.text);
      if (text === '') continue;
      another = text.endsWith(',');
      keys.push({ ...token, text: another ? text.slice(0, -1) : text });
    }
    if (another) throw this.#unexpectedEnd();
    return keys;
  }

  #directives(): Map<string, Token[]> {
    const directives = new Map<string, Token[]>();
    const braced = this.#stream.next?.text === '{';
    if (braced) this.#stream.take();
    for (let token = this.#stream.take(); token !== undefined; token = this.#stream.take()) {
      if (token.text === '}') {
        if (braced) return directives;
        throw strayBrace(token);
      }
      if (token.text === 'import') this.#import(token);
      else this.#directive(token, directives);
    }
    if (braced) throw syntaxError(this.#last(), '}');
    return directives;
  }

  /** The rest of the line and everything between braces; a `{` counts wherever it stands, as in CoreDNS. */
  #directive(name: Token, directives: Map<string, Token[]>): void {
    const directive = this.#expanded(name);
    if (this.#validDirectives?.has(directive.text) === false) {
      throw parsingError(name, `Unknown directive '${directive.text}'`);
    }
    const tokens = directives.get(directive.text) ?? [];
    directives.set(directive.text, tokens);
    tokens.push(directive);
    let nesting = 0;
    for (let token = this.#stream.next; token !== undefined; token = this.#stream.next) {
      const { startsLine } = this.#stream;
      if (token.text === '{') nesting++;
      else if (nesting === 0 && startsLine) return;
      else if (token.text === '}' && nesting-- === 0) throw strayBrace(token);
      this.#stream.take();
      if (token.text === 'import' && startsLine) this.#import(token);
      else tokens.push(this.#expanded(token));
    }
    if (nesting > 0) throw this.#unexpectedEnd();
  }

  #snippet(key: Token): void {
    const name = snippetName(key.text);
    const body = takeSnippetBody(this.#stream, key);
    if (importsItself(body, target => this.#expand(target) === name)) throw tooDeep('snippet', key);
    this.#imports.define(name, body, key);
  }

  #import(statement: Token): void {
    const argument = this.#stream.takeArgument();
    if (argument === undefined) throw wrongArguments(statement);
    const target = this.#expand(argument.text);
    if (target === '') throw parsingError(argument, 'Import requires a non-empty filepath');
    const extra = this.#stream.takeArgument();
    if (extra !== undefined)
      throw parsingError(extra, 'Import takes only one argument (glob pattern or file)');
    this.#stream.insert(this.#imports.resolve(target, argument));
  }

  #expand(text: string): string {
    return expandEnvironment(text, this.#environment);
  }

  #expanded(token: Token): Token {
    const text = this.#expand(token.text);
    return text === token.text ? token : { ...token, text };
  }

  #unexpectedEnd() {
    return parsingError(this.#last(), 'Unexpected EOF');
  }

  #last(): Token {
    return this.#stream.previous ?? { file: this.#path, line: 1, text: '' };
  }
}

function strayBrace(token: Token) {
  return parsingError(token, "Unexpected '}' because no matching opening brace");
}
