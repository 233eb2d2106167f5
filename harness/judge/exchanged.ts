import {
  type BaseEntry,
  type Comparison,
  className,
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
  if (known.length >= MOST_CLASSES) return undefined;
  const isKnown = (metric: Metric) => known.some(({ metric: { name } }) => name === metric.name);
  const fastest = Math.max(0, ...known.map(({ slope }) => slope));
  const lost = Math.max(
    0,
    ...known.map(({ metric, slope }) => slope - slopeOf(metric, classes, comparisons)),
  );
  if (lost === 0 || lost < fastest * LOST_SHARE) return undefined;
  const brought = classes.filter(
    one =>
      (one.state === 'grows' || isUndeniedUnread(one)) &&
      isObjects(one.metric) &&
      !isKnown(one.metric) &&
      one.estimate.slope >= lost * BROUGHT_SHARE,
  );
  return brought.toSorted((a, b) => rank(a) - rank(b))[0];
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
