import { addingLines } from './adding-lines.ts';
import { escapedName, patternsFor, type Writing, written } from './adding-patterns.ts';
import { NAME, untilClosed } from './function-text.ts';
import { type HandedOn, OWNER } from './handed-on.ts';
import { type LinePlace, offsetOf, type Source, wordsOf } from './source-lines.ts';

/** In characters: how far a variable is looked for below. */
const LONGEST_BLOCK = 20_000;
/** Pattern of where an expression ends, by its line or by a sign, or another begins that may be chosen in its place. */
const ENDS = '(?= *(?:[;,)]|\\s*(?::|\\?\\?|\\|\\|)|\\n(?!\\s*[.?[(+*/%&|<>=!:-])|$))';
/** Pattern of what stands before it where it is chosen, as in `isOld ? this.old :`, over lines that begin with a sign. */
const CHOICE =
  '(?:(?:[^;,{}()=!<>\\n]|\\n(?=\\s*[?:|&])|[!<>](?!=)|[=!<>]==?(?![=>])|\\([^()]*\\)){0,500}?(?:\\?(?!\\.)|:|&&|\\|\\|)\\s*)?';

/**
 * Lines that add to a container by another name than its own: of a variable that takes it, as `const rows = this.byUser`
 * does, those that add to that; of a function that adds to what it is handed, those that call it, as in
 * `append(this.byUser, user, row)`.
 */
export function addingByOtherNames(source: Source, writing: Writing, handedOn: HandedOn): LinePlace[] {
  const words = wordsOf(source);
  const taken = takings(words, writing).flatMap(({ name, end }) => {
    const here: Writing = { ...writing, name, kind: 'other name' };
    const block = untilClosed(words.slice(end, end + LONGEST_BLOCK));
    const added = addingLines(block.split('\n'), here, patternsFor).map(at => offsetOf(at, block));
    return (added.length > 0 ? added : handedOn.in(block, here)).map(offset => end + offset);
  });
  const found = taken.length > 0 ? taken : handedOn.in(words, writing);
  return found.map(offset => placeOf(offset, words));
}

interface Taking {
  readonly name: string;
  /** Where in the text it is taken. */
  readonly end: number;
}

/** Variables that take it: by its name, or as a field by destructuring. */
function takings(words: string, writing: Writing): Taking[] {
  const { kind, name, owner } = writing;
  const taken = `(?<![\\w$.#])(${NAME})(?: *:[^=;{}()\\n]*)? *=(?![=>])\\s*`;
  const whole = `${taken}${CHOICE}${OWNER}(?:${written(writing).join('|')})!?${ENDS}`;
  const isOther = kind === 'field of others';
  const holder = owner === undefined ? `${isOther ? '(?!this\\b)' : ''}${OWNER}` : escapedName(owner);
  const field = `\\{[^{}]*(?<![\\w$])${escapedName(name)} *: *(${NAME})[^{}]*\\} *= *${holder}${ENDS}`;
  const ways = kind === 'field' || isOther ? (name.startsWith('#') ? [whole] : [whole, field]) : [whole];
  return ways.flatMap(way =>
    [...words.matchAll(new RegExp(way, 'g'))].map(found => ({
      name: found[1] ?? '',
      end: found.index + found[0].length,
    })),
  );
}

function placeOf(offset: number, text: string): LinePlace {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
