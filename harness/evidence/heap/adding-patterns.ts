import type { AddedPlace } from './added-place.ts';
import { isCode, type LinePlace, matching } from './source-lines.ts';

/** What lines that add to a place may look like, the likeliest first. */
export interface AddingPatterns {
  /** Those that add to a container within a container, and say how the inner one is reached. */
  readonly within: readonly RegExp[];
  readonly others: readonly RegExp[];
}

/** A field may have been taken into a variable of its name. */
export function patternsFor(writing: Writing, link?: string): AddingPatterns {
  const { name, containers, container, kind } = writing;
  const plain = escapedName(name);
  if (container === 'Promise')
    return { within: [], others: written(writing).map(text => new RegExp(waiting(text))) };
  const way =
    containers === 0 ? setting(link) : adding(plain, container, kind === 'other name' ? '' : copied(plain));
  const assigned = containers === 0 ? '' : `\\bObject\\.assign\\( *(?:[\\w$]+\\.#?)*${plain} *,|`;
  const following = (what: string) => written(writing).map(text => new RegExp(`${assigned}${text}${what}`));
  return { within: containers > 1 ? following(ADDING_WITHIN) : [], others: following(way) };
}

/** Of a place how a file writes it; a field may have been taken into a variable of its name. */
export interface Writing extends Pick<AddedPlace, 'name' | 'containers' | 'container'> {
  readonly kind: 'variable' | 'field' | 'field of others' | 'symbol' | 'other name';
  /** Name of the variable that has the field, if it is to have that alone. */
  readonly owner?: string;
}

/** What a file may write for it, as patterns. */
export function written({ name, kind, owner }: Writing): readonly string[] {
  const plain = escapedName(name);
  const variable = variableOf(name);
  const field = `[.#]${plain}(?![\\w$])`;
  switch (kind) {
    case 'variable':
    case 'other name':
      return [variable];
    case 'symbol':
      return [`\\[${plain}\\]`];
    case 'field':
      return [field, variable];
    case 'field of others':
      // What a class of another file has as its own is another field.
      return [
        owner === undefined
          ? `(?<!\\bthis\\??)${field}`
          : `${variableOf(owner)}(?:\\??\\.[\\w$]+)*?\\??${field}`,
      ];
  }
}

function variableOf(name: string): string {
  return `(?<![\\w$.#])${escapedName(name)}(?![\\w$])`;
}

/** Keys in brackets, one or several, in which there may be others. */
const KEYS = '(?:\\[(?:[^\\[\\]=]|\\[(?:[^\\[\\]]|\\[[^\\[\\]]*\\])*\\])+\\]!?)+';

/** Nothing is put where a place is emptied. */
const NOT_CLEARED = '(?! *(?:null\\b|undefined\\b|void ))';

/** What follows a container's name where something is put into it, or it is copied with more. */
function adding(name: string, container = '', copies = copied(name)): string {
  const method = `\\??\\.${ADDERS.get(container) ?? ADDER}`;
  const entry = `${KEYS} *(\\?\\?|\\|\\|)?=(?![=>])${NOT_CLEARED}`;
  return `!?(${method}|${entry}${copies})`;
}

/** Where it becomes a copy with more: by another name it would be the copy that has that name then. */
function copied(name: string): string {
  const again = `(?<![\\w$])${name}(?![\\w$])`;
  const copy = ` *= *(\\[ *\\.{3}|\\{ *\\.{3}|new (Map|Set)\\().*${again}`;
  return `|${copy}|( *= .*${again}\\.concat\\()`;
}

/** Who waits for a promise leaves a reaction with it. */
function waiting(promise: string): string {
  return `(?:\\bPromise\\.(?:race|any|all|allSettled)\\(|\\bawait\\s)[^;]*${promise}|${promise}\\??\\.(?:then|catch|finally)\\(`;
}

/** With a third argument: two only take out. */
const SPLICED = 'splice\\([^,()]*(?:\\([^()]*\\))?[^,()]*,[^,()]*(?:\\([^()]*\\))?[^,()]*,';
/** By what a container has; of a class of the program any of them. */
const ADDER = `(?:(?:push|unshift|add|set|append|enqueue)\\(|${SPLICED})`;
const ADDERS: ReadonlyMap<string, string> = new Map([
  ['Map', 'set\\('],
  ['WeakMap', 'set\\('],
  ['Set', 'add\\('],
  ['WeakSet', 'add\\('],
  ['FinalizationRegistry', 'register\\('],
  ['Array', `(?:(?:push|unshift)\\(|${SPLICED})`],
]);

/** What follows a container's name where something is put into a container that is got from it. */
const ADDING_WITHIN =
  '(\\??\\.get\\([^()]*\\)|(\\?\\.)?\\[[^\\[\\]]*\\])( *(\\?\\?|\\|\\|)=? *(new \\w+\\(\\)|\\[\\]) *\\))?' +
  `[!?]?\\.${ADDER}`;

/** A field is declared by a line of its own. */
const NOT_DECLARED = '(?![^{}()]*;\\s*$)';

/** Lines that link an object to the one before, in a literal or afterwards; none that takes one out of a list. */
export function linking({ name }: Writing): AddingPatterns {
  const plain = escapedName(name);
  const others = [
    new RegExp(
      `(?<![\\w$.#?])${plain} *:${NOT_DECLARED}${NOT_CLEARED} |[.#]${plain} *=(?![=>])${NOT_CLEARED}(?!.*[.#]${plain}(?![\\w$]))`,
    ),
  ];
  return { within: [], others };
}

/** What follows a name where something is put there, of a list neither once for all nor what its own link has. */
function setting(link: string | undefined): string {
  if (link === undefined) return ` *(\\+=|(\\?\\?|\\|\\|)?=(?![=>])${NOT_CLEARED}${NOT_BEGUN})`;
  return ` *=(?![=>])${NOT_CLEARED}(?!.*[.#]${escapedName(link)}(?![\\w$]))`;
}

/** No text or number of the source is what grows. */
const NOT_BEGUN = '(?! *(?:\'[^\']*\'|"[^"]*"|``|[\\d_.]+) *(?:[;,)}]|$))';

/** Lines around that in which a container within another is given a name: it is added to by that. */
const NEARBY = 6;
/** Lines below it, if the block goes on for so long. */
const WITHIN_BLOCK = 40;

/**
 * Lines that add to a container within another by a name of its own, as in `const queue = waiting.get(row)`,
 * `waiting.set(row, queue)`, `waiting.set(row, (queue = []))`.
 */
export function addingByName(lines: readonly string[], { name }: Writing): LinePlace[] {
  const plain = escapedName(name);
  const whole = `(?<![\\w$])${plain}`;
  const got = new RegExp(`(?:const|let|var) +(\\w+) *= *[^;=]*${whole}(?:\\??\\.get\\(|\\??\\.?\\[)`);
  const put = new RegExp(`${whole}\\.set\\([^;]*, *\\(?(\\w+)(?: *=[^=>][^;]*)?\\)`);
  const found = new Map<number, LinePlace>();
  for (const [index, text] of lines.entries()) {
    const given = isCode(text) ? (got.exec(text)?.[1] ?? put.exec(text)?.[1]) : undefined;
    if (given === undefined) continue;
    const from = Math.max(0, index - NEARBY);
    const to = Math.max(index + NEARBY, blockEnd(lines, index) ?? 0);
    const pattern = new RegExp(`(?<![\\w$.#])${given}(?![\\w$])${adding(given)}`);
    for (const { line, column } of matching(lines.slice(from, to + 1), pattern))
      found.set(from + line, { line: from + line, column });
  }
  return [...found.values()];
}

/**
 * The line in which the block ends that the line is in, as braces are counted wherever they stand; undefined where it goes on for
 * long, or there is none.
 */
function blockEnd(lines: readonly string[], start: number): number | undefined {
  const last = Math.min(lines.length - 1, start + WITHIN_BLOCK);
  let depth = 0;
  for (let line = start; line <= last; line++) {
    for (const character of lines[line] ?? '') {
      if (character === '{') depth++;
      else if (character === '}' && --depth < 0) return line;
    }
  }
  return undefined;
}

/** Where a symbol of that description is given a name. */
export function symbolNamed(description: string): RegExp {
  const text = description.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`([A-Za-z_$][\\w$]*) *= *Symbol(?:\\.for)?\\( *['"\`]${text}['"\`] *\\)`);
}

/** Where a line has the name, but not as a text of its own. */
export function nameAsWord(name: string): RegExp {
  const beside = '[\\w$\'"`]';
  return new RegExp(`(?<!${beside})${escapedName(name)}(?!${beside})`);
}

/** As a part of a pattern, without the sign of a private field. */
export function escapedName(name: string): string {
  return name.replace('#', '').replaceAll('$', '\\$');
}
