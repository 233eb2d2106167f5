import { type Comparison, type Growth, isNative, isPopulation, type Metric } from '../model.ts';
import { pagesAllowance } from './assess-pages.ts';
import type { AssessRule } from './assessment.ts';

/** Bytes per iteration by which bytes may differ, and the iterations over which; counts must not. */
export type Accepts = Pick<AssessRule, 'allowance' | 'end'>;

/** How an unclear comparison is the same all the same; undefined if it is not. */
export type Alike = (unclear: Comparison) => Pick<Comparison, 'sameOver'> | undefined;

/**
 * Every metric that both have, in the order of `head`. A container that grows by leaps makes the interval of
 * bytes wide; where as many objects were kept as in a base that keeps some, bytes are the same if `alike` says
 * so: by default if their difference is within the allowance.
 */
export function compareGrowths(
  head: readonly Growth[],
  base: readonly Growth[],
  accepts: Accepts,
  alike: Alike = one => (one.difference <= acceptedDifference(one.metric, accepts) ? {} : undefined),
): Comparison[] {
  const comparisons = head.flatMap(growth => {
    const before = base.find(({ metric }) => metric.name === growth.metric.name);
    return before ? [compareGrowth(growth, before, accepts)] : [];
  });
  if (!keepAsManyObjects(comparisons, base)) return comparisons;
  return comparisons.map(one => {
    const how = one.change === 'unclear' ? alike(one) : undefined;
    return how ? { ...one, change: 'same', ...how } : one;
  });
}

/** Whether both keep objects, and as many. */
function keepAsManyObjects(comparisons: readonly Comparison[], base: readonly Growth[]): boolean {
  return (
    base.some(({ metric, low }) => isPopulation(metric) && low > 0) &&
    comparisons.some(({ metric, change }) => isPopulation(metric) && change === 'same')
  );
}

/**
 * The difference of two growths that were measured independently. Its bounds lie as far from it as the root
 * of the sum of the squared distances of theirs (Zou and Donner 2008): unlike the sum of the distances this
 * keeps the confidence of the two, and unlike a standard error it allows for intervals that are not
 * symmetrical.
 */
export function compareGrowth(head: Growth, base: Growth, accepts: Accepts): Comparison {
  const difference = head.slope - base.slope;
  const low = difference - Math.hypot(head.slope - head.low, base.high - base.slope);
  const high = difference + Math.hypot(head.high - head.slope, base.slope - base.low);
  const accepted = acceptedDifference(head.metric, accepts);
  const compared = { metric: head.metric, slope: head.slope, base: base.slope, difference, low, high };
  if (Math.min(low, head.low) > accepted) return { ...compared, change: 'worse' };
  if (high < -accepted && base.low > accepted) return { ...compared, change: 'better' };
  const doubtful = head.metric.kind !== 'exact' && Math.min(high, head.high) > accepted;
  return { ...compared, change: doubtful ? 'unclear' : 'same' };
}

/** Per iteration; more is growth that the base does not have. */
export function acceptedDifference(metric: Metric, accepts: Accepts): number {
  if (metric.kind === 'exact') return 0;
  return isNative(metric) ? pagesAllowance(accepts) : accepts.allowance;
}

/**
 * Growth beyond the base's and the allowance that this comparison would hardly have missed: both intervals
 * lie beside it.
 */
export function differenceDetected({ difference, low }: Pick<Comparison, 'difference' | 'low'>): number {
  return 2 * (difference - low);
}
