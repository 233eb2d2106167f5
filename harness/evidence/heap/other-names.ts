import { addingLines } from './adding-lines.ts';
import { escapedName, patternsFor, type Writing, written } from './adding-patterns.ts';
import { LONGEST_BODY, within } from './function-text.ts';
import { handedOn, NAME, OWNER } from './handed-on.ts';
import { type CodeFile, isCode, type LinePlace } from './source-lines.ts';

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

function takenInto(lines: readonly string[], writing: Writing): LinePlace[] {
  const taken = `(${NAME})(?: *:[^=]*)? *= *${OWNER}(?:${written(writing).join('|')}) *(?:[;,]|$)`;
  const renamed = `\\{[^{}]*(?<![\\w$])${escapedName(writing.name)} *: *(${NAME})[^{}]*\\} *=`;
  const ways = writing.kind.startsWith('field') ? [taken, renamed] : [taken];
  const taking = new RegExp(`\\b(?:const|let|var) +(?:${ways.join('|')})`);
  return lines.flatMap((text, index) => {
    const [, plain, ofField] = (isCode(text) && taking.exec(text)) || [];
    const name = plain ?? ofField;
    return name === undefined ? [] : addedWithin(lines, index + 1, { ...writing, name, kind: 'variable' });
  });
}

/** From a line to the end of the block that it is in. */
function addedWithin(lines: readonly string[], from: number, writing: Writing): LinePlace[] {
  const block = within(lines.slice(from, from + LONGEST_BODY).join('\n')).split('\n');
  return addingLines(block, writing, patternsFor).map(({ line, column }) => ({ line: line + from, column }));
}
