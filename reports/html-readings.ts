import type { ChartCurves, ScenarioCurves } from './html-curves.ts';
import { h, type Markup } from './html-markup.ts';
import { scrolling } from './html-table.ts';

/**
 * What the charts show as numbers, for screen readers and for copying: one row per sample, whole numbers
 * without separators.
 */
export function htmlReadings({ charts, per, pers, id }: ScenarioCurves): Markup {
  const iterations = [...new Set(charts.flatMap(chart => chart.x))].sort((a, b) => a - b);
  const rows = charts.map(rowsOf);
  const name = `Readings over ${pers}`;
  return h(
    'details',
    { class: 'readings' },
    h('summary', {}, 'All readings as a table'),
    h('button', { type: 'button', 'data-copy': `${id}-readings`, hidden: true }, 'Copy the table'),
    scrolling(
      name,
      h(
        'table',
        { id: `${id}-readings` },
        h('caption', {}, name),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, per),
            charts.flatMap(chart =>
              chart.lines.map(line =>
                h(
                  'th',
                  { scope: 'col', class: 'number' },
                  `${chart.title}${chart.unit === 'bytes' ? ' growth, B' : ''}: ${line.label}`,
                ),
              ),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          iterations.map(iteration =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, String(iteration)),
              charts.flatMap((chart, at) =>
                chart.lines.map((_, line) => h('td', {}, rows[at]?.get(iteration)?.[line] ?? '')),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Readings of each line by iteration. */
function rowsOf({ x, lines }: ChartCurves): ReadonlyMap<number, readonly string[]> {
  return new Map(
    x.map((iteration, at) => [
      iteration,
      lines.map(({ y }) => {
        const value = y[at];
        return value === null || value === undefined ? '' : String(value);
      }),
    ]),
  );
}
