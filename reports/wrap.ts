import { stripVTControlCharacters } from 'node:util';

/** Columns that a text takes on a terminal, colours left out; East Asian wide characters and emoji take two. */
export function columnsOf(text: string): number {
  return characters(stripVTControlCharacters(text)).reduce(
    (sum, character) => sum + (WIDE.test(character) ? 2 : 1),
    0,
  );
}

/** Breaks a text between words so that no line is wider than `width`; lines after the first are indented. */
export function wrap(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  const [first = '', ...words] = text.split(BREAK);
  let line = first;
  for (const word of words) {
    const longer = `${line} ${word}`;
    if (columnsOf(longer) <= width) line = longer;
    else {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent) + word.trimStart();
    }
  }
  return [...lines, line].join('\n');
}

/** Padded with spaces on the right. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** Padded with spaces on the left. */
export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text;
}

/** Cut to at most that many columns, the cut marked by three dots. Plain text only. */
export function truncate(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let cut = '';
  for (const character of characters(text)) {
    if (columnsOf(cut + character) > columns - 3) break;
    cut += character;
  }
  return `${cut}...`.slice(0, Math.max(0, columns));
}

const PLAIN = /^[ -~]*$/;
/** Made when it is first needed: that takes 20 ms, which each run would wait for. */
let graphemes: Intl.Segmenter | undefined;

function characters(text: string): readonly string[] {
  if (PLAIN.test(text)) return Array.from(text);
  graphemes ??= new Intl.Segmenter();
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** A number stays with its unit, and the ends of an interval stay together. */
const BREAK = /(?<=\S)(?<!(?:^|[\s([])[+-]?[\d.,]*\d) (?![\d.,-]+\])/;

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
