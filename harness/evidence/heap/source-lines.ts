import { readFileSync } from 'node:fs';

/** In characters: a line of minified code is no place. */
const LONGEST_LINE = 1000;
/** Of a line, what a comment begins with. */
const COMMENT = /^\s*(\/\/|\/?\*)/;
const TRAILING_COMMENT = /\s\/\/.*$/;

/** The source, and what was made of it and ran, where that did not come along. */
export type CodeFile = readonly [source: string, ran: string];

export interface Source {
  readonly file: string;
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

/** Read once per process. */
const sources = new Map<string, Source>();

function linesOf(file: string): Source {
  try {
    return { file, lines: readFileSync(file, 'utf8').split('\n') };
  } catch {
    return { file, lines: [] };
  }
}

/** Both from 1. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
}

/** None of a comment, nor minified. */
export function isCode(text: string): boolean {
  return text.length <= LONGEST_LINE && !COMMENT.test(text);
}

/** As one text. */
export function withoutComments(lines: readonly string[]): string {
  const text = lines.map(line => line.replace(/(^|\s)\/\/.*$/, '')).join('\n');
  return text.replace(/\/\*.*?\*\//gs, '');
}

/** Where code matches, once a line. */
export function matching(lines: readonly string[], pattern: RegExp): LinePlace[] {
  return lines.flatMap((text, index) => {
    const found = isCode(text) ? pattern.exec(text.replace(TRAILING_COMMENT, '')) : undefined;
    return found ? [{ line: index + 1, column: found.index + 1 }] : [];
  });
}
