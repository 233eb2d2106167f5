import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a function is compiled as, so that stacks and creations name lines that are there. */
export interface FunctionPlace {
  /** Absolute; relative imports start from its folder. */
  readonly filename: string;
  /** Of the function's first character, counted from 0. */
  readonly line: number;
  readonly column: number;
}

/**
 * Where a function stands in its file. A test runner may have rewritten its text, or it may stand there
 * twice: then it is in no file, and its name says so.
 * @param file path of the file it comes from, if that is known
 */
export function functionPlace(source: string, name: string, file: string | undefined): FunctionPlace {
  if (file === undefined) return { filename: join(process.cwd(), `(function ${name})`), line: 0, column: 0 };
  const text = textOf(file);
  const at = text.indexOf(source);
  if (at < 0 || text.indexOf(source, at + 1) >= 0)
    return { filename: `${file} (function ${name})`, line: 0, column: 0 };
  const before = text.slice(0, at).split('\n');
  return { filename: file, line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}

/** A report without the lines of functions that are in no file: they are those of the text that was sent. */
export function withoutOwnLines(text: string): string {
  return text.replace(/(\(function\s+[\w.-]+\)):\d+(?::\d+)?/g, '$1');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
