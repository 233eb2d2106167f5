import {
  type Estimate,
  type Iterations,
  isClass,
  isPopulation,
  type Metric,
  type Plateau,
  type Series,
  type TrialOptions,
} from '../model.ts';
import { type ByteState, growthOfBytes } from '../stats/byte-growth.ts';
import { type CountState, growthOfCount, isRestless } from '../stats/count-growth.ts';
import { plateau } from '../stats/plateau.ts';
import { lateHalf, netGrowth, type Point, span, steps } from '../stats/point.ts';
import { robustSlope, type Slope } from '../stats/slope.ts';
import { pagesAllowance, pagesState } from './assess-pages.ts';
import type { Held } from './held.ts';

/** Growth of a count that is not worth a word: a handle that happened to be open, a thing made once. */
const COUNT_SLACK = 2;
/** The same of the population, which moves by -2 to +8 objects over a run of a clean subject. */
const POPULATION_SLACK = 12;
/** Objects of one class that may come and go between two snapshots of a clean subject. */
const CLASS_SLACK = 8;

/** What a series is judged by. */
export interface AssessRule extends Pick<TrialOptions, 'allowance' | 'confidence'> {
  /** Warm-up iterations, before the first reading. */
  readonly warmup: Iterations;
  /** Last measured iteration. */
  readonly end: Iterations;
  /** The run has been prolonged to eight times its planned length or more. */
  readonly long?: boolean;
  /** Measured iterations of its plan. */
  readonly planned?: Iterations;
  /**
   * It can be looked at no closer, for want of time or because it was prolonged as far as a look is worth; it
   * may go on while its verdict is open.
   */
  readonly ends?: boolean;
  /** As far as it may be looked at more closely. */
  readonly reach?: Iterations;
}

/** What is known of one metric of one trial. */
export interface Assessment {
  readonly metric: Metric;
  readonly state: ByteState | CountState;
  /** The readings that decided. */
  readonly judged: readonly Point[];
  readonly estimate: Estimate;
  /** Growth is the same whole multiple of the iterations between all judged readings. */
  readonly exactMultiple: boolean;
  readonly plateau?: Plateau;
  /** Flat because what it holds comes and goes, but for so little, as snapshots say. */
  readonly turnover?: Held;
  /**
   * Flat because it may as well have shrunk, and may have gained a small share of what it gained before, or
   * of its swings.
   */
  readonly within?: 'share' | 'swing';
  /** Flat because nothing can be told of it, though it rose. */
  readonly untold?: true;
  /** Of a class or native memory that fills up: its late half by itself grows. Of stores: one stage more would tell. */
  readonly goesOn?: true;
  /** Unclear only because nothing that was counted grew as well. */
  readonly unwitnessed?: true;
  /** Of a class of too few snapshots to judge: it grew evenly, and old objects became more at the same pace. */
  readonly borneOut?: true;
  /** The same: of what it gained, earlier ones had not seen their share. */
  readonly denied?: true;
  /** Of bytes: growth per iteration over the late half alone. */
  readonly late?: Slope;
  /** Of a count that rises and falls: its growth per iteration, as if it were bytes. */
  readonly restless?: Slope;
}

/** Judges one series alone; undefined for an advisory one and for a single reading. */
export function assess(series: Series, rule: AssessRule): Assessment | undefined {
  if (series.points.length < 2) return undefined;
  switch (series.metric.kind) {
    case 'exact':
      return assessCount(series, rule);
    case 'bytes':
      return assessBytes(series, rule);
    case 'pages':
      return assessPages(series, rule);
    case 'advisory':
      return undefined;
  }
}

/** Readings that a heap snapshot or worker threads ended tell nothing, except that they rose. */
function assessPages(series: Series, rule: AssessRule): Assessment | undefined {
  const asBytes = pagesRule(series.points, rule);
  const { plateau: _, ...assessed } = assessBytes(series, asBytes);
  const slows = assessed.state === 'filling' && (assessed.late?.low ?? 0) > asBytes.allowance;
  const hasEnded = asBytes.end < rule.end;
  if (assessed.state !== 'grows' && !slows) return hasEnded ? undefined : { ...assessed, state: 'flat' };
  const state = hasEnded ? 'untold' : pagesState(netGrowth(assessed.judged), { ...rule, slows });
  if (state === 'untold') return { ...assessed, state: 'flat', untold: true };
  return { ...assessed, state, ...(slows && { goesOn: true }) };
}

/** By which readings of native memory are judged as bytes are: no further than they go. */
export function pagesRule(
  points: readonly Point[],
  rule: AssessRule,
): AssessRule & { readonly leaps: false } {
  const end = points.at(-1)?.iteration ?? 0;
  return { ...rule, end, allowance: pagesAllowance({ ...rule, end }), leaps: false };
}

function assessBytes(
  { metric, points }: Series,
  rule: AssessRule & { readonly leaps?: boolean },
): Assessment & { readonly state: ByteState } {
  const { state, judged, slope, late, within } = growthOfBytes(points, rule);
  const { confidence, allowance, warmup } = rule;
  const estimate: Estimate = { metric, ...slope, confidence, points: judged.length, method: 'theil-sen' };
  const half = lateHalf(points, warmup);
  const early = half[0]?.iteration ?? 0;
  return {
    metric,
    state,
    judged,
    estimate,
    exactMultiple: false,
    late,
    ...(within && { within }),
    ...(state === 'flat' && plateauOf(metric, points, half, allowance * early)),
  };
}

function assessCount({ metric, points }: Series, rule: AssessRule): Assessment {
  const slack = slackOf(metric);
  const { state, judged } = growthOfCount(points, { ...rule, slack });
  return {
    ...countAssessment(metric, state, judged, rule),
    ...(state === 'flat' && plateauOf(metric, points, judged, slack)),
    ...(isRestless(judged, { ...rule, slack }) && { restless: robustSlope(judged, rule.confidence) }),
  };
}

/** What is known of a count, given its state. */
export function countAssessment(
  metric: Metric,
  state: CountState,
  judged: readonly Point[],
  { confidence }: Pick<AssessRule, 'confidence'>,
): Assessment {
  return {
    metric,
    state,
    judged,
    estimate: countEstimate(metric, judged, confidence),
    exactMultiple: isExactMultiple(judged, noiseOf(metric)),
  };
}

function countEstimate(metric: Metric, judged: readonly Point[], confidence: number): Estimate {
  const [growth, iterations, noise] = [netGrowth(judged), span(judged), noiseOf(metric)];
  return {
    metric,
    slope: growth / iterations,
    low: (growth - noise) / iterations,
    high: (growth + noise) / iterations,
    confidence,
    points: judged.length,
    method: 'exact',
  };
}

function plateauOf(
  metric: Metric,
  points: readonly Point[],
  flat: readonly Point[],
  threshold: number,
): { readonly plateau?: Plateau } {
  const found = plateau(points, flat, threshold);
  return found ? { plateau: { metric, ...found } } : {};
}

/** Noise must be small beside a window, or any growth would be near a whole multiple. */
function isExactMultiple(points: readonly Point[], noise: number): boolean {
  const multiple = Math.round(netGrowth(points) / span(points));
  return (
    multiple >= 1 &&
    steps(points).every(({ rise, width }) => Math.abs(rise - multiple * width) <= noise && noise * 4 < width)
  );
}

/** Growth of a count that is not worth a word. */
export function slackOf(metric: Metric): number {
  if (isClass(metric)) return CLASS_SLACK;
  return isPopulation(metric) ? POPULATION_SLACK : COUNT_SLACK;
}

/** By how much a reading may be off; all counts but the population are exact. */
function noiseOf(metric: Metric): number {
  return isPopulation(metric) ? POPULATION_SLACK : 0;
}
