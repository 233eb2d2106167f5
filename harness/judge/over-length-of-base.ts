import type { BaseEntry, Comparison, Series } from '../model.ts';
import { type Point, steps } from '../stats/point.ts';
import { median } from '../stats/quantile.ts';
import { assess } from './assess.ts';
import type { AssessRule } from './assessment.ts';
import { acceptedDifference, compareGrowths } from './compare-growths.ts';
import { growthOf } from './growth-of.ts';

/**
 * What differs from the base by no more than a container that doubled its store in a run longer than the base's: over
 * as many iterations as the base's it was the same, and from there on most windows grew no faster, as all do but those
 * in which a store doubles. None in a run that is no longer.
 */
export function sameOverLengthOf(
  base: BaseEntry,
  series: readonly Series[],
  rule: AssessRule,
): readonly Comparison[] {
  if (base.iterations >= rule.end) return [];
  const early = series
    .map(({ metric, points }) => ({ metric, points: points.filter(isWithin(base)) }))
    .map(one => assess(one, { ...rule, end: base.iterations }))
    .filter(assessed => assessed !== undefined)
    .map(({ estimate, judged }) => growthOf(estimate, judged));
  return compareGrowths(early, base.growths, rule).filter(({ metric, change, base: pace }) => {
    const { points = [] } = series.find(one => one.metric === metric) ?? {};
    const later = points.filter(point => !isWithin(base)(point));
    return change === 'same' && paceOf(later) <= pace + acceptedDifference(metric, rule);
  });
}

function isWithin({ iterations }: BaseEntry): (point: Point) => boolean {
  return ({ iteration }) => iteration <= iterations;
}

/** Growth per iteration in half of the windows or more. */
function paceOf(points: readonly Point[]): number {
  const rates = steps(points).map(({ rise, width }) => rise / width);
  return rates.length > 0 ? median(rates) : Number.POSITIVE_INFINITY;
}
