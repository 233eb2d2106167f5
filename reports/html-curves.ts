/** What the page's script draws: plain data, one object per scenario, in the page as JSON. */
import { HEAP_USED, isInBytes, type JudgedTrial, type StageReason } from '../harness/model.ts';
import { type Band, type BuildCurves, buildCurves, curvePoints, slopeBand } from './chart-curves.ts';
import { DASHES } from './chart-marks.ts';
import { metricTitle } from './chart-panels.ts';
import { CHART_THEMES } from './chart-theme.ts';
import { formatNumber, formatSigned, formatSignedBytes, plural } from './format.ts';
import { estimateOf, type ScenarioGroup, trialLabel } from './judged.ts';

export interface ScenarioCurves {
  /** Unique in the page. */
  readonly id: string;
  /** What one iteration is called, singular and plural. */
  readonly per: string;
  readonly pers: string;
  /** The longest of all trials. */
  readonly warmup: number;
  /** The heap first, then every other metric that moved, those that grew most surely first. */
  readonly charts: readonly ChartCurves[];
}

export interface ChartCurves {
  readonly id: string;
  readonly title: string;
  readonly unit: 'bytes' | 'count';
  /** Growth per iteration that is still accepted; 0 where none is. */
  readonly allowance: number;
  /** Iterations of any reading, ascending. */
  readonly x: readonly number[];
  readonly lines: readonly Line[];
  /** Parts that prolonged a trial. */
  readonly stages: readonly { readonly from: number; readonly text: string; readonly color: string }[];
}

export interface Line {
  readonly label: string;
  /** Growth per iteration in words; empty where nothing was estimated. */
  readonly rate: string;
  /** A CSS colour. */
  readonly color: string;
  /** Lengths of dashes and gaps, empty for an unbroken line. */
  readonly dash: readonly number[];
  /** One per `x`, null where it was not read. */
  readonly y: readonly (number | null)[];
  /** Interval of the slope: lines of both slopes through a point. */
  readonly band?: Band;
}

/** Curves of one scenario; undefined where nothing was sampled. */
export function scenarioCurves(group: ScenarioGroup, id: string): ScenarioCurves | undefined {
  const builds = buildCurves(group, CHART_THEMES.page);
  const trials = builds.flatMap(build => build.trials);
  const metrics = shownMetrics(trials);
  if (metrics.length === 0) return undefined;
  return {
    id,
    per: group.per,
    pers: plural(group.per),
    warmup: Math.max(0, ...trials.map(({ result }) => result.warmup?.iterations ?? 0)),
    charts: metrics.map((metric, place) => chartOf(metric, builds, group, `${id}-${place}`)),
  };
}

/**
 * The heap where it was read, then what moved: first what the verdicts found to grow, then other counts, then bytes; what is
 * never judged stands last.
 */
function shownMetrics(trials: readonly JudgedTrial[]): readonly string[] {
  const names = [...new Set(trials.flatMap(judged => judged.series.map(series => series.metric.name)))];
  const moved = names.filter(name => name !== HEAP_USED && trials.some(judged => hasMoved(judged, name)));
  const heap = names.filter(name => name === HEAP_USED);
  return [...heap, ...moved.toSorted((left, right) => rank(left, trials) - rank(right, trials))];
}

function hasMoved(judged: JudgedTrial, metric: string): boolean {
  const points = curvePoints(judged, metric);
  return points.length > 1 && points.some(point => point.y !== points[0]?.y);
}

function rank(name: string, trials: readonly JudgedTrial[]): number {
  const series = trials.flatMap(judged => judged.series).find(({ metric }) => metric.name === name);
  const found = trials.some(
    ({ verdict }) =>
      verdict.outcome === 'leak' && verdict.findings.some(({ metric }) => metric.name === name),
  );
  const kind = series?.metric.kind ?? 'advisory';
  return (found ? 0 : 10) + { exact: 0, bytes: 1, pages: 2, advisory: 20 }[kind];
}

function chartOf(
  metric: string,
  builds: readonly BuildCurves[],
  group: ScenarioGroup,
  id: string,
): ChartCurves {
  const trials = builds.flatMap(build => build.trials.map(judged => ({ judged, build })));
  const found = trials.flatMap(({ judged }) => judged.series).find(series => series.metric.name === metric);
  const points = trials.map(({ judged }) => curvePoints(judged, metric));
  const x = [...new Set(points.flat().map(point => point.x))].sort((a, b) => a - b);
  const ofHeap = metric === HEAP_USED;
  return {
    id,
    title: found === undefined ? metric : metricTitle(found.metric),
    unit: found && isInBytes(found.metric) ? 'bytes' : 'count',
    allowance: ofHeap ? (group.trials[0]?.result.trial.options.allowance ?? 0) : 0,
    x,
    lines: trials
      .map(({ judged, build }, at) => lineOf(judged, build, points[at] ?? [], x, { metric, group }))
      .filter(line => line.y.some(value => value !== null)),
    stages: ofHeap ? stagesOf(trials) : [],
  };
}

function lineOf(
  judged: JudgedTrial,
  build: BuildCurves,
  points: readonly { readonly x: number; readonly y: number }[],
  x: readonly number[],
  { metric, group }: { readonly metric: string; readonly group: ScenarioGroup },
): Line {
  const read = new Map(points.map(point => [point.x, point.y]));
  const band = metric === HEAP_USED ? slopeBand(judged) : undefined;
  return {
    label: trialLabel(judged, group),
    rate: rateOf(judged, metric, group.per),
    color: build.color,
    dash: DASHES[build.outcome].split(' ').filter(Boolean).map(Number),
    y: x.map(iteration => read.get(iteration) ?? null),
    ...(band && { band }),
  };
}

function rateOf(judged: JudgedTrial, metric: string, per: string): string {
  const estimate = estimateOf(judged, metric);
  if (estimate === undefined) return '';
  const { slope } = estimate;
  const rate = isInBytes(estimate.metric) ? formatSignedBytes(slope) : formatSigned(Number(slope.toFixed(4)));
  return `${rate}/${per}`;
}

const STAGE_TEXTS: { readonly [reason in Exclude<StageReason, 'planned'>]: string } = {
  confirm: 'to confirm',
  resolve: 'to tell',
  inspect: 'to look closer',
};

/** Where trials went on, builds that did so at once and for one reason together. */
function stagesOf(
  trials: readonly { readonly judged: JudgedTrial; readonly build: BuildCurves }[],
): ChartCurves['stages'] {
  const stages = trials.flatMap(({ judged, build }) =>
    judged.result.stages.flatMap(({ from, reason }) =>
      reason === 'planned' || from === 0 ? [] : [{ from, reason: STAGE_TEXTS[reason], build }],
    ),
  );
  const keys = new Set(stages.map(({ from, reason }) => `${from} ${reason}`));
  return [...keys].flatMap(key => {
    const alike = stages.filter(({ from, reason }) => `${from} ${reason}` === key);
    const [first] = alike;
    if (!first) return [];
    const builds = [...new Set(alike.map(({ build }) => build.build))];
    const color = builds.length === 1 ? first.build.color : 'var(--chart-quiet)';
    return [{ from: first.from, text: `${builds.join(', ')} went on ${first.reason}`, color }];
  });
}

/** A reading as it stands beside a curve: `+52.1 MB`, `3,890`. */
export function readingText(value: number, unit: ChartCurves['unit']): string {
  return unit === 'bytes' ? formatSignedBytes(value) : formatNumber(value);
}
