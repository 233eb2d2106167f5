import { addingLines } from './adding-lines.ts';
import { escapedName, patternsFor, type Writing, written } from './adding-patterns.ts';
import { functionOf, NAME } from './function-text.ts';
import { type CodeFile, sourceOf, wordsOf } from './source-lines.ts';

/** Pattern of what has a field, with what has that, but without the last point; or of nothing. */
export const OWNER = `(?:${NAME}\\??\\.#?)*?[\\w$]*\\??`;

/** In characters: so far above an argument its call may begin. */
const LONGEST_CALL = 2000;
/** In characters: of a function with its parameters. */
const LONGEST_FUNCTION = 8000;
/** Whose methods are not the program's. */
const BUILT_IN = /\b(?:Array|Buffer|JSON|Map|Math|Object|Promise|Reflect|Set|console)\.$/;
const KEYWORDS: ReadonlySet<string> = new Set(
  'async await catch constructor for function if new return super switch typeof void while with yield'.split(
    ' ',
  ),
);

/** Finds the calls that hand a container to a function of the program which adds to what it is handed. */
export class HandedOn {
  readonly #program: () => readonly CodeFile[];
  /** What is known of functions: by their name, and by what they are handed. */
  readonly #adds = new Map<string, boolean>();

  constructor(program: () => readonly CodeFile[]) {
    this.#program = program;
  }

  /** Places in a text without texts of its own. A function is known by its name alone. */
  in(words: string, writing: Writing): number[] {
    const handed = new RegExp(`(?:${written(writing).join('|')})(?=!?(?: +as +[^,()]*)?\\s*[,)])`, 'g');
    return [...words.matchAll(handed)].flatMap(({ index }) => {
      const call = callBefore(words.slice(Math.max(0, index - LONGEST_CALL), index));
      const isDeclared =
        call && functionOf(words.slice(index - call.length, index + LONGEST_CALL)) !== undefined;
      return call && !isDeclared && this.#isAdding(call, writing) ? [index] : [];
    });
  }

  #isAdding(call: Call, writing: Writing): boolean {
    const key = [call.name, call.argument, writing.containers, writing.container].join(' ');
    const known = this.#adds.get(key) ?? this.#program().some(file => isAdding(file, call, writing));
    this.#adds.set(key, known);
    return known;
  }
}

interface Call {
  readonly name: string;
  /** Which argument, from 0. */
  readonly argument: number;
  /** In characters: of the arguments before. */
  readonly length: number;
}

const OWNER_AT_END = new RegExp(`(?<![\\w$.])${OWNER}$`);
const CALLED_AT_END = new RegExp(`(${NAME})(?:\\?\\.)?(?:<[^()<>]*>)?$`);

/** The call that is open where a text ends, if what is written next is the beginning of an argument. */
function callBefore(text: string): Call | undefined {
  const before = text.replace(OWNER_AT_END, '');
  if (!/[(,]\s*$/.test(before)) return undefined;
  let [depth, argument] = [0, 0];
  for (let index = before.length - 1; index >= 0; index--) {
    const sign = before[index] as string;
    if (depth === 0 && sign === ',') argument++;
    if (')]}'.includes(sign)) depth++;
    if (!'([{'.includes(sign) || depth-- > 0) continue;
    const called = sign === '(' ? CALLED_AT_END.exec(before.slice(0, index)) : null;
    const name = called?.[1] ?? '';
    if (!called || KEYWORDS.has(name) || BUILT_IN.test(before.slice(0, called.index))) return undefined;
    return { name, argument, length: text.length - index - 1 };
  }
  return undefined;
}

/** Whether a function of that name adds to what it is handed there. */
function isAdding(file: CodeFile, { name, argument }: Call, writing: Writing): boolean {
  const source = sourceOf(file);
  const words = source ? wordsOf(source) : '';
  if (!words.includes(name)) return false;
  const value = '[=:]\\s*(?:async\\b\\s*)?(?:function\\b\\s*\\*?\\s*[\\w$]*)?\\s*';
  const defining = new RegExp(
    `(?<![\\w$])${escapedName(name)}\\s*(?:(?::[^=;(){}]*)?${value})?(?:<[^()]*>)?\\s*\\(`,
    'g',
  );
  return [...words.matchAll(defining)].some(({ 0: { length }, index }) => {
    const found = functionOf(words.slice(index + length, index + length + LONGEST_FUNCTION));
    const parameter = found?.parameters[argument] ?? '';
    if (!found || parameter === '') return false;
    const here: Writing = { ...writing, name: parameter, kind: 'other name' };
    return addingLines(found.body.split('\n'), here, patternsFor).length > 0;
  });
}
