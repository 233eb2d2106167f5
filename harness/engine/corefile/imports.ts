import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parsingError } from './error.ts';
import { findFiles, hasWildcard, isTooWild } from './glob.ts';
import { lex, type Token } from './lexer.ts';

/** What `import` puts in place of itself: the snippets defined so far, and files. Lives for one parse. */
export class Imports {
  readonly #snippets = new Map<string, readonly Token[]>();
  /** By folder and pattern: an import that is repeated reads nothing again. */
  readonly #files = new Map<string, readonly Token[]>();
  readonly #warn: (message: string) => void;
  #snippetImports = 0;
  #fileImports = 0;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** @throws {CorefileError} at `at` if there is a snippet of that name. */
  define(name: string, body: readonly Token[], at: Token): void {
    if (this.#snippets.has(name))
      throw parsingError(at, `redeclaration of previously declared snippet ${name}`);
    this.#snippets.set(name, body);
  }

  /**
   * The words of the snippet called `target`, or else of the files it stands for: a path or a pattern, relative to the
   * folder of the file that holds `at`. A pattern without a match is a warning, a plain path without a file an error.
   * @throws {CorefileError} at `at`, for what cannot be imported and for more than 10,000 snippets or 100,000 files.
   */
  resolve(target: string, at: Token): readonly Token[] {
    const snippet = this.#snippets.get(target);
    if (snippet === undefined) {
      if (++this.#fileImports > MAX_FILE_IMPORTS) throw tooDeep('file', at);
      return this.#filesOf(target, at);
    }
    if (++this.#snippetImports > MAX_SNIPPET_IMPORTS) throw tooDeep('snippet', at);
    return snippet;
  }

  #filesOf(pattern: string, at: Token): readonly Token[] {
    const path = resolve(dirname(at.file), pattern);
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const tokens = this.#readFiles(pattern, at);
    this.#files.set(path, tokens);
    return tokens;
  }

  #readFiles(pattern: string, at: Token): readonly Token[] {
    if (isTooWild(pattern)) {
      throw parsingError(at, `Glob pattern may only contain one wildcard (*), but has others: ${pattern}`);
    }
    const paths = findFiles(pattern, resolve(dirname(at.file)));
    if (paths.length === 0) {
      if (!hasWildcard(pattern)) throw parsingError(at, `File to import not found: ${pattern}`);
      this.#warn(`No files matching import glob pattern: ${pattern}`);
    }
    return paths.flatMap(path => lex(readImported(path, at), path));
  }
}

/** The message names this limit for files too, as CoreDNS does. */
export const MAX_SNIPPET_IMPORTS = 10_000;
export const MAX_FILE_IMPORTS = 100_000;

export function tooDeep(kind: 'snippet' | 'file', at: Token) {
  return parsingError(at, `maximum ${kind} import depth (${MAX_SNIPPET_IMPORTS}) exceeded`);
}

function readImported(path: string, at: Token): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = reason.startsWith('EISDIR') ? 'is a directory' : reason;
    throw parsingError(at, `Could not import ${path}: ${message}`, { cause });
  }
}
