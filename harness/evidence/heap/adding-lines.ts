import { addingByName, patternsFor, type Writing, written } from './adding-patterns.ts';
import { type CodeFile, isCode, type LinePlace, matching, sourceOf } from './source-lines.ts';

/** Of a writing the likeliest first, that of a container within another before all. */
export type Patterns = (writing: Writing) => readonly RegExp[];

/** Lines that match the likeliest of the patterns that any line does. */
export function addingLines(lines: readonly string[], writing: Writing, patternsOf: Patterns): LinePlace[] {
  const [within, ...others] = patternsOf(writing).map(pattern => () => matching(lines, pattern));
  const byName = () => (writing.containers > 1 ? addingByName(lines, writing) : []);
  return [within, byName, ...others].map(look => look?.() ?? []).find(some => some.length > 0) ?? [];
}

/**
 * Lines that add to a container by another name than its own: of a variable that takes it, as `const rows = this.byUser`
 * does, those that add to that; of a function that adds to what it is handed, those that call it, as in
 * `append(this.byUser, user, row)`. A function is looked for by its name alone.
 */
export function addingByOtherNames(
  lines: readonly string[],
  writing: Writing,
  program: readonly CodeFile[],
): LinePlace[] {
  if (writing.containers === 0 || writing.container === 'Promise') return [];
  const taken = takenInto(lines, writing);
  return taken.length > 0 ? taken : handedOn(lines, writing, program);
}

/** What leads to a field, or nothing. */
const OWNERS = '(?:[A-Za-z_$][\\w$]*\\??\\.#?)*?';

function takenInto(lines: readonly string[], writing: Writing): LinePlace[] {
  const texts = written(writing).join('|');
  const name = writing.name.replace('#', '').replaceAll('$', '\\$');
  const taking = new RegExp(
    `\\b(?:const|let|var) +(?:([A-Za-z_$][\\w$]*)(?: *:[^=]*)? *= *${OWNERS}(?:${texts}) *(?:[;,]|$)|` +
      `\\{[^{}]*(?<![\\w$])${name} *: *([A-Za-z_$][\\w$]*)[^{}]*\\} *=)`,
  );
  return lines.flatMap((text, index) => {
    const [, taken, renamed] = (isCode(text) && taking.exec(text)) || [];
    const name = taken ?? renamed;
    return name === undefined ? [] : addedWithin(lines, index + 1, { ...writing, name, kind: 'variable' });
  });
}

/** From a line to the end of the block that it is in. */
function addedWithin(lines: readonly string[], from: number, writing: Writing): LinePlace[] {
  const block = within(lines.slice(from).join('\n')).split('\n');
  return addingLines(block, writing, patternsFor).map(({ line, column }) => ({ line: line + from, column }));
}

/** Lines before an argument in which its call may begin, and in which parameters may stand. */
const LONGEST_LIST = 12;

function handedOn(lines: readonly string[], writing: Writing, program: readonly CodeFile[]): LinePlace[] {
  const handed = new RegExp(`(?:${written(writing).join('|')})(?= *(?:[,)]|$))`);
  return matching(lines, handed).filter(({ line, column }) => {
    const before = lines.slice(Math.max(0, line - LONGEST_LIST), line - 1);
    const call = callBefore([...before, lines[line - 1]?.slice(0, column - 1)].join('\n'));
    return call !== undefined && program.some(file => adds(file, call, writing));
  });
}

interface Call {
  readonly name: string;
  /** Which argument, from 0. */
  readonly argument: number;
}

/** The call that is open where a text ends, if what is written next is the beginning of an argument. */
function callBefore(text: string): Call | undefined {
  const before = text.replace(new RegExp(`${OWNERS}[\\w$]*$`), '').trimEnd();
  if (!/[(,]$/.test(before)) return undefined;
  let [depth, argument] = [0, 0];
  for (let index = before.length - 1; index >= 0; index--) {
    const sign = before[index] as string;
    if (depth === 0 && sign === ',') argument++;
    if (')]}'.includes(sign)) depth++;
    if (!'([{'.includes(sign) || depth-- > 0) continue;
    const name = sign === '(' ? /[A-Za-z_$][\w$]*$/.exec(before.slice(0, index))?.[0] : undefined;
    return name === undefined ? undefined : { name, argument };
  }
  return undefined;
}

/** Whether a function of that name adds to what it is handed there. */
function adds(file: CodeFile, { name, argument }: Call, writing: Writing): boolean {
  const lines = sourceOf(file)?.lines ?? [];
  const plain = name.replaceAll('$', '\\$');
  const defining = new RegExp(
    `(?:\\bfunction *\\*? *|\\b(?:const|let|var) +|^\\s*(?:(?:static|async|public|private|protected) +)*#?)${plain}` +
      '(?: *=(?: *async\\b)?(?: *function\\b *\\*?)?)? *(?:<[^()]*>)? *\\(',
  );
  return lines.some((text, index) => {
    const opening = isCode(text) ? defining.exec(text) : null;
    if (!opening) return false;
    const from = text.slice(opening.index + opening[0].length);
    const { parameters, body } = functionOf([from, ...lines.slice(index + 1, index + LONGEST_BODY)]);
    const parameter = parameters[argument] ?? '';
    return (
      parameter !== '' &&
      addingLines(body, { ...writing, name: parameter, kind: 'variable' }, patternsFor).length > 0
    );
  });
}

/** In lines, with the parameters. */
const LONGEST_BODY = 100;
/** Of a function that is nothing but an expression, in lines. */
const LONGEST_EXPRESSION = 3;

interface FunctionText {
  readonly parameters: readonly string[];
  readonly body: readonly string[];
}

/** Of lines that begin after the bracket of its parameters; nothing where it is but called. */
function functionOf(lines: readonly string[]): FunctionText {
  const text = lines.join('\n');
  const list = within(text);
  const [, sign, body = ''] = /^\)\s*(?::[^{};=]*)?(=>\s*\{?|\{)(.*)/s.exec(text.slice(list.length)) ?? [];
  if (sign === undefined) return { parameters: [], body: [] };
  const parameters = topLevel(list).map(one => /^\s*([A-Za-z_$][\w$]*)/.exec(one)?.[1] ?? '');
  const isBlock = sign.endsWith('{');
  return {
    parameters,
    body: isBlock ? within(body).split('\n') : body.split('\n').slice(0, LONGEST_EXPRESSION),
  };
}

/** Up to the bracket that closes what a text is in. */
function within(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if ('([{'.includes(text[index] as string)) depth++;
    if (')]}'.includes(text[index] as string) && depth-- === 0) return text.slice(0, index);
  }
  return text;
}

/** Of a list its parts, by the commas that are in no brackets. */
function topLevel(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of list) {
    if (depth === 0 && sign === ',') parts.push('');
    else parts[parts.length - 1] += sign;
    if ('([{<'.includes(sign)) depth++;
    if (')]}>'.includes(sign)) depth--;
  }
  return parts;
}
