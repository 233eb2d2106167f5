import type { Table } from './table.ts';

/** A table with its heading as GitHub-flavoured Markdown; section titles become rows of their own. */
export function markdownTable({ title, columns, sections }: Table): string {
  const blanks = columns
    .slice(1)
    .map(() => ' |')
    .join('');
  return [
    `## ${escaped(title)}`,
    '',
    `| ${columns.map(column => escaped(column.title)).join(' | ')} |`,
    `| ${columns.map(column => (column.align === 'right' ? '---:' : '---')).join(' | ')} |`,
    ...sections.flatMap(section => [
      ...(section.title === '' ? [] : [`| **${escaped(section.title)}** |${blanks}`]),
      ...section.rows.map(row => `| ${row.map(cell => escaped(cell.text)).join(' | ')} |`),
    ]),
  ].join('\n');
}

/**
 * Names come from scenarios: nothing in them may become markup (CommonMark 0.31, section 2.4), nor call a
 * user or a team of GitHub's, as the name of a package with a scope would, or an issue, as `#2` would.
 */
export function escaped(text: string): string {
  return text.replace(/(@(?=\w)|#(?=\d))|[\\`*_[\]|~<>&#]/g, (character, calling?: string) =>
    calling === undefined ? (ENTITIES[character] ?? `\\${character}`) : `${calling}${NO_WIDTH}`,
  );
}

/** A space. */
const NO_WIDTH = '&#8203;';
const ENTITIES: { readonly [character: string]: string } = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
};
