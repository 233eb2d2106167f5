import { scaleLinear } from 'd3-scale';
import { line, symbol } from 'd3-shape';
import type { Estimate } from '../harness/model.ts';
import { NO_WORSE } from './badge.ts';
import { yAxis } from './chart-axes.ts';
import { SHAPES } from './chart-marks.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { Outcome } from './judged.ts';
import { element, label } from './svg.ts';

/** An outcome, or that of a run which is steady only beside its base. */
export type TrendMark = Outcome | typeof NO_WORSE;

/** One run: its verdict, and what was estimated. */
export interface TrendPoint {
  readonly outcome: TrendMark;
  readonly estimate: Estimate;
}

export interface TrendPanel {
  readonly title: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: boolean;
  /** Growth that is still accepted; 0 where none is. */
  readonly limit: number;
  /** Of a value, beside the last mark. */
  readonly written: (value: number) => string;
  /** Names below the axis; empty where the panel below has them. */
  readonly runs: readonly string[];
  /** Number of runs. */
  readonly count: number;
  readonly theme: ChartTheme;
}

/** Estimates from run to run with their intervals, each marked by its verdict; nothing where there is no estimate. */
export function trendPanel(points: readonly (TrendPoint | undefined)[], panel: TrendPanel): string {
  const { left, top, width, height, theme, bytes, limit } = panel;
  const estimates = points.flatMap(point => point?.estimate ?? []);
  const high = Math.max(limit * 1.25, ...estimates.map(estimate => estimate.high), bytes ? 1 : 0.1);
  const low = Math.min(0, ...estimates.map(estimate => estimate.low));
  const [bottom = 0, roof = high] = scaleLinear([low, high], [0, 1]).nice(3).domain();
  const y = scaleLinear([bottom, roof], [top + height, top]);
  const x = (at: number) =>
    left + (panel.count === 1 ? width / 2 : 8 + ((width - 16) * at) / (panel.count - 1));
  const frame = { left, top, width, height, iterations: 0, id: '', theme };
  const drawn = points.flatMap((point, at) => (point === undefined ? [] : [{ ...point, at }]));
  return [
    label(panel.title, { x: left, y: top - 10, 'font-size': 12, fill: theme.text }),
    yAxis(y, bytes, frame),
    limit > 0 ? limitLine(y(limit), panel) : '',
    element('line', { x1: left, x2: left + width, y1: y(0), y2: y(0), stroke: theme.quiet }),
    joined(
      drawn.map(({ at, estimate }) => ({ x: x(at), y: y(estimate.slope) })),
      theme,
    ),
    ...drawn.map(({ at, estimate, outcome }) => mark(outcome, estimate, { x: x(at), y, theme })),
    lastValue(drawn.at(-1)?.estimate, y, panel),
    runNames(x, panel),
  ]
    .filter(part => part !== '')
    .join('\n');
}

function limitLine(y: number, { left, width, theme }: TrendPanel): string {
  const name = { x: left + width, y: y - 4, 'text-anchor': 'end', 'font-size': 10, fill: theme.quiet };
  const dotted = { x1: left, x2: left + width, y1: y, y2: y, stroke: theme.quiet, 'stroke-dasharray': '1 3' };
  return element('line', dotted) + label('allowance', name);
}

function joined(points: readonly { readonly x: number; readonly y: number }[], theme: ChartTheme): string {
  const path = line<{ x: number; y: number }>(
    point => point.x,
    point => point.y,
  )([...points]);
  return path === null
    ? ''
    : element('path', { d: path, fill: 'none', stroke: theme.quiet, 'stroke-opacity': 0.5 });
}

interface MarkFrame {
  readonly x: number;
  readonly y: (value: number) => number;
  readonly theme: ChartTheme;
}

function mark(outcome: TrendMark, estimate: Estimate, { x, y, theme }: MarkFrame): string {
  const color = theme.lines[kindOf(outcome)][0];
  const bar =
    estimate.low === estimate.high
      ? ''
      : element('line', {
          x1: x,
          x2: x,
          y1: y(estimate.low),
          y2: y(estimate.high),
          stroke: color,
          'stroke-width': 3,
          'stroke-opacity': 0.4,
        });
  return bar + outcomeMark(outcome, { x, y: y(estimate.slope) }, theme);
}

function outcomeMark(
  outcome: TrendMark,
  { x, y }: { readonly x: number; readonly y: number },
  theme: ChartTheme,
): string {
  const color = theme.lines[kindOf(outcome)][0];
  const place = `translate(${Math.round(x * 100) / 100},${Math.round(y * 100) / 100})`;
  const grows = outcome === 'leak' || outcome === NO_WORSE;
  const fill = grows ? color : theme.background;
  return element('path', {
    d: symbol(SHAPES[kindOf(outcome)], 42)() ?? '',
    transform: place,
    fill,
    stroke: color,
    'stroke-width': 1.6,
  });
}

function kindOf(outcome: TrendMark): Outcome {
  return outcome === NO_WORSE ? 'steady' : outcome;
}

function lastValue(estimate: Estimate | undefined, y: (value: number) => number, panel: TrendPanel): string {
  if (estimate === undefined) return '';
  return label(panel.written(estimate.slope), {
    x: panel.left + panel.width + 8,
    y: y(estimate.slope) + 4,
    'font-size': 12,
    'font-weight': 700,
    fill: panel.theme.text,
  });
}

/** As many as there is room for, the last one always; of runs in a row with one name the first has it. */
function runNames(x: (at: number) => number, { runs, top, height, width, theme }: TrendPanel): string {
  const longest = Math.max(1, ...runs.map(name => name.length));
  const room = Math.ceil(runs.length / Math.max(1, Math.floor(width / (longest * 6.2 + 10))));
  let next = Number.POSITIVE_INFINITY;
  const shown: string[] = [];
  for (const [at, name] of [...runs.entries()].toReversed()) {
    if (name === runs[at - 1] || next - at < room) continue;
    next = at;
    const style = { 'text-anchor': 'middle', 'font-size': 10, fill: theme.quiet };
    shown.push(label(name, { x: x(at), y: top + height + 18, ...style }));
  }
  return shown.toReversed().join('');
}

const NAMES: readonly (readonly [TrendMark, string])[] = [
  ['leak', 'leak'],
  ['steady', 'steady'],
  [NO_WORSE, NO_WORSE],
  ['inconclusive', 'inconclusive'],
  ['fault', 'faulted'],
];

/** What the marks mean, in one line that ends at `right`. */
export function outcomeKey({
  right,
  y,
  hasNoWorse,
  theme,
}: {
  readonly right: number;
  readonly y: number;
  /** Otherwise nothing is said of that mark. */
  readonly hasNoWorse: boolean;
  readonly theme: ChartTheme;
}): string {
  let x = right;
  return NAMES.filter(([outcome]) => hasNoWorse || outcome !== NO_WORSE)
    .toReversed()
    .map(([outcome, name]) => {
      x -= name.length * 6.6 + 4;
      const text = label(name, { x, y, 'font-size': 11, fill: theme.quiet });
      x -= 10;
      const drawn = outcomeMark(outcome, { x, y: y - 4 }, theme);
      x -= 16;
      return drawn + text;
    })
    .join('\n');
}
