import type { BaseEntry, Metric, Series } from '../model.ts';
import { lateHalfBegin, type Point, steps } from '../stats/point.ts';
import { assess } from './assess.ts';
import type { AssessRule } from './assessment.ts';
import { type Alike, acceptedDifference, compareGrowths } from './compare-growths.ts';
import { growthOf } from './growth-of.ts';

/**
 * Says of bytes whose difference from the base is unclear whether a container that doubled its store accounts for it:
 * the difference is within what is accepted, or was over as many iterations as a shorter base's; and late in the run
 * they grew no faster, but for a window or two.
 */
export function alikeBytes(base: BaseEntry, series: readonly Series[], rule: AssessRule): Alike {
  return one => {
    const isWithin = one.difference <= acceptedDifference(one.metric, rule);
    if (one.metric.kind !== 'bytes') return isWithin ? {} : undefined;
    const { points = [] } = series.find(({ metric }) => metric === one.metric) ?? {};
    if (latePace(points, base, rule) > one.base + acceptedDifference(one.metric, rule)) return undefined;
    if (isWithin) return {};
    return sameOverLengthOf(base, series, rule).includes(one.metric)
      ? { sameOver: base.iterations }
      : undefined;
  };
}

/** What is the same over as many iterations as the base's, of a run that is longer. */
function sameOverLengthOf(base: BaseEntry, series: readonly Series[], rule: AssessRule): readonly Metric[] {
  const end = base.iterations;
  if (end >= rule.end) return [];
  const growths = series
    .map(({ metric, points }) => ({ metric, points: points.filter(({ iteration }) => iteration <= end) }))
    .map(one => assess(one, { ...rule, end }))
    .filter(assessed => assessed !== undefined)
    .map(({ estimate, judged }) => growthOf(estimate, judged));
  return compareGrowths(growths, base.growths, rule)
    .filter(({ change }) => change === 'same')
    .map(({ metric }) => metric);
}

/**
 * Growth per iteration over the late half, and from the end of a shorter base on, without that of one window in
 * each doubling of the run or part of one, counted with the warm-up, in which a container may have doubled its
 * store: the one that brought most of those that brought no more than had been gained before.
 */
function latePace(points: readonly Point[], base: BaseEntry, { end, warmup }: AssessRule): number {
  const from = Math.min(base.iterations, lateHalfBegin(end, warmup));
  const begin = points.findLastIndex(({ iteration }) => iteration <= from);
  const later = points.slice(Math.max(0, begin));
  // As often as that a store may double on the way; what is above a whole number by rounding alone is that number.
  const doublings = Math.max(1, Math.ceil(Math.log2((end + warmup) / (from + warmup)) - 0.01));
  const windows = steps(later).map((step, place) => ({
    ...step,
    before: (later[place]?.value ?? 0) - (points[0]?.value ?? 0),
  }));
  const doubled = windows
    .filter(({ rise, before }) => rise <= before)
    .toSorted((a, b) => b.rise - a.rise)
    .slice(0, doublings);
  const kept = windows.filter(window => !doubled.includes(window));
  const total = (of: 'rise' | 'width') => kept.reduce((sum, step) => sum + step[of], 0);
  return kept.length > 0 ? total('rise') / total('width') : Number.POSITIVE_INFINITY;
}
