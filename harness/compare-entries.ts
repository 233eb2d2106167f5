import { allowanceOver } from './judge/assess-rule.ts';
import { compareGrowths } from './judge/compare-growths.ts';
import { grew } from './judge/grew.ts';
import { type BaseEntry, type ComparedBuild, type Comparison, type Growth, isClass } from './model.ts';

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
  const accepts = { allowance: allowanceOver(head, end), end };
  const { scenario, build } = head;
  const comparisons = compareGrowths(head.growths, [...base.growths, ...absentClasses(base, head)], accepts);
  return {
    scenario,
    build,
    verdicts: { base: base.verdict, head: head.verdict },
    comparisons: comparisons.map(one => (isNew(one, base, head) ? { ...one, change: 'worse' } : one)),
  };
}

/** A base in which nothing grew keeps no class for just that reason. */
function absentClasses(base: BaseEntry, head: BaseEntry): Growth[] {
  if (grew(base)) return [];
  return head.growths
    .filter(({ metric }) => isClass(metric))
    .map(({ metric }) => ({ metric, slope: 0, low: 0, high: 0 }));
}

/** A count that certainly grows in a leak, and did not in a base that was steady, where none grew. */
function isNew({ metric }: Comparison, base: BaseEntry, head: BaseEntry): boolean {
  if (metric.kind !== 'exact' || base.verdict !== 'steady' || head.verdict !== 'leak') return false;
  return isCertain(metric.name, head.growths) && !isCertain(metric.name, base.growths);
}

function isCertain(name: string, growths: readonly Growth[]): boolean {
  return growths.some(({ metric, low }) => metric.name === name && low > 0);
}
