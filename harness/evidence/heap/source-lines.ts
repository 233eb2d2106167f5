import { readFileSync } from 'node:fs';
import { codeAlone, wordsAlone } from './code-alone.ts';

/** In characters: a line of minified code is no place. */
const LONGEST_LINE = 1000;

/** The source, and what was made of it and ran, where that did not come along. */
export type CodeFile = readonly [source: string, ran: string];

export interface Source {
  readonly file: string;
  /** Without comments; of a bundle of megabytes as it stands. */
  readonly lines: readonly string[];
}

/** The first that is there: a bundle may come without its sources. */
export function sourceOf(files: CodeFile): Source | undefined {
  for (const file of files) {
    const source = sources.get(file) ?? linesOf(file);
    sources.set(file, source);
    if (source.lines.length > 0) return source;
  }
  return undefined;
}

/** Its code without its texts and patterns, and without lines that are no places; all else where it was. */
export function wordsOf(source: Source): string {
  const known = words.get(source);
  if (known !== undefined) return known;
  const code = source.lines.map(text => (isCode(text) ? text : ' '.repeat(text.length))).join('\n');
  const found = wordsAlone(code, source.file);
  words.set(source, found);
  return found;
}

const words = new WeakMap<Source, string>();

/** Read once per process. */
const sources = new Map<string, Source>();

function linesOf(file: string): Source {
  try {
    return { file, lines: codeAlone(readFileSync(file, 'utf8'), file).split('\n') };
  } catch {
    return { file, lines: [] };
  }
}

/** Both from 1. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
}

export function offsetOf({ line, column }: LinePlace, text: string): number {
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((length, one) => length + one.length + 1, column - 1);
}

/** Not minified. */
export function isCode(text: string): boolean {
  return text.length <= LONGEST_LINE;
}

/** Where code matches, once a line. */
export function matching(lines: readonly string[], pattern: RegExp): LinePlace[] {
  return lines.flatMap((text, index) => {
    const found = isCode(text) ? pattern.exec(text) : undefined;
    return found ? [{ line: index + 1, column: found.index + 1 }] : [];
  });
}
