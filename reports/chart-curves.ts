import { HEAP_USED, isHeap, isInBytes, type JudgedTrial } from '../harness/model.ts';
import { badge } from './badge.ts';
import type { ChartTheme } from './chart-theme.ts';
import { formatBytes, formatSignedBytes } from './format.ts';
import { estimateOf, type Outcome, outcomeOf, type ScenarioGroup, seriesOf } from './judged.ts';

/** One build's trials in one scenario, and how they are drawn. */
export interface BuildCurves {
  readonly build: string;
  /** `LEAK`, or where repetitions differ `LEAK / steady`. */
  readonly badge: string;
  readonly outcome: Outcome;
  readonly color: string;
  readonly trials: readonly JudgedTrial[];
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The builds of a scenario in the order of the run. Trials with the optimising tiers on are left out where there are
 * others: their curves would lie on top of those.
 */
export function buildCurves(group: ScenarioGroup, theme: ChartTheme): readonly BuildCurves[] {
  const stable = group.trials.filter(judged => judged.result.trial.variant === 'stable');
  const trials = stable.length > 0 ? stable : group.trials;
  const builds = [...new Set(trials.map(judged => judged.result.trial.build))];
  const used = new Map<Outcome, number>();
  return builds.map(build => {
    const own = trials.filter(judged => judged.result.trial.build === build);
    const outcome = worstOutcome(own.map(outcomeOf));
    const place = used.get(outcome) ?? 0;
    used.set(outcome, place + 1);
    const colors = theme.lines[outcome];
    const badges = [...new Set(own.map(badge))].join(' / ');
    return { build, badge: badges, outcome, color: colors[place % colors.length] ?? colors[0], trials: own };
  });
}

/** The metric's readings; those of bytes as growth since the first one. */
export function curvePoints(judged: JudgedTrial, metric: string): readonly CurvePoint[] {
  const series = seriesOf(judged, metric);
  const start = series && isInBytes(series.metric) ? (series.points[0]?.value ?? 0) : 0;
  return (series?.points ?? []).map(({ iteration, value }) => ({ x: iteration, y: value - start }));
}

/** Lines of the lowest and the highest slope through a point amid the readings. */
export interface Band extends CurvePoint {
  readonly low: number;
  readonly high: number;
}

/**
 * The interval of the heap's slope, through the middle of the readings; none where the heap filled up first,
 * as the slope is then that of its end.
 */
export function slopeBand(judged: JudgedTrial): Band | undefined {
  const filled = judged.verdict.plateaus.some(plateau => isHeap(plateau.metric));
  const estimate = estimateOf(judged, HEAP_USED);
  const points = curvePoints(judged, HEAP_USED);
  if (filled || estimate === undefined || points.length === 0) return undefined;
  const { slope, low, high } = estimate;
  const x = median(points.map(point => point.x));
  return { x, y: median(points.map(point => point.y - slope * point.x)) + slope * x, low, high };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

/** What stands beside the end of a build's heap curve: `+231 kB/reload`, or its growth where nothing was estimated. */
export function heapRate(curves: BuildCurves, per: string): string {
  const judged = curves.trials[0];
  const estimate = judged === undefined ? undefined : estimateOf(judged, HEAP_USED);
  if (estimate !== undefined) return `${formatSignedBytes(estimate.slope)}/${per}`;
  const end = judged === undefined ? undefined : curvePoints(judged, HEAP_USED).at(-1);
  return end === undefined ? '' : `${formatBytes(end.y)} so far`;
}

const SEVERITY: readonly Outcome[] = ['leak', 'fault', 'inconclusive', 'steady'];

/** The gravest of the outcomes of a build's trials. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return SEVERITY.find(outcome => outcomes.includes(outcome)) ?? 'steady';
}
