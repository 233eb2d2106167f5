import TableDrawing from 'cli-table3';
import { heading, type Page, paint } from './page.ts';
import type { Cell, Section, Table } from './table.ts';
import { columnsOf, padEnd, wrap } from './wrap.ts';

/** Draws a table, or where it would be wider than the page a list with one block per row. */
export function terminalTable(table: Table, page: Page): string {
  const drawn = drawing(table, page);
  const fits = drawn.split('\n').every(line => columnsOf(line) <= page.width);
  return `${heading(page, wrap(table.title, page.width, 2))}\n${fits ? drawn : list(table, page)}`;
}

function drawing(table: Table, page: Page): string {
  const drawn = new TableDrawing({
    head: table.columns.map(column => column.title),
    colAligns: table.columns.map(column => column.align),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: BORDERLESS,
  });
  for (const section of table.sections) {
    const indent = section.title === '' ? '' : '  ';
    if (section.title !== '') drawn.push([{ content: section.title, colSpan: table.columns.length }]);
    drawn.push(
      ...section.rows.map(row =>
        row.map((cell, at) => (at === 0 ? indent : '') + paint(page, cell.tone, cell.text)),
      ),
    );
  }
  const [head = '', ...rows] = drawn.toString().split('\n');
  const rule = '─'.repeat(Math.max(...[head, ...rows].map(line => columnsOf(line.trimEnd()))));
  return [head.trimEnd(), paint(page, 'quiet', rule), ...rows.map(row => row.trimEnd())].join('\n');
}

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

const UNSAID: ReadonlySet<string> = new Set(['', '-']);

function list(table: Table, page: Page): string {
  return table.sections.map(section => listed(section, table, page)).join('\n');
}

/** The first column names the row; every other one is a line of its own. */
function listed(section: Section, table: Table, page: Page): string {
  const titles = table.columns.map(column => column.title);
  const longest = Math.max(...titles.slice(1).map(columnsOf));
  const line = (cell: Cell, at: number) =>
    wrap(
      `    ${padEnd(titles[at] ?? '', longest)}  ${paint(page, cell.tone, cell.text)}`,
      page.width,
      longest + 6,
    );
  const blocks = section.rows.map(row =>
    row
      .flatMap((cell, at) => (at === 0 ? [`  ${cell.text}`] : UNSAID.has(cell.text) ? [] : [line(cell, at)]))
      .join('\n'),
  );
  const title = section.title === '' ? [] : [wrap(section.title, page.width, 2)];
  return [...title, ...blocks].join('\n');
}
