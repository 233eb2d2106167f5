import type { Accepted, Bytes, Comparison, TrialOptions } from '../model.ts';
import { netGrowth } from '../stats/point.ts';
import { slackOf } from './assess-count.ts';
import { pagesAllowance } from './assess-pages.ts';
import { type Assessment, type AssessRule, isUntold } from './assessment.ts';

/**
 * What looks in a steady trial as if it grew, each with the rule by which it is steady all the same: bytes whose
 * interval reaches beyond the allowance, counts that are higher at the end, native memory that rose. Those that
 * have a base are left out: the comparison says why.
 */
export function acceptedReadings(
  readings: readonly Assessment[],
  comparisons: readonly Comparison[],
  rule: AssessRule,
  { allowance }: Pick<TrialOptions, 'allowance'>,
): Accepted[] {
  return readings
    .filter(reading => isUntold(reading) || isHigher(reading) || reachesBeyond(reading, allowance))
    .filter(({ metric }) => !comparisons.some(comparison => comparison.metric === metric))
    .map(reading => ({
      metric: reading.metric,
      because: reasonOf(reading, rule),
      allowance: allowanceOf(reading, rule),
    }));
}

function reachesBeyond({ metric, estimate }: Assessment, allowance: Bytes): boolean {
  return metric.kind === 'bytes' && estimate.high > allowance;
}

/** Of a count. */
function isHigher({ metric, judged }: Assessment): boolean {
  return metric.kind === 'exact' && netGrowth(judged) > slackOf(metric);
}

function allowanceOf(reading: Assessment, rule: AssessRule): number {
  if (reading.metric.kind === 'exact') return 0;
  if (!isUntold(reading)) return rule.allowance;
  // Native memory is judged no further than it was read.
  return pagesAllowance({ ...rule, end: reading.judged.at(-1)?.iteration ?? rule.end });
}

function reasonOf(
  { metric, accepted, estimate }: Assessment,
  { allowance }: AssessRule,
): Accepted['because'] {
  if (accepted) return accepted.because;
  if (metric.kind === 'exact') return 'swing';
  return estimate.high <= allowance ? 'short-run' : 'level';
}
