import { parsingError } from './error.ts';

/** One word of a Corefile. */
export interface Token {
  readonly file: string;
  /** Where it begins, 1-based. */
  readonly line: number;
  readonly text: string;
}

/**
 * Cuts a Corefile into words, as CoreDNS does. White space is Unicode's; carriage returns outside quotes and one leading byte
 * order mark do not count. `"` opens a quoted word only where a word begins, and the next `"` ends it at once; inside, `\"`
 * is the only escape and line breaks are kept. A quoted word that is never closed ends with the text. `#` where a word
 * begins opens a comment that runs to the end of the line.
 *
 * Stricter than CoreDNS on one point: a `#` inside a word is refused, where CoreDNS drops part of what follows.
 * @throws {CorefileError} for a `#` inside a word that is not quoted.
 */
export function lex(text: string, file: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const { 0: piece, 1: quoted } of text.replace(/^\uFEFF/, '').matchAll(PIECE)) {
    if (piece === '\n') line++;
    else if (quoted !== undefined) {
      if (quoted !== '' || piece === '""') tokens.push({ file, line, text: unescapeQuotes(quoted) });
      line += lineBreaks(quoted);
    } else if (!piece.startsWith('#')) {
      const word = piece.replaceAll('\r', '');
      if (word.includes('#')) throw commentInsideWord({ file, line }, word);
      tokens.push({ file, line, text: word });
    }
  }
  return tokens;
}

/** Does `token` stand on the line on which `previous` ends? */
export function onSameLine(previous: Token, token: Token): boolean {
  return previous.file === token.file && previous.line + lineBreaks(previous.text) === token.line;
}

function commentInsideWord(at: { readonly file: string; readonly line: number }, word: string) {
  return parsingError(
    at,
    `Unexpected '#' inside a word, quote the word or put a space before the comment: ${word}`,
  );
}

function unescapeQuotes(quoted: string): string {
  return quoted.includes('\\')
    ? quoted.replace(/\\([\s\S])/g, (pair, next) => (next === '"' ? next : pair))
    : quoted;
}

function lineBreaks(text: string): number {
  return text.includes('\n') ? text.split('\n').length - 1 : 0;
}

/** Unicode white space but the carriage return, which does not even end a word. */
const SPACE = '\\t\\n\\v\\f \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
/** A line break, a comment, a quoted word (its inside captured), or a plain word; white space lies between the matches. */
const PIECE = new RegExp(
  `\\n|#[^\\n]*|"((?:[^"\\\\]+|\\\\[^])*)(?:"|\\\\?$)|[^${SPACE}\\r"#][^${SPACE}]*`,
  'g',
);
