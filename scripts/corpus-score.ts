import {
  type Finding,
  HEAP_USED,
  isClass,
  type Milliseconds,
  type TrialResult,
  type Verdict,
} from '../harness/model.ts';
import type { CorpusCase, CorpusKind } from './corpus-cases.ts';

/** A rate this far from the expected one, up or down, is close. */
const RATE_TOLERANCE = 0.25;
/** A rate off by more than this factor is named. */
const RATE_FACTOR = 1.5;

/** How one verdict compares with what its case expects. */
export interface Score {
  readonly kind: CorpusKind;
  readonly name: string;
  readonly expected: string;
  readonly outcome: Verdict['outcome'];
  /** Why it is inconclusive, and by which metric; empty otherwise. */
  readonly reason: string;
  readonly findings: readonly FoundGrowth[];
  /** A leak is found, and one of its metrics is the one that leaks. */
  readonly named: boolean;
  /** Rate found over rate expected, where the case's own metric was found. */
  readonly rateRatio?: number;
  /** A plateau is expected and not said. */
  readonly plateauMissed: boolean;
  readonly isWrong: boolean;
  readonly wall: Milliseconds;
}

interface FoundGrowth {
  readonly metric: string;
  readonly rate: number;
  readonly unit: string;
}

/** Wrong is another verdict than the expected one, a leak by none of the metrics that leak, and a plateau not said. */
export function score(expected: CorpusCase, result: TrialResult, verdict: Verdict): Score {
  const findings = verdict.outcome === 'leak' ? verdict.findings.map(foundGrowth) : [];
  const own = findings.find(({ metric }) => metric === expected.leak?.metric);
  const right = [expected.leak?.metric, ...(expected.leak?.alternatives ?? [])];
  const plateauMissed = expected.plateau && verdict.plateaus.length === 0;
  const named = findings.some(({ metric }) => right.includes(metric) || isByClass(metric, right));
  return {
    kind: expected.kind,
    name: expected.name,
    expected: expectation(expected),
    outcome: verdict.outcome,
    reason: reasonOf(result, verdict),
    findings,
    named,
    ...(own && expected.leak && { rateRatio: own.rate / expected.leak.rate }),
    plateauMissed,
    isWrong: expected.leak ? !named : verdict.outcome !== 'steady' || plateauMissed,
    wall: result.wall,
  };
}

function expectation({ leak, plateau }: CorpusCase): string {
  if (leak) return `leak of ${leak.metric}`;
  return plateau ? 'steady after a plateau' : 'steady';
}

/** What is kept on the heap is named as well, or better, by its class. */
function isByClass(metric: string, right: readonly (string | undefined)[]): boolean {
  if (!isClass({ name: metric })) return false;
  return right.some(
    one => one === HEAP_USED || one === 'population' || (one === 'timers' && metric === 'class.Timeout'),
  );
}

/** One line for a person. */
export function describeScore({ kind, name, expected, outcome, reason, findings, wall }: Score): string {
  const growth = findings.map(({ metric, rate, unit }) => `${metric} +${rate.toPrecision(3)} ${unit}`);
  const verdict = [outcome, reason, growth.join(', ')].filter(text => text !== '').join(', ');
  return `WRONG ${kind}/${name}: ${verdict}; expected ${expected} (${(wall / 1000).toFixed(1)} s)`;
}

/** How many verdicts are right, and what else is worth knowing of those that are. */
export function summary(scores: readonly Score[]): string {
  const leaks = scores.filter(({ kind }) => kind === 'leaks');
  const decoys = scores.filter(({ kind }) => kind === 'decoys');
  const count = (some: readonly Score[], outcome: Verdict['outcome']) =>
    some.filter(one => one.outcome === outcome).length;
  const missed = decoys.filter(({ plateauMissed }) => plateauMissed).map(({ name }) => name);
  return [
    `leaks   ${leaks.length}: ${count(leaks, 'leak')} caught, ${leaks.filter(({ named }) => named).length} named by the right metric, ${count(leaks, 'inconclusive')} inconclusive, ${count(leaks, 'steady')} called steady`,
    `decoys  ${decoys.length}: ${count(decoys, 'steady')} steady, ${count(decoys, 'inconclusive')} inconclusive, ${count(decoys, 'leak')} flagged`,
    ratesText(leaks),
    ...(missed.length > 0 ? [`no plateau said: ${missed.join(', ')}`] : []),
  ].join('\n');
}

/** Those that are off are named; they fail nothing. */
function ratesText(leaks: readonly Score[]): string {
  const rated = leaks.flatMap(({ name, rateRatio }) => (rateRatio === undefined ? [] : { name, rateRatio }));
  const close = rated.filter(({ rateRatio }) => Math.abs(rateRatio - 1) <= RATE_TOLERANCE);
  const off = rated.filter(({ rateRatio }) => rateRatio > RATE_FACTOR || rateRatio < 1 / RATE_FACTOR);
  const named = off.map(({ name, rateRatio }) => `${name} (${rateRatio.toPrecision(2)}x)`);
  const count = `${rated.length - off.length} of ${rated.length} within a factor of ${RATE_FACTOR}, ${close.length} within ${RATE_TOLERANCE * 100} %`;
  return `rates   ${count}${named.length > 0 ? `; off: ${named.join(', ')}` : ''}`;
}

function foundGrowth({ metric, estimate }: Finding): FoundGrowth {
  return { metric: metric.name, rate: estimate.slope, unit: metric.unit };
}

/** Why it is inconclusive, and by which metric, or what fault it is; empty otherwise. */
export function reasonOf(result: TrialResult, verdict: Verdict): string {
  if (result.outcome === 'faulted') return `${result.fault.kind}: ${result.fault.message}`;
  if (verdict.outcome !== 'inconclusive') return '';
  return verdict.metric ? `${verdict.reason} (${verdict.metric.name})` : verdict.reason;
}
