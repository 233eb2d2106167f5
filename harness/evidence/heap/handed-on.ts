import { addingLines } from './adding-lines.ts';
import { escapedName, patternsFor, type Writing, written } from './adding-patterns.ts';
import { functionOf, LONGEST_BODY } from './function-text.ts';
import { type CodeFile, isCode, type LinePlace, matching, sourceOf } from './source-lines.ts';

/** What a function or variable may be called. */
export const NAME = '[A-Za-z_$][\\w$]*';
/** What has a field, without the point; or nothing. */
export const OWNER = `(?:${NAME}\\??\\.#?)*?[\\w$]*\\??`;
/** Before an argument its call begins, in lines. */
const LONGEST_LIST = 12;
/** In characters: of a list of arguments. */
const LONGEST_TEXT = 2000;

/** Lines that hand it to a function of the program which adds to what it is handed: known by its name, and its text. */
export function handedOn(
  lines: readonly string[],
  writing: Writing,
  program: readonly CodeFile[],
): LinePlace[] {
  const handed = new RegExp(`(?:${written(writing).join('|')})(?= *(?:[,)]|$))`);
  return matching(lines, handed).filter(({ line, column }) => {
    const before = lines.slice(Math.max(0, line - LONGEST_LIST), line - 1);
    const text = [...before, lines[line - 1]?.slice(0, column - 1)].join('\n');
    const call = callBefore(text.slice(-LONGEST_TEXT));
    return call !== undefined && program.some(file => adds(file, call, writing));
  });
}

interface Call {
  readonly name: string;
  /** Which argument, from 0. */
  readonly argument: number;
}

const OWNER_AT_END = new RegExp(`(?<![\\w$.])${OWNER}$`);
const NAME_AT_END = new RegExp(`${NAME}$`);

/** The call that is open where a text ends, if what is written next is the beginning of an argument. */
function callBefore(text: string): Call | undefined {
  const before = text.replace(OWNER_AT_END, '').trimEnd();
  if (!/[(,]$/.test(before)) return undefined;
  let [depth, argument] = [0, 0];
  for (let index = before.length - 1; index >= 0; index--) {
    const sign = before[index] as string;
    if (depth === 0 && sign === ',') argument++;
    if (')]}'.includes(sign)) depth++;
    if (!'([{'.includes(sign) || depth-- > 0) continue;
    const name = sign === '(' ? NAME_AT_END.exec(before.slice(0, index))?.[0] : undefined;
    return name === undefined ? undefined : { name, argument };
  }
  return undefined;
}

/** Whether a function of that name adds to what it is handed there. */
function adds(file: CodeFile, { name, argument }: Call, writing: Writing): boolean {
  const lines = sourceOf(file)?.lines ?? [];
  const plain = escapedName(name);
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
