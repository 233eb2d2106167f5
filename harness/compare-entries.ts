import { allowanceOver } from './judge/assess-rule.ts';
import { compareGrowths } from './judge/compare-growths.ts';
import { isBrought, isMuchLost } from './judge/exchanged.ts';
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
  const grown = [...head.growths, ...absentClasses(head, base)];
  const comparisons = compareGrowths(grown, [...base.growths, ...absentClasses(base, head)], accepts);
  const other = exchangedGrowth(base, head);
  return {
    scenario,
    build,
    verdicts: { base: base.verdict, head: head.verdict },
    comparisons: comparisons.map(one => (isNew(one, base, head) ? { ...one, change: 'worse' } : one)),
    ...(other && { exchanged: other.metric }),
  };
}

/** Of an entry in which nothing grew, which keeps no class for just that reason, the classes that the other has. */
function absentClasses(entry: BaseEntry, other: BaseEntry): Growth[] {
  if (grew(entry)) return [];
  return other.growths
    .filter(({ metric }) => isClass(metric))
    .filter(({ metric }) => entry.growths.every(own => own.metric.name !== metric.name))
    .map(({ metric }) => ({ metric, slope: 0, low: 0, high: 0 }));
}

/** A class that only the head has, where one of the base grows less by about as much: as `exchanged` judges a run. */
function exchangedGrowth(base: BaseEntry, head: BaseEntry): Growth | undefined {
  if (!grew(base)) return undefined;
  const slopeIn = (name: string, { growths }: BaseEntry) =>
    growths.find(({ metric }) => metric.name === name)?.slope ?? 0;
  const known = base.growths.filter(({ metric }) => isClass(metric));
  const own = head.growths.filter(
    ({ metric }) => isClass(metric) && known.every(one => one.metric.name !== metric.name),
  );
  const lost = Math.max(0, ...known.map(({ metric, slope }) => slope - slopeIn(metric.name, head)));
  return isMuchLost(lost, known) ? own.find(({ slope }) => isBrought(slope, lost)) : undefined;
}

/** A count that certainly grows in a leak, and did not in a base that was steady, where none grew. */
function isNew({ metric }: Comparison, base: BaseEntry, head: BaseEntry): boolean {
  if (metric.kind !== 'exact' || base.verdict !== 'steady' || head.verdict !== 'leak') return false;
  return isCertain(metric.name, head.growths) && !isCertain(metric.name, base.growths);
}

function isCertain(name: string, growths: readonly Growth[]): boolean {
  return growths.some(({ metric, low }) => metric.name === name && low > 0);
}
