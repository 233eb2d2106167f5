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
  const indented = BLANK.test(text.charAt(offset));
  let open: number | undefined;
  let end = offset;
  let tokenEnd = -1;
  while (end < text.length) {
    PIECE.lastIndex = end;
    const piece = PIECE.exec(text);
    if (piece === null) throw strayCharacter(source, end);
    const whole = piece[0];
    const word = piece[2];
    const quoted = piece[1];
    if (word !== undefined) {
      tokens.push({ text: word, quoted: false, adjacent: end === tokenEnd, offset: end });
      tokenEnd = end + whole.length;
    } else if (quoted !== undefined) {
      tokens.push({ text: quoted, quoted: true, adjacent: end === tokenEnd, offset: end });
      tokenEnd = end + whole.length;
    } else if (whole === '(') {
      if (open !== undefined) throw errorAt(source, end, 'extra opening brace', whole);
      open = end;
    } else if (whole === ')') {
      if (open === undefined) throw errorAt(source, end, 'extra closing brace', whole);
      open = undefined;
    }
    end += whole.length;
    if (whole === '\n' && open === undefined) return { indented, tokens, end };
  }
  if (open !== undefined) throw errorAt(source, open, 'unbalanced brace', '(');
  return { indented, tokens, end };
}

function strayCharacter(source: Source, offset: number) {
  const character = source.text.charAt(offset);
  return errorAt(source, offset, character === '"' ? 'unbalanced quote' : 'bad escape', character);
}

const BLANK = /[ \t]/;
/**
 * White space, comment, end of line, parenthesis, quoted string (group 1), word (group 2). The data of a record is at most
 * 65535 octets; the bound on escapes keeps the expression's stack small whatever the file holds.
 */
const PIECE =
  /[ \t\r]+|;[^\n]*|\n|[()]|"([^"\\]*(?:\\[\s\S][^"\\]*){0,65535})"|((?:[^ \t\r\n;()"\\]+|\\[^\n]){1,65535})/y;
