import { errorAt, type Source } from './zone-file-error.ts';

/** One word of a master file; escapes are still in it. */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
  /** Nothing stands between this token and the one before it, as in `key="value"`. */
  readonly adjacent: boolean;
  readonly offset: number;
}

/** A line of a master file, or several that parentheses make one (RFC 1035 section 5.1). Without tokens: blank or a comment. */
export interface Entry {
  /** It begins with white space: the owner is that of the entry before. */
  readonly indented: boolean;
  readonly tokens: readonly Token[];
  /** Offset of the entry after it. */
  readonly end: number;
}

/**
 * Reads the entry that begins at `offset`. Lines and columns are worked out only for errors, so tokens carry offsets.
 * @throws {ZoneFileError} for a parenthesis or a quote without its partner, or a `\` before the end of the line.
 */
export function scanEntry(source: Source, offset: number): Entry {
  const { text } = source;
  const tokens: Token[] = [];
  const first = text.charAt(offset);
  const indented = first === ' ' || first === '\t';
  let open: number | undefined;
  let end = offset;
  let tokenEnd = -1;
  PIECE.lastIndex = offset;
  while (end < text.length) {
    const piece = PIECE.exec(text);
    if (piece === null) throw strayCharacter(source, end);
    const word = piece[1];
    const quoted = piece[2];
    const mark = piece[3];
    if (word !== undefined) {
      tokens.push({ text: word, quoted: false, adjacent: end === tokenEnd, offset: end });
      tokenEnd = end + word.length;
    } else if (quoted !== undefined) {
      tokens.push({ text: quoted, quoted: true, adjacent: end === tokenEnd, offset: end });
      tokenEnd = end + quoted.length + 2;
    } else if (mark === '(') {
      if (open !== undefined) throw errorAt(source, end, 'extra opening brace', mark);
      open = end;
    } else if (mark === ')') {
      if (open === undefined) throw errorAt(source, end, 'extra closing brace', mark);
      open = undefined;
    }
    end = PIECE.lastIndex;
    if (mark === '\n' && open === undefined) return { indented, tokens, end };
  }
  if (open !== undefined) throw errorAt(source, open, 'unbalanced brace', '(');
  return { indented, tokens, end };
}

function strayCharacter(source: Source, offset: number) {
  const character = source.text.charAt(offset);
  return errorAt(source, offset, character === '"' ? 'unbalanced quote' : 'bad escape', character);
}

/**
 * Word (group 1), quoted string (2), parenthesis or end of line (3), comment, white space; the white space after a word goes
 * with it, which saves every other match. The data of a record is at most 65535 octets; the bound on escapes keeps the
 * expression's stack small whatever the file holds.
 */
const PIECE =
  /((?:[^ \t\r\n;()"\\]+|\\[^\n]){1,65535})[ \t\r]*|"([^"\\]*(?:\\[\s\S][^"\\]*){0,65535})"|([()\n])|;[^\n]*|[ \t\r]+/y;
