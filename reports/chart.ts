import type { Report } from '../harness/model.ts';
import { chartBlock } from './chart-block.ts';
import { CHART_THEMES, type ChartThemeName } from './chart-theme.ts';
import { environmentText } from './environment.ts';
import { scenarioGroups } from './judged.ts';
import { printable } from './printable.ts';
import { element, escapeXml, label } from './svg.ts';
import { wrap } from './wrap.ts';

export interface ChartOptions {
  /** Draws this scenario only; default: every scenario, one below the other. */
  readonly scenario?: string;
  /** Of the whole chart, pixels. */
  readonly width: number;
  /** Of one scenario, pixels. */
  readonly height: number;
  readonly theme: ChartThemeName;
}

export const DEFAULT_CHART: ChartOptions = { width: 900, height: 640, theme: 'light' };

const FOOT = 46;

/**
 * The heap-growth chart as an SVG document: per scenario the heap after collection over the iterations, builds overlaid,
 * with timer and instance counts beneath. The same report gives the same bytes.
 * @throws {RangeError} if the report holds no trial of `scenario`.
 */
export function renderChart(report: Report, options: ChartOptions = DEFAULT_CHART): string {
  const { scenario, width, height } = options;
  const shown = printable(report);
  const theme = CHART_THEMES[options.theme];
  const groups = scenarioGroups(shown).filter(group => scenario === undefined || group.name === scenario);
  if (scenario !== undefined && groups.length === 0) {
    throw new RangeError(
      `Cannot draw scenario as the report must hold a trial of it: current value is "${scenario}"`,
    );
  }
  const tall = Math.max(1, groups.length) * height + FOOT;
  const title = `Heap growth: ${groups.map(group => group.name).join(', ')}`;
  const blocks = groups.map((group, at) =>
    chartBlock(group, { top: at * height, width, height, theme, id: `panel-${at}` }),
  );
  const empty = label('No trial was run.', { x: 24, y: 30, 'font-size': 18, fill: theme.text });
  const foot = wrap(environmentText(shown), Math.floor((width - 48) / 5.7), 0)
    .split('\n')
    .slice(0, 2);
  const document = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height: tall,
      viewBox: `0 0 ${width} ${tall}`,
      'font-family': "'DejaVu Sans', Verdana, sans-serif",
      role: 'img',
    },
    `\n${element('title', {}, escapeXml(title))}\n`,
    `${element('rect', { width, height: tall, fill: theme.background })}\n`,
    `${groups.length === 0 ? empty : blocks.join('\n')}\n`,
    ...foot.map(
      (text, row) =>
        `${label(text, { x: 24, y: tall - 24 + row * 13, 'font-size': 10, fill: theme.quiet })}\n`,
    ),
  );
  return `${document}\n`;
}
