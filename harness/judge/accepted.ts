import type { Accepted, Comparison, TrialOptions } from '../model.ts';
import type { Assessment, AssessRule } from './assess.ts';
import { pagesAllowance } from './assess-pages.ts';

/**
 * Bytes of a steady trial whose interval reaches beyond the allowance, each with the rule by which it is
 * steady all the same, and native memory that rose. Those that have a base are left out: the comparison says
 * why.
 */
export function acceptedBytes(
  readings: readonly Assessment[],
  comparisons: readonly Comparison[],
  rule: AssessRule,
  { allowance }: Pick<TrialOptions, 'allowance'>,
): Accepted[] {
  return readings
    .filter(
      ({ metric, estimate, untold }) => untold || (metric.kind === 'bytes' && estimate.high > allowance),
    )
    .filter(({ metric }) => !comparisons.some(comparison => comparison.metric === metric))
    .map(reading => ({
      metric: reading.metric,
      because: reasonOf(reading, rule),
      allowance: reading.untold ? pagesAllowance(rule) : rule.allowance,
    }));
}

function reasonOf(
  { untold, turnover, within, estimate }: Assessment,
  { allowance }: AssessRule,
): Accepted['because'] {
  if (untold) return 'untold';
  if (turnover) return 'turnover';
  if (within) return within;
  return estimate.high <= allowance ? 'short-run' : 'level';
}
