/** What there is to say of a trial beside its base. */
import type { Comparison, JudgedTrial } from '../harness/model.ts';
import { formatByteInterval, formatCount, formatNumber, formatSigned, formatSignedBytes } from './format.ts';
import { gravestFirst } from './notable.ts';
import { metricName } from './wording.ts';

/** Names of metrics in a summary, at most. */
const SHOWN = 4;

/** How some of a trial's metrics compare; what is better can be kept where nothing is in doubt, and said once. */
export function besideTexts(
  { verdict, base }: Pick<JudgedTrial, 'verdict' | 'base'>,
  comparisons: readonly Comparison[],
  per: string,
): string[] {
  const canKeep = verdict.outcome === 'steady' && base?.from === 'baseline';
  const last = canKeep ? comparisons.findLastIndex(({ change }) => change === 'better') : -1;
  return comparisons.map(
    (one, place) =>
      `${comparisonText(one, per)}${place === last ? ': update the baseline to keep it so' : ''}`,
  );
}

/** `heap +240 B/reload [238, 242], +120 B [118, 122] more than in the base (+120 B)`, or how else it compares. */
function comparisonText(comparison: Comparison, per: string): string {
  const { change, sameOver } = comparison;
  const head = `${metricName(comparison.metric)} ${rate(comparison, comparison.slope)}/${per}`;
  const over = sameOver ? ` over its ${formatCount(sameOver, per)}` : '';
  const base = `the base${over} (${rate(comparison, comparison.base)})`;
  switch (change) {
    case 'worse':
      return `${head}, ${differenceText(comparison)} more than in ${base}`;
    case 'better':
      return `${head}, ${fallText(comparison)} less than in ${base}`;
    case 'same':
      return `${head}, as in ${base}`;
    case 'unclear':
      return `${head}, ${differenceText(comparison)} beside ${base}`;
  }
}

/** `+120 B [118, 122]`, `+1`. */
export function differenceText({ metric, difference, low, high }: Comparison): string {
  if (metric.kind === 'exact') return formatSigned(rounded(difference));
  return formatByteInterval(difference, low, high);
}

/** `100 B [98, 102]`, `1`: by how much the growth is less. */
function fallText(comparison: Comparison): string {
  const { difference, low, high } = comparison;
  return differenceText({ ...comparison, difference: -difference, low: -high, high: -low }).replace(
    /^\+/,
    '',
  );
}

/** `+120 B`, `+1`. */
export function rate({ metric }: Pick<Comparison, 'metric'>, slope: number): string {
  return metric.kind === 'exact' ? formatSigned(rounded(slope)) : formatSignedBytes(slope);
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

/** A rate of things to a ten-thousandth: what is below is noise of the division. */
function rounded(slope: number): number {
  return Number(slope.toFixed(4)) + 0;
}
