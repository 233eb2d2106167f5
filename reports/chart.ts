import type { Report } from '../harness/model.ts';
import { type Block, chartBlock } from './chart-block.ts';
import { CHART_KINDS, type ChartKind } from './chart-kinds.ts';
import { CHART_THEMES, type ChartThemeName } from './chart-theme.ts';
import { environmentText } from './environment.ts';
import { scenarioGroups } from './judged.ts';
import { printable, printableText } from './printable.ts';
import { element, escapeXml, label } from './svg.ts';
import { wrap } from './wrap.ts';

export interface ChartOptions {
  readonly kind: ChartKind;
  /** Draws this scenario only; default: every scenario, one below the other. */
  readonly scenario?: string;
  /** Of the whole chart, pixels. */
  readonly width: number;
  /** Of one scenario's panels, pixels; its name and verdicts stand above them. */
  readonly height: number;
  readonly theme: ChartThemeName;
  /** Begins the names that must be unique where several charts stand in one document; default: `panel`. */
  readonly id?: string;
}

export const DEFAULT_CHART: ChartOptions = { kind: 'heap', width: 900, height: 520, theme: 'light' };

const FOOT = 46;

/**
 * A growth chart as an SVG document: per scenario what its kind is about over the iterations, builds
 * overlaid; for the heap with timer and instance counts beneath. The same report gives the same bytes.
 * @throws {RangeError} if the report holds no trial of `scenario`.
 */
export function renderChart(report: Report, options: ChartOptions = DEFAULT_CHART): string {
  const { kind, scenario, width, height, id = 'panel' } = options;
  const shown = printable(report);
  const theme = CHART_THEMES[options.theme];
  const wanted = scenario === undefined ? undefined : printableText(scenario);
  const groups = scenarioGroups(shown).filter(group => wanted === undefined || group.name === wanted);
  if (wanted !== undefined && groups.length === 0) {
    throw new RangeError(
      `Cannot draw scenario as the report must hold a trial of it: current value is "${wanted}"`,
    );
  }
  const title = `${CHART_KINDS[kind].title}: ${groups.map(group => group.name).join(', ')}`;
  const blocks: Block[] = [];
  for (const [at, group] of groups.entries()) {
    const top = blocks.at(-1)?.bottom ?? 0;
    blocks.push(chartBlock(group, { top, width, height, theme, kind, id: `${id}-${at}` }));
  }
  const tall = Math.round(blocks.at(-1)?.bottom ?? FOOT) + FOOT;
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
    `${groups.length === 0 ? empty : blocks.map(block => block.markup).join('\n')}\n`,
    ...foot.map(
      (text, row) =>
        `${label(text, { x: 24, y: tall - 24 + row * 13, 'font-size': 10, fill: theme.quiet })}\n`,
    ),
  );
  return `${document}\n`;
}
