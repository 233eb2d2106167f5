import {
  type Comparison,
  type DetectionLimit,
  type Iterations,
  isHeap,
  isOffHeap,
  isPopulation,
  isResource,
  type Metric,
  type Series,
} from '../model.ts';
import { byteLimit, countLimit } from '../stats/detection-limit.ts';
import type { Point } from '../stats/point.ts';
import { assessCount, slackOf } from './assess-count.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { differenceDetected } from './compare-growths.ts';
import { FAINT_POPULATION, INSPECTIONS, inspectionsOf, isSuspicious } from './suspicion.ts';
import { turnoverLimit, wholeIterations } from './turnover.ts';

interface LimitInput {
  /**
   * Stages done, where a suspicious reading may lead to a further one, which finds what made it suspicious;
   * undefined: it may not.
   */
  readonly stages: number | undefined;
  /** With the base, if there is one. */
  readonly comparisons: readonly Comparison[];
  /** What was found of the series beside the snapshots. */
  readonly readings: readonly Assessment[];
}

/**
 * What the least sensitive metric of each sort would have caught; 0 where a sort was not read often enough.
 * Of a metric that grew in the base: by how much it would have had to grow faster.
 */
export function limitOf(
  series: readonly Series[],
  rule: AssessRule,
  { stages = Number.POSITIVE_INFINITY, comparisons, readings }: LimitInput,
): DetectionLimit {
  const drifting = (metric: Metric) =>
    comparisons.find(({ metric: { name }, base }) => name === metric.name && base > 0);
  const comesAndGoes = ({ name }: Metric) => {
    const accepted = readings.find(({ metric }) => metric.name === name)?.accepted;
    return accepted?.because === 'turnover' ? turnoverLimit(accepted.held, rule) : undefined;
  };
  const bytes = ({ metric, points }: Series) => {
    const compared = drifting(metric);
    return Math.max(
      byteLimit(points, rule),
      compared ? rule.allowance + differenceDetected(compared) : 0,
      comesAndGoes(metric)?.bytesPerIteration ?? 0,
    );
  };
  const iterations = (one: Series, most: Iterations) => {
    const compared = drifting(one.metric);
    const passed = comesAndGoes(one.metric)?.objectEvery;
    if (compared) return Math.min(wholeIterations(1 / differenceDetected(compared)), passed ?? rule.end);
    return passed ?? iterationsDetected(one, rule, stages, most);
  };
  const heap = series.find(({ metric }) => isHeap(metric));
  const offHeap = series.filter(({ metric }) => isOffHeap(metric));
  const counts = series.filter(({ metric }) => metric.kind === 'exact');
  // What the least sensitive so far would have caught is all that has to be asked of the next.
  const every = (some: readonly Series[]) =>
    some.reduce((most, one) => Math.min(most, iterations(one, most)), some.length > 0 ? rule.end : 0);
  return {
    bytesPerIteration: heap ? bytes(heap) : 0,
    ...(offHeap.length > 0 && { offHeapBytesPerIteration: Math.max(...offHeap.map(bytes)) }),
    objectEvery: every(counts.filter(({ metric }) => isPopulation(metric))),
    handleEvery: every(counts.filter(({ metric }) => isResource(metric))),
  };
}

/** Of a count. Where it is `most` or more, `most` may stand for it. */
function iterationsDetected(
  { metric, points }: Series,
  rule: AssessRule,
  stages: number,
  most: Iterations,
): Iterations {
  // What is suspicious as it stands has been looked at as closely as it will be.
  const looksCloser = !isSuspicious(assessCount({ metric, points }, rule));
  const isNoticed = (values: readonly Point[]) => {
    const planted = assessCount({ metric, points: values }, rule);
    return planted.state !== 'flat' || (looksCloser && stages <= inspectionsOf(planted));
  };
  const error = errorOf({ metric, points }, looksCloser && stages <= INSPECTIONS);
  return countLimit(points, rule.end, error, isNoticed, most);
}

/**
 * By how much the last reading may be too low: half of what is not worth a word, or as much as is not even
 * suspicious; nothing where a single one more is suspicious and no reading differed from the others.
 */
function errorOf({ metric, points }: Series, inspects: boolean): number {
  const slack = slackOf(metric) / 2;
  if (!inspects) return slack;
  if (isPopulation(metric)) return Math.min(slack, FAINT_POPULATION);
  return points.every(({ value }) => value === points[0]?.value) ? 0 : slack;
}
