/** What there is to say of a trial beside its base. */
import type { Change, Comparison, JudgedTrial } from '../harness/model.ts';
import {
  formatByteInterval,
  formatCount,
  formatCountRateShort,
  formatNumber,
  formatSignedBytes,
} from './format.ts';
import { gravestFirst } from './notable.ts';
import { countRateText, metricName } from './wording.ts';

/** Names of metrics in a summary, at most. */
const SHOWN = 4;

/**
 * How some of a trial's metrics compare, those that are the same under one heading; what is better can be kept where
 * nothing is in doubt, and said once.
 */
export function besideTexts(
  { verdict, base }: Pick<JudgedTrial, 'verdict' | 'base'>,
  comparisons: readonly Comparison[],
  per: string,
): string[] {
  const canKeep = verdict.outcome === 'steady' && base?.from === 'baseline';
  const last = canKeep ? comparisons.findLast(({ change }) => change === 'better') : undefined;
  const same = comparisons.filter(one => !isDifferent(one));
  const texts = comparisons
    .filter(isDifferent)
    .map(one => `${comparisonText(one, per)}${one === last ? ': update the baseline to keep it so' : ''}`);
  return same.length === 0 ? texts : [...texts, `as in the base: ${sameTexts(same, per).join(', ')}`];
}

type Different = Comparison & { readonly change: Exclude<Change, 'same'> };

function isDifferent(one: Comparison): one is Different {
  return one.change !== 'same';
}

/** `heap +240 B/reload, +120 B [118, 122] more than in the base (+120 B)`, `+11 timers/reload, +10 in the base`. */
function comparisonText(comparison: Different, per: string): string {
  const head = growthText(comparison, per);
  const base = rateText(comparison, comparison.base);
  const { metric, difference, low, high, change } = comparison;
  if (metric.kind === 'exact') {
    // The same figure twice would not say by how much.
    if (change === 'worse' && base === rateText(comparison, comparison.slope))
      return `${head}, ${rateText(comparison, difference)} more than in the base`;
    const there = `${base === '0' ? 'none' : base} in the base`;
    return change === 'unclear' ? `${head}, which may be more than the ${there}` : `${head}, ${there}`;
  }
  switch (change) {
    case 'worse':
      return `${head}, ${formatByteInterval(difference, low, high)} more than in the base (${base})`;
    case 'better': {
      const less = formatByteInterval(-difference, -high, -low).replace(/^\+/, '');
      return `${head}, ${less} less than in the base (${base})`;
    }
    case 'unclear':
      return `${head}, ${formatByteInterval(difference, low, high)} beside the base (${base})`;
  }
}

/** `heap +120 B/reload (+118 B)`, with the rate of the base in brackets. */
function sameTexts(comparisons: readonly Comparison[], per: string): string[] {
  return comparisons.map(one => {
    const over = one.sameOver ? ` over its ${formatCount(one.sameOver, per)}` : '';
    return `${growthText(one, per)} (${rateText(one, one.base)}${over})`;
  });
}

/** `heap +240 B/reload`, `+1 Ticket per 50 reloads`. */
function growthText({ metric, slope }: Comparison, per: string): string {
  return metric.kind === 'exact'
    ? countRateText({ metric, slope }, per)
    : `${metricName(metric)} ${formatSignedBytes(slope)}/${per}`;
}

/** Without its noun: `+120 B`, `+10`, `+1 per 50`. */
export function rateText({ metric }: Comparison, slope: number): string {
  return metric.kind === 'exact' ? formatCountRateShort(slope) : formatSignedBytes(slope);
}

/** `worse (heap, Zone)`, `same`: the gravest change and whose it is; empty without comparisons. */
export function comparisonsText(comparisons: readonly Comparison[]): string {
  const [first] = gravestFirst(comparisons);
  if (!first) return '';
  if (first.change === 'same') return 'same';
  const alike = comparisons.filter(({ change }) => change === first.change);
  const names = alike.slice(0, SHOWN).map(({ metric }) => metricName(metric));
  const more = alike.length > SHOWN ? [`${formatNumber(alike.length - SHOWN)} more`] : [];
  return `${first.change} (${[...names, ...more].join(', ')})`;
}
