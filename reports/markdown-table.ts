import type { Table } from './table.ts';

/** A table with its heading as GitHub-flavoured Markdown; section titles become rows of their own. */
export function markdownTable({ title, columns, sections }: Table): string {
  const blanks = columns
    .slice(1)
    .map(() => ' |')
    .join('');
  return [
    `## ${title}`,
    '',
    `| ${columns.map(column => column.title).join(' | ')} |`,
    `| ${columns.map(column => (column.align === 'right' ? '---:' : '---')).join(' | ')} |`,
    ...sections.flatMap(section => [
      ...(section.title === '' ? [] : [`| **${escaped(section.title)}** |${blanks}`]),
      ...section.rows.map(row => `| ${row.map(cell => escaped(cell.text)).join(' | ')} |`),
    ]),
  ].join('\n');
}

/** Names come from scenarios: nothing in them may become markup (CommonMark 0.31, section 2.4). */
export function escaped(text: string): string {
  return text.replace(/[\\`*_[\]|~<>&#]/g, character => ENTITIES[character] ?? `\\${character}`);
}

const ENTITIES: { readonly [character: string]: string } = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
