import type { BaseEntry, Change, Comparison } from '../model.ts';
import { type Assessment, isUntold } from './assessment.ts';
import { type Accepts, type Alike, compareGrowths } from './compare-growths.ts';
import { growthOf } from './growth-of.ts';

/**
 * Sets what was found of each metric beside the base: one that grew no faster than there counts as flat, one
 * that cannot be told from it as unclear. Nothing that is flat by itself becomes a finding, and a metric that
 * the base lacks stays as it is.
 * @param alike what is said of bytes whose difference is unclear
 */
export function againstBase(
  assessed: readonly Assessment[],
  base: BaseEntry | undefined,
  rule: Accepts,
  alike?: Alike,
): { readonly readings: readonly Assessment[]; readonly comparisons: readonly Comparison[] } {
  if (!base) return { readings: assessed, comparisons: [] };
  const growths = assessed
    .filter(one => !isUntold(one))
    .map(({ estimate, judged }) => growthOf(estimate, judged));
  const compared = compareGrowths(growths, base.growths, rule, alike);
  const beside = assessed.map(one => {
    const comparison = compared.find(({ metric }) => metric === one.metric);
    if (!comparison) return { reading: one };
    const change = changeOf(one, comparison, base);
    const state = stateOf(one, change);
    const isExcused = one.state === 'grows' && state === 'flat';
    return {
      reading: { ...one, state },
      comparison: { ...comparison, change, ...(isExcused && { excused: true as const }) },
    };
  });
  return {
    readings: beside.map(({ reading }) => reading),
    comparisons: beside.flatMap(({ comparison }) => comparison ?? []),
  };
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
