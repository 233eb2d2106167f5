import type { Accepted, Bytes, Comparison, TrialOptions } from '../model.ts';
import { netGrowth } from '../stats/point.ts';
import { type Assessment, type AssessRule, slackOf } from './assess.ts';
import { pagesAllowance } from './assess-pages.ts';

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
    .filter(reading => reading.untold || isHigher(reading) || reachesBeyond(reading, allowance))
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

function allowanceOf({ metric, untold }: Assessment, rule: AssessRule): number {
  if (metric.kind === 'exact') return 0;
  return untold ? pagesAllowance(rule) : rule.allowance;
}

function reasonOf(
  { metric, untold, turnover, within, estimate }: Assessment,
  { allowance }: AssessRule,
): Accepted['because'] {
  if (untold) return 'untold';
  if (turnover) return 'turnover';
  if (within) return within;
  if (metric.kind === 'exact') return 'swing';
  return estimate.high <= allowance ? 'short-run' : 'level';
}
