import { acceptedGrowth } from './judge/assess-rule.ts';
import { compareGrowths } from './judge/compare-growths.ts';
import type { BaseEntry, ComparedBuild } from './model.ts';

/**
 * Every metric of the builds that both runs have, in the order of `head`. Bytes may differ by the allowance
 * of `head`.
 */
export function compareEntries(base: readonly BaseEntry[], head: readonly BaseEntry[]): ComparedBuild[] {
  return head.flatMap(entry => {
    const before = base.find(({ scenario, build }) => scenario === entry.scenario && build === entry.build);
    return before ? [comparedBuild(before, entry)] : [];
  });
}

function comparedBuild(base: BaseEntry, head: BaseEntry): ComparedBuild {
  const end = Math.min(base.iterations, head.iterations);
  const accepts = { allowance: acceptedGrowth(head, end), end };
  const { scenario, build } = head;
  return { scenario, build, comparisons: compareGrowths(head.growths, base.growths, accepts) };
}
