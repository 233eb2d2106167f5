import { format } from 'd3-format';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { CurvePoint } from './chart-curves.ts';
import type { ChartTheme } from './chart-theme.ts';
import { formatNumber } from './format.ts';
import { element, label } from './svg.ts';

/** Where a panel stands, and what its axes share with the panels above and below. */
export interface PanelFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Last iteration on the x axis, which the panels of a scenario share. */
  readonly iterations: number;
  /** Unique in the document. */
  readonly id: string;
  readonly theme: ChartTheme;
}

export type Scale = ScaleLinear<number, number>;

export function xScale({ left, width, iterations }: PanelFrame): Scale {
  return scaleLinear([0, Math.max(1, iterations)], [left, left + width]);
}

/** Contains 0 and at least `least`, and ends at a round value; a hair below 0 does not push the axis down. */
export function yScale(points: readonly CurvePoint[], least: number, { top, height }: PanelFrame): Scale {
  const low = Math.min(0, ...points.map(point => point.y));
  const high = Math.max(least, ...points.map(point => point.y));
  const [, round = high] = scaleLinear([0, high], [0, 1]).nice(4).domain();
  return scaleLinear([-low < high / 100 ? 0 : low, round], [top + height, top]);
}

/** Grid lines and labels; bytes are all in the unit of the largest. */
export function yAxis(y: Scale, bytes: boolean, { left, width, theme }: PanelFrame): string {
  const ticks = y.ticks(4).filter(tick => bytes || Number.isInteger(tick));
  const written = bytes ? byteTicks(ticks) : ticks.map(formatNumber);
  return ticks
    .flatMap((tick, at) => [
      element('line', { x1: left, x2: left + width, y1: y(tick), y2: y(tick), stroke: theme.grid }),
      label(written[at] ?? '', {
        x: left - 8,
        y: y(tick) + 4,
        'text-anchor': 'end',
        'font-size': 11,
        fill: theme.quiet,
      }),
    ])
    .join('\n');
}

function byteTicks(ticks: readonly number[]): readonly string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const [size, unit] =
    largest >= 1e9 ? [1e9, 'GB'] : largest >= 1e6 ? [1e6, 'MB'] : largest >= 1e3 ? [1e3, 'kB'] : [1, 'B'];
  return ticks.map(tick => (tick === 0 ? '0' : `${format(',.6~r')(tick / size).replace('−', '-')} ${unit}`));
}

/** The base line, and below it ticks and title where there is one. */
export function xAxis(x: Scale, title: string, { left, top, width, height, theme }: PanelFrame): string {
  const bottom = top + height;
  const base = element('line', { x1: left, x2: left + width, y1: bottom, y2: bottom, stroke: theme.quiet });
  if (title === '') return base;
  const ticks = x.ticks(6).map(tick =>
    label(format(',')(tick), {
      x: x(tick),
      y: bottom + 17,
      'text-anchor': 'middle',
      'font-size': 11,
      fill: theme.quiet,
    }),
  );
  const name = {
    x: left + width / 2,
    y: bottom + 34,
    'text-anchor': 'middle',
    'font-size': 11,
    fill: theme.quiet,
  };
  return [base, ...ticks, label(title, name)].join('\n');
}

/** Growth that is still accepted; drawn only where it can be told from the axis. */
export function allowanceLine(
  allowance: number,
  x: Scale,
  y: Scale,
  { left, width, iterations, theme }: PanelFrame,
): string {
  const end = y(allowance * iterations);
  if (y(0) - end < 24) return '';
  const ends = { x1: x(0), y1: y(0), x2: left + width, y2: end };
  const name = { x: left + width - 8, y: end - 5, 'text-anchor': 'end', 'font-size': 10, fill: theme.quiet };
  return (
    element('line', { ...ends, stroke: theme.quiet, 'stroke-dasharray': '1 3' }) + label('allowance', name)
  );
}
