import { HEAP_USED, type JudgedTrial, type Metric, type Point } from '../harness/model.ts';
import { badge } from './badge.ts';
import { type BrailleCell, braillePlot } from './braille.ts';
import { formatBytes, formatCount, formatNumber } from './format.ts';
import { toneOf } from './growth-table.ts';
import {
  leadingCount,
  leadingMemory,
  outcomeOf,
  outgrowsHeap,
  type ScenarioGroup,
  seriesOf,
  trialLabel,
} from './judged.ts';
import { heading, type Page, paint } from './page.ts';
import { sparklineOf } from './sparkline.ts';
import type { Tone } from './table.ts';
import { metricName } from './wording.ts';
import { padEnd, padStart, truncate } from './wrap.ts';

interface Curve {
  readonly label: string;
  readonly tone: Tone;
  readonly dashed: boolean;
  /** Heap after collection, or other memory, less the first reading. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly counts: readonly Point[];
}

const HEAP: Metric = { name: HEAP_USED, unit: 'B', kind: 'bytes' };
const ROWS = 12;
const WIDEST = 60;
const NARROWEST = 12;

/**
 * Heap growth of one scenario's trials over the iterations, or that of other memory where it leaks faster:
 * leaks as unbroken lines, the others dotted, each labelled where it ends; below it the timers, or what else
 * was counted, if that alone leaks, and no count where none grows. Trials with the optimising tiers on are left out beside others. Empty
 * where nothing was sampled.
 */
export function terminalPlot(group: ScenarioGroup, page: Page): string {
  const stable = group.trials.filter(judged => judged.result.trial.variant === 'stable');
  const trials = stable.length > 0 ? stable : group.trials;
  const counted = leadingCount(trials);
  const other = leadingMemory(trials);
  const memory = other && outgrowsHeap(other, trials) ? other : HEAP;
  const curves = trials
    .map(judged => curveOf(judged, group, { memory, counted }))
    .filter(curve => curve.points.length > 1);
  if (curves.length === 0) return '';
  const all = curves.flatMap(curve => curve.points);
  const y = rangeOf(all.map(point => point.y));
  const x = [0, Math.max(...all.map(point => point.x))] as const;
  const axis = axisLabels(y);
  const left = Math.max(...axis.map(label => label.length));
  const labels = curves.map(curve => truncate(curve.label, 24));
  const columns = Math.min(WIDEST, page.width - left - 4 - Math.max(...labels.map(label => label.length)));
  const title = heading(page, truncate(`${group.name}: ${titleOf(memory)}`, page.width));
  if (columns < NARROWEST) return [title, ...sparklines(curves, x[1], page)].join('\n');
  const cells = braillePlot(curves, { columns, rows: ROWS, x, y });
  const marks = endLabels(curves, labels, y);
  const rows = cells.map((row, at) => {
    const mark = marks[at];
    const end = mark === undefined ? '' : ` ${paint(page, mark.tone, mark.label)}`;
    return `${padStart(axis[at] ?? '', left)} ┤${drawn(row, curves, page)}${end}`.trimEnd();
  });
  const foot = `${' '.repeat(left + 1)}└${'─'.repeat(columns)}`;
  const last = formatCount(x[1], group.per);
  const scale = `${' '.repeat(left + 2)}0${padStart(last, columns - 1)}`;
  const counts = countRows(curves, x[1], counted && nounOf(counted, trials), page);
  return [title, ...rows, foot, scale, ...counts].join('\n');
}

function titleOf(memory: Metric): string {
  return memory === HEAP
    ? 'heap growth after collection'
    : `${metricName(memory)}, growth since the first sample`;
}

function curveOf(
  judged: JudgedTrial,
  group: ScenarioGroup,
  { memory, counted }: { readonly memory: Metric; readonly counted: string | undefined },
): Curve {
  const read = seriesOf(judged, memory.name)?.points ?? [];
  const start = read[0]?.value ?? 0;
  const outcome = outcomeOf(judged);
  return {
    label: `${trialLabel(judged, group)} ${badge(judged)}`,
    tone: toneOf(judged),
    dashed: outcome !== 'leak',
    points: read.map(({ iteration, value }) => ({ x: iteration, y: value - start })),
    counts: (counted && seriesOf(judged, counted)?.points) || [],
  };
}

/** Contains 0; what lies below it by less than a hundredth of the range is drawn on it. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(0, ...values);
  // A range of nothing has no place for a curve.
  const high = Math.max(low === 0 ? 1 : 0, ...values);
  return [-low < high / 100 ? 0 : low, high];
}

/** Top, middle and bottom of the axis carry a label, every other row none. */
function axisLabels([low, high]: readonly [number, number]): readonly string[] {
  const labelled = new Set([0, Math.round((ROWS - 1) / 2), ROWS - 1]);
  return Array.from({ length: ROWS }, (_, row) =>
    labelled.has(row) ? formatBytes(high - ((high - low) * row) / (ROWS - 1)) : '',
  );
}

interface EndLabel {
  readonly label: string;
  readonly tone: Tone;
}

/** Labels by the row in which their curve ends; a taken row moves the label to the nearest free one. */
function endLabels(
  curves: readonly Curve[],
  labels: readonly string[],
  [low, high]: readonly [number, number],
): readonly (EndLabel | undefined)[] {
  const rows = Array.from<EndLabel | undefined>({ length: ROWS });
  for (const [at, curve] of curves.entries()) {
    const end = curve.points.at(-1)?.y ?? 0;
    const wanted = Math.round(((high - end) / (high - low)) * (ROWS - 1));
    const free = rows.flatMap((taken, row) => (taken === undefined ? [row] : []));
    const row = free.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    if (row !== undefined) rows[row] = { label: labels[at] ?? '', tone: curve.tone };
  }
  return rows;
}

function drawn(row: readonly BrailleCell[], curves: readonly Curve[], page: Page): string {
  return row.map(({ character, owner }) => paint(page, curves[owner]?.tone ?? 'plain', character)).join('');
}

/** For a page too narrow for axes. */
function sparklines(curves: readonly Curve[], end: number, page: Page): readonly string[] {
  return curves.flatMap(curve => {
    const values = curve.points.map(point => point.y);
    const bars = sparklineOf(curve.points, end, Math.max(1, page.width - 14));
    return [
      truncate(curve.label, page.width),
      `${paint(page, curve.tone, bars)} ${formatBytes(values.at(-1) ?? 0)}`,
    ];
  });
}

function nounOf(counted: string, trials: readonly JudgedTrial[]): string {
  const series = trials.map(judged => seriesOf(judged, counted)).find(one => one !== undefined);
  return series ? metricName(series.metric) : counted;
}

function countRows(
  curves: readonly Curve[],
  end: number,
  noun: string | undefined,
  page: Page,
): readonly string[] {
  const counted = curves.filter(curve => curve.counts.length > 1);
  const figures = new Set(counted.flatMap(curve => curve.counts.map(point => point.value)));
  // Rows that all show the same figure say nothing.
  if (noun === undefined || figures.size < 2) return [];
  const longest = Math.max(...counted.map(curve => curve.label.length));
  const rows = counted.map(curve => {
    const values = curve.counts.map(point => point.value);
    const ends = `${formatNumber(values[0] ?? 0)} to ${formatNumber(values.at(-1) ?? 0)}`;
    const columns = Math.max(1, Math.min(WIDEST / 2, page.width - longest - ends.length - 6));
    const points = curve.counts.map(({ iteration, value }) => ({ x: iteration, y: value }));
    const bars = sparklineOf(points, end, columns);
    const drawn = paint(page, curve.tone, bars) + ' '.repeat(columns - bars.length);
    return `  ${padEnd(curve.label, longest)}  ${drawn}  ${ends}`;
  });
  return [noun, ...rows];
}
