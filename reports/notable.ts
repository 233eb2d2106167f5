/** Which of the comparisons with a base are worth a word. */
import {
  type Bytes,
  type Change,
  type Comparison,
  className,
  type Finding,
  isClass,
  isHeap,
  isWatched,
  iterationsDone,
  type JudgedTrial,
  type Metric,
} from '../harness/model.ts';

const GRAVEST_FIRST: readonly Change[] = ['worse', 'unclear', 'better', 'same'];
const MOST = 4;
/** Things in a whole run that are not worth a word. */
const FEW = 12;
/** Native memory that any run may take. */
const NATIVE: Bytes = 2 ** 20;

/** The gravest first, at most four: metrics that grew in the trial or in its base. */
export function notable(judged: JudgedTrial): readonly Comparison[] {
  const told = (judged.base?.comparisons ?? []).filter(
    ({ change, metric, slope, base }) => change !== 'same' || Math.max(slope, base) > leastOf(metric, judged),
  );
  return gravestFirst(told).slice(0, MOST);
}

/** Whether it grows, and is steady only beside its base, which grows as well. */
export function drifts({ verdict, base }: JudgedTrial): boolean {
  return verdict.outcome === 'steady' && (base?.comparisons ?? []).some(({ excused }) => excused);
}

/**
 * Classes that grow by themselves, beside others that the base has, and of which neither the comparison nor the
 * verdict tells: a base need not have found all of its classes.
 */
export function besideBase({ verdict, base }: JudgedTrial): readonly Finding[] {
  const compared = base?.comparisons.map(({ metric }) => metric).filter(isClass) ?? [];
  if (compared.length === 0) return [];
  const found = verdict.outcome === 'leak' ? verdict.findings.map(({ metric }) => metric) : [];
  const own = verdict.outcome === 'inconclusive' && verdict.metric ? [verdict.metric] : [];
  const told = new Set([...compared, ...found, ...own].map(({ name }) => name));
  return (base?.alone?.classes ?? []).filter(({ metric }) => !told.has(metric.name));
}

/** Without classes of heap snapshots that are watched as well: counted twice, told once. */
export function toldOnce(found: readonly Finding[]): readonly Finding[] {
  const watched = new Set(found.filter(({ metric }) => isWatched(metric)).map(({ metric }) => metric.unit));
  return found.filter(({ metric }) => !watched.has(className(metric) ?? ''));
}

export function gravestFirst(comparisons: readonly Comparison[]): readonly Comparison[] {
  const rank = ({ change, metric }: Comparison) =>
    GRAVEST_FIRST.indexOf(change) * 2 + (isHeap(metric) ? 0 : 1);
  return comparisons.toSorted((left, right) => rank(left) - rank(right));
}

/** Growth per iteration that is not worth a word. */
function leastOf({ kind }: Metric, judged: JudgedTrial): number {
  const iterations = Math.max(1, iterationsDone(judged));
  switch (kind) {
    case 'exact':
      return FEW / iterations;
    case 'bytes':
      return judged.result.trial.options.allowance;
    case 'pages':
      return NATIVE / iterations;
    case 'advisory':
      return 0;
  }
}
