import { type Child, h, type Markup } from './html-markup.ts';
import type { Table } from './table.ts';

/** A table with its title as caption; it scrolls by itself where the page is too narrow. */
export function htmlTable({ title, columns, sections }: Table): Markup {
  const head = columns.map(column =>
    column.title === ''
      ? h('td', {})
      : h('th', { scope: 'col', class: alignment(column.align) }, column.title),
  );
  return scrolling(
    title,
    h(
      'table',
      {},
      h('caption', {}, title),
      h('thead', {}, h('tr', {}, head)),
      sections.map(section =>
        h(
          'tbody',
          {},
          section.title === ''
            ? undefined
            : h(
                'tr',
                { class: 'section' },
                h('th', { scope: 'rowgroup', colspan: columns.length }, section.title),
              ),
          section.rows.map(row =>
            h(
              'tr',
              {},
              row.map(({ text, tone }, at) =>
                at === 0
                  ? h('th', { scope: 'row', class: tone }, text)
                  : h('td', { class: `${tone} ${alignment(columns[at]?.align)}`.trim() }, text),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** What may be wider than the page: reachable by keyboard, and named for it. */
export function scrolling(name: string, ...children: readonly Child[]): Markup {
  return h('div', { class: 'scroll', role: 'group', 'aria-label': name, tabindex: 0 }, children);
}

function alignment(align: 'left' | 'right' | undefined): string {
  return align === 'right' ? 'number' : '';
}
