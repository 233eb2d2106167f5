import { type Assessment, type AssessRule, slackOf } from '../judge/assess.ts';
import { pagesAllowance } from '../judge/assess-pages.ts';
import {
  type BaseEntry,
  type Change,
  type Comparison,
  type Estimate,
  type Finding,
  type Growth,
  type Iterations,
  isNative,
  isPopulation,
  type Metric,
} from '../model.ts';
import { normalQuantile } from '../stats/normal.ts';
import { netGrowth, type Point, span, steps } from '../stats/point.ts';

/** From so many steps on, their own scatter says how much of a count is chance. */
const MANY_STEPS = 6;

/** Bytes per iteration by which bytes may differ, and the iterations over which; counts must not. */
type Accepts = Pick<AssessRule, 'allowance' | 'end'>;

/**
 * Sets what was found of each metric beside the base: one that grew no faster than there counts as flat, one
 * that cannot be told from it as unclear. Nothing that is flat by itself becomes a finding, and a metric that
 * the base lacks stays as it is.
 */
export function againstBase(
  assessed: readonly Assessment[],
  base: BaseEntry | undefined,
  rule: Accepts,
): { readonly readings: readonly Assessment[]; readonly comparisons: readonly Comparison[] } {
  if (!base) return { readings: assessed, comparisons: [] };
  const growths = assessed
    .filter(({ untold }) => !untold)
    .map(({ estimate, judged }) => growthOf(estimate, judged));
  const comparisons = compareGrowths(growths, base.growths, rule).map(comparison => {
    const reading = assessed.find(({ metric }) => metric === comparison.metric);
    return reading ? { ...comparison, change: changeOf(reading, comparison, base) } : comparison;
  });
  const readings = assessed.map(one => {
    const comparison = comparisons.find(({ metric }) => metric === one.metric);
    return comparison ? { ...one, state: stateOf(one, comparison.change) } : one;
  });
  return { readings, comparisons };
}

/**
 * Every metric that both have, in the order of `head`. A container that grows by leaps makes the interval of
 * bytes wide; where as many objects were kept as in a base that keeps some, bytes whose difference is within
 * the allowance are the same.
 */
export function compareGrowths(
  head: readonly Growth[],
  base: readonly Growth[],
  accepts: Accepts,
): Comparison[] {
  const comparisons = head.flatMap(growth => {
    const before = base.find(({ metric }) => metric.name === growth.metric.name);
    return before ? [compareGrowth(growth, before, accepts)] : [];
  });
  const keepsObjects = base.some(({ metric, low }) => isPopulation(metric) && low > 0);
  const agree = comparisons.some(({ metric, change }) => isPopulation(metric) && change === 'same');
  return comparisons.map(one => {
    const isWitnessed =
      keepsObjects &&
      agree &&
      one.change === 'unclear' &&
      one.difference <= acceptedDifference(one.metric, accepts);
    return isWitnessed ? { ...one, change: 'same' } : one;
  });
}

function changeOf({ state, metric }: Assessment, comparison: Comparison, base: BaseEntry): Change {
  const { change, slope } = comparison;
  if (state === 'flat') return change === 'better' ? 'better' : 'same';
  if (metric.kind !== 'exact' || change === 'worse' || change === 'better') return change;
  // No count grew in a base that was steady, so a count that does is growth which the base does not have.
  if (base.verdict === 'steady') return state === 'grows' ? 'worse' : 'unclear';
  // A count of things kept by fits and starts has a wide interval; twice as many are not let pass.
  return slope > comparison.base * 2 ? 'unclear' : change;
}

function stateOf({ state }: Assessment, change: Change): Assessment['state'] {
  if (change === 'same' || change === 'better') return 'flat';
  return change === 'unclear' && state === 'grows' ? 'unclear' : state;
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

function acceptedDifference(metric: Metric, accepts: Accepts): number {
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

/**
 * What was estimated from the judged readings, with room for chance. That of bytes is in their interval
 * already. A count may be off by its slack, and by the deviation of a random count unless it is the same
 * whole multiple of the iterations throughout.
 */
export function growthOf(estimate: Estimate, judged: readonly Point[]): Growth {
  const { metric, slope, low, high } = estimate;
  if (metric.kind !== 'exact') return { metric, slope, low, high };
  return boundsOf(estimate, span(judged), deviation(judged, slackOf(metric)));
}

/** Several things may come at a time: four, by chance, stray as a single one would twice as far. */
const AT_A_TIME = 4;

/**
 * The same of a finding, of which the readings are no longer known: unless it is exact, as if what it counts
 * came by chance, some at a time.
 */
export function growthOfFinding({ estimate, growth, from, to, exactMultiple }: Finding): Growth {
  return boundsOf(estimate, to - from, exactMultiple ? 0 : Math.sqrt(AT_A_TIME * Math.abs(growth)));
}

function boundsOf({ metric, slope, confidence }: Estimate, iterations: Iterations, chance: number): Growth {
  const off = (slackOf(metric) + normalQuantile((1 + confidence) / 2) * chance) / iterations;
  return { metric, slope, low: slope - off, high: slope + off };
}

/**
 * Standard deviation of what a count grew by in all: from the scatter of its steps, or if these are few as if
 * each came by chance.
 */
function deviation(judged: readonly Point[], slack: number): number {
  const growth = netGrowth(judged);
  const pace = growth / span(judged);
  const off = steps(judged).map(({ rise, width }) => rise - pace * width);
  if (off.length >= MANY_STEPS) return Math.sqrt((sumOfSquares(off) * off.length) / (off.length - 1));
  const isWhole = Math.abs(growth - Math.round(pace) * span(judged)) <= slack;
  return isWhole && off.every(one => Math.abs(one) <= slack) ? 0 : Math.sqrt(Math.abs(growth));
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}
