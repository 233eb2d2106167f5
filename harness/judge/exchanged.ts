import {
  type BaseEntry,
  type Comparison,
  className,
  type Growth,
  isClass,
  isContainerStore,
  type Metric,
} from '../model.ts';
import { classRank } from '../snapshot/class-rank.ts';
import { type Assessment, isUndeniedUnread } from './assessment.ts';
import { MOST_CLASSES } from './findings.ts';

/** What the base's class must have lost, as a share of what its fastest class grows by. */
const LOST_SHARE = 1 / 4;
/** What another class must bring, as a share of that loss. */
const BROUGHT_SHARE = 1 / 2;

/**
 * A class that grows and that the base lacks, where one that the base has grows less by about as much: another
 * leak in place of a known one that was mended, or the same by another name, as when a property was added.
 * Of several the one whose name tells most. Undefined where there is none, or where the base may have had
 * more classes than it kept.
 */
export function exchanged(
  classes: readonly Assessment[],
  comparisons: readonly Comparison[],
  base: BaseEntry,
): Assessment | undefined {
  const known = base.growths.filter(({ metric }) => isObjects(metric));
  const isKnown = (metric: Metric) => known.some(({ metric: { name } }) => name === metric.name);
  const lost = Math.max(
    0,
    ...known.map(({ metric, slope }) => slope - slopeOf(metric, classes, comparisons)),
  );
  if (!isMuchLost(lost, known)) return undefined;
  const brought = classes.filter(
    one =>
      (one.state === 'grows' || isUndeniedUnread(one)) &&
      isObjects(one.metric) &&
      !isKnown(one.metric) &&
      isBrought(one.estimate.slope, lost),
  );
  return brought.toSorted((a, b) => rank(a) - rank(b))[0];
}

/**
 * Whether the base's classes lost so much that another may stand for them.
 * @param lost the most that one of them grows less
 * @param known of the base: as many as it keeps at most leave open whether it had more
 */
export function isMuchLost(lost: number, known: readonly Growth[]): boolean {
  const fastest = Math.max(0, ...known.map(({ slope }) => slope));
  return known.length < MOST_CLASSES && lost > 0 && lost >= fastest * LOST_SHARE;
}

/** Whether a class that grows so fast may stand for that. */
export function isBrought(slope: number, lost: number): boolean {
  return slope >= lost * BROUGHT_SHARE;
}

function rank({ metric }: Assessment): number {
  return classRank(className(metric) ?? '');
}

function isObjects(metric: Metric): boolean {
  return isClass(metric) && !isContainerStore(metric);
}

/** Of a class that the base has: where it may grow as fast as there, as fast; none where it does not grow. */
function slopeOf(
  { name }: Metric,
  classes: readonly Assessment[],
  comparisons: readonly Comparison[],
): number {
  const compared = comparisons.find(({ metric }) => metric.name === name);
  if (compared) return compared.change === 'better' ? compared.slope : compared.base;
  return classes.find(({ metric }) => metric.name === name)?.estimate.slope ?? 0;
}
