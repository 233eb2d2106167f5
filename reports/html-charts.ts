import { formatCount } from './format.ts';
import { type ChartCurves, type Line, readingText, type ScenarioCurves } from './html-curves.ts';
import { h, type Markup } from './html-markup.ts';

/**
 * The heap-growth chart of a scenario, and a small one for every other metric that moved; the page's script fills them.
 * @param staticChart stands in their place where scripts are off
 */
export function htmlCharts(curves: ScenarioCurves, staticChart: Markup): Markup {
  const [heap, ...rest] = curves.charts;
  return h(
    'div',
    { class: 'charts', 'data-scenario': curves.id },
    heap && mainChart(heap, curves, staticChart),
    rest.length === 0
      ? undefined
      : [
          h('h3', {}, 'Everything else that moved'),
          h(
            'div',
            { class: 'multiples' },
            rest.map(chart => smallChart(chart, curves)),
          ),
        ],
  );
}

function mainChart(chart: ChartCurves, curves: ScenarioCurves, staticChart: Markup): Markup {
  return h(
    'figure',
    { class: 'chart main' },
    h(
      'figcaption',
      {},
      h(
        'div',
        { class: 'chart-title' },
        h('h3', {}, chart.title),
        h('p', { class: 'quiet' }, `Growth since the first sample, over ${curves.pers}`),
      ),
      h(
        'div',
        { class: 'tools', role: 'group', 'aria-label': 'Scale and zoom' },
        h('button', { type: 'button', 'data-scale': 'linear', 'aria-pressed': 'true' }, 'Linear'),
        h('button', { type: 'button', 'data-scale': 'log', 'aria-pressed': 'false' }, 'Log'),
        h('button', { type: 'button', 'data-zoom': 'all', disabled: true }, 'Whole run'),
      ),
    ),
    legend(chart, curves, true),
    plot(chart, curves),
    h('noscript', {}, staticChart),
    h('p', { class: 'hint quiet' }, hint(chart, curves)),
  );
}

function smallChart(chart: ChartCurves, curves: ScenarioCurves): Markup {
  return h(
    'figure',
    { class: 'chart small' },
    h('figcaption', {}, h('h4', {}, chart.title)),
    legend(chart, curves, false),
    plot(chart, curves),
  );
}

/** Each build with its reading: at the end of the run, or where the cursor stands. */
function legend(chart: ChartCurves, curves: ScenarioCurves, withRate: boolean): Markup {
  const last = chart.x.at(-1) ?? 0;
  return h(
    'div',
    { class: 'legend' },
    h(
      'ul',
      {},
      chart.lines.map(line =>
        h(
          'li',
          {},
          swatch(line.color, line.dash.join(' ')),
          h('span', { class: 'name' }, line.label),
          h('span', { class: 'reading', 'data-reading': true }, endText(line, chart)),
          withRate && line.rate !== '' ? h('span', { class: 'quiet' }, line.rate) : undefined,
        ),
      ),
    ),
    withRate
      ? h('p', { class: 'quiet', 'data-where': true }, `at the end, ${formatCount(last, curves.per)}`)
      : undefined,
  );
}

function endText(line: Line, { unit }: ChartCurves): string {
  const end = line.y.findLast(value => value !== null);
  return end === undefined || end === null ? '' : readingText(end, unit);
}

/** A piece of the curve as it is drawn. */
export function swatch(color: string, dash: string): Markup {
  const line = { x1: 1, y1: 5, x2: 21, y2: 5, stroke: color, 'stroke-width': 3 };
  return h(
    'svg',
    { class: 'swatch', width: 22, height: 10, viewBox: '0 0 22 10', 'aria-hidden': 'true' },
    h('line', dash === '' ? line : { ...line, 'stroke-dasharray': dash }),
  );
}

function plot(chart: ChartCurves, curves: ScenarioCurves): Markup {
  const ends = chart.lines.map(line => `${line.label} ${endText(line, chart)}`).join(', ');
  const label = `${chart.title} over ${formatCount(chart.x.at(-1) ?? 0, curves.per)}: at the end ${ends}. Arrow keys move the cursor.`;
  return h('div', {
    class: 'plot',
    id: chart.id,
    tabindex: 0,
    role: 'application',
    'aria-roledescription': 'chart',
    'aria-label': label,
    'data-chart': chart.id,
  });
}

function hint(chart: ChartCurves, curves: ScenarioCurves): string {
  const parts = [
    ...(curves.warmup > 0
      ? [`Hatched: warm-up of up to ${formatCount(curves.warmup, curves.per)}, not sampled.`]
      : []),
    'Ticks below: a sample after each window.',
    ...(chart.lines.some(line => line.band) ? ['Shaded: confidence band of the growth.'] : []),
    ...(chart.allowance > 0 ? [`Fine dots: the allowance of ${chart.allowance} B/${curves.per}.`] : []),
    'Drag to zoom, double-click for the whole run. Keys: arrows and Home/End move the cursor, + and - zoom, Esc resets.',
  ];
  return parts.join(' ');
}
