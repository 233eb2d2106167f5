import { acceptedBytes } from './accepted.ts';
import { type Assessment, type AssessRule, assess, isPopulation } from './assess.ts';
import { assessClasses, heldOfLateHalf } from './assess-classes.ts';
import { againstBase } from './compare-base.ts';
import { limitOf } from './detection.ts';
import type {
  BaseEntry,
  Bytes,
  Comparison,
  Estimate,
  Finding,
  HeapTable,
  InconclusiveReason,
  Metric,
  Plateau,
  Sample,
  Series,
  TrialOptions,
  TrialRecord,
  TrialResult,
  Verdict,
} from './model.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { affordableStage, endOf } from './stages.ts';
import { netGrowth, tallestTooth } from './stats/point.ts';
import { inspectionsOf, inspectionsOfClass } from './suspicion.ts';

/** What a verdict is reached from: one trial's readings and the settings that say what is accepted. */
export interface JudgeInput
  extends Pick<TrialRecord, 'metrics' | 'samples' | 'warmup'>,
    Partial<Pick<TrialRecord, 'stages' | 'heapTables'>> {
  readonly options: Pick<TrialOptions, 'allowance' | 'confidence'> & Partial<TrialOptions>;
  /** Given: growth counts as far as it exceeds this. */
  readonly base?: BaseEntry;
}

/** A verdict, and up to how many closer looks what made a steady trial suspicious is worth; 0: nothing did. */
export interface Judgement {
  readonly verdict: Verdict;
  /** With the base, if there is one. */
  readonly comparisons: readonly Comparison[];
  readonly inspections: number;
}

/** The verdict on one completed trial (docs/method.md, "Verdict"). */
export function judge(input: JudgeInput): Verdict {
  return judgeClosely(input).verdict;
}

/**
 * Anything that grew to the end is a leak; short of that, anything that cannot be told makes the trial inconclusive; only a
 * trial without either is steady. Each stage of a trial is one look at its readings: of the probability of error that
 * `confidence` leaves, look k gets the share 1 / (k (k + 1)), which over any number of looks sums up to no more than all of it.
 */
export function judgeClosely({
  metrics,
  samples,
  warmup,
  options,
  stages = [],
  heapTables = [],
  base,
}: JudgeInput): Judgement {
  const series = toSeries({ metrics, samples });
  const rule: AssessRule = {
    allowance: acceptedGrowth(options, samples.at(-1)?.iteration ?? 0),
    confidence: atLook(options.confidence, Math.max(1, stages.length)),
    warmup: warmup?.iterations ?? 0,
    end: samples.at(-1)?.iteration ?? 0,
    long: stages.length > 3,
  };
  const alone = series
    .map(one => assess(one, rule))
    .filter(one => one !== undefined)
    .map(one =>
      isTurnover(one, heapTables, rule) ? { ...one, state: 'flat' as const, turnover: true as const } : one,
    );
  const classes = assessClasses(
    heapTables,
    stages.flatMap(stage => [stage.from, endOf(stage)]),
    rule,
  );
  const witnessed = alone.map(one =>
    lacksWitness(one, [...alone, ...classes], { tables: heapTables, rule })
      ? { ...one, state: 'unclear' as const }
      : one,
  );
  const { readings, comparisons } = againstBase(witnessed, base, rule);
  // A base keeps no classes: those of one that grew are no news unless something else is.
  const asInBase = base && base.verdict !== 'steady' && !readings.some(one => grows(one, readings));
  const witnesses = asInBase ? [] : classes;
  const known = {
    estimates: readings.map(({ estimate }) => estimate),
    plateaus: readings.map(({ plateau }) => plateau).filter(plateau => plateau !== undefined),
  };

  const [first, ...others] = findings([...readings, ...witnesses]);
  if (first) {
    const verdict: Verdict = { outcome: 'leak', findings: [first, ...others], ...known };
    return { verdict, comparisons, inspections: 0 };
  }
  const doubtful = doubt(readings, samples, known);
  if (doubtful) return { verdict: doubtful, comparisons, inspections: 0 };
  const accepted = acceptedBytes(readings, comparisons, rule, options);
  return {
    verdict: {
      outcome: 'steady',
      limit: limitOf(series, rule, { inspects: inspects({ options, samples, stages }), comparisons }),
      ...known,
      ...(accepted.length > 0 && { accepted }),
    },
    comparisons,
    inspections: Math.max(0, ...witnesses.map(inspectionsOfClass), ...readings.map(inspectionsOf)),
  };
}

/** More objects than these that stay of a late half are no chance. */
const STAYING = 24;

/**
 * A heap or population that leaves a doubt, while snapshots say that hardly anything made in the late half is held: what it
 * holds comes and goes. More of it at a time is no leak, unless it grows without end.
 */
function isTurnover(
  { metric, state, estimate }: Assessment,
  tables: readonly HeapTable[],
  rule: AssessRule,
): boolean {
  const isHeap = metric.name === 'heap.used';
  if (!isHeap && !isPopulation(metric)) return false;
  if (!['unclear', 'filling', 'steps'].includes(state)) return false;
  if (isHeap && estimate.slope > 2 * rule.allowance) return false;
  const held = heldOfLateHalf(tables, rule);
  return held !== undefined && held.objects <= STAYING && held.bytesPerIteration < rule.allowance / 2;
}

/** Snapshots with which the classes of what was kept would be known. */
const TELLING_SNAPSHOTS = 5;

/**
 * A heap that rises, and over the late half has given back as much as that on the way, while nothing that was counted grows, neither
 * all objects nor any class in the snapshots: what lives for a while was more at a time. What is kept for good and is in no
 * class, such as code, gives nothing back.
 */
function lacksWitness(
  { metric, state, judged }: Assessment,
  all: readonly Assessment[],
  { tables, rule }: { readonly tables: readonly HeapTable[]; readonly rule: AssessRule },
): boolean {
  if (metric.name !== 'heap.used' || state !== 'grows' || tables.length < TELLING_SNAPSHOTS) return false;
  const late = judged.filter(({ iteration }) => iteration >= (rule.end - rule.warmup) / 2);
  const isCounted = all.some(other => isCount(other) && other.state === 'grows');
  return !isCounted && tallestTooth(late) >= netGrowth(late);
}

/** Whether a closer look would have followed, had anything been suspicious. */
function inspects({
  options,
  samples,
  stages = [],
}: Pick<JudgeInput, 'options' | 'samples' | 'stages'>): boolean {
  const [last, elapsed] = [stages.at(-1), samples.at(-1)?.elapsed ?? 0];
  return (
    last !== undefined &&
    affordableStage(last, 'inspect', elapsed, { ...DEFAULT_OPTIONS, ...options }) !== undefined
  );
}

/** Bytes that a heap may gain over the judged half of a run, however short: readings of a clean subject differ by as much. */
const LEAST_GROWTH = 8192;

/** The allowance of a run of so many iterations: short ones are too noisy for a small one. */
export function acceptedGrowth({ allowance }: Pick<TrialOptions, 'allowance'>, iterations: number): Bytes {
  return Math.max(allowance, (LEAST_GROWTH * 2) / Math.max(1, iterations));
}

function atLook(confidence: number, look: number): number {
  return 1 - (1 - confidence) / (look * (look + 1));
}

/** `judge` for a trial's result; a fault is inconclusive, with what its samples give. */
export function judgeResult(result: TrialResult): Verdict {
  return judgeAgainst(result).verdict;
}

/** The same against a base, if there is one: only growth beyond the base's counts (docs/method.md, "Against a base"). */
export function judgeAgainst(
  result: TrialResult,
  base?: BaseEntry,
): Pick<Judgement, 'verdict' | 'comparisons'> {
  const judgement = judgeClosely({ ...result, options: result.trial.options, ...(base && { base }) });
  if (result.outcome === 'completed') return judgement;
  const { estimates, plateaus } = judgement.verdict;
  const verdict: Verdict = { outcome: 'inconclusive', reason: 'trial-faulted', estimates, plateaus };
  return { verdict, comparisons: judgement.comparisons };
}

/** The readings by metric, in the order of the metrics; metrics that were never read are left out. */
export function toSeries({ metrics, samples }: Pick<TrialRecord, 'metrics' | 'samples'>): Series[] {
  return metrics
    .map(metric => ({
      metric,
      points: samples.flatMap(({ iteration, readings }) => {
        const value = readings[metric.name];
        return value === undefined ? [] : [{ iteration, value }];
      }),
    }))
    .filter(({ points }) => points.length > 0);
}

interface Known {
  readonly estimates: readonly Estimate[];
  readonly plateaus: readonly Plateau[];
}

/** What grew: counts, then bytes, then classes. Once a leak is certain, growth that was read too seldom belongs to it too. */
function findings(assessed: readonly Assessment[]): Finding[] {
  const certain = assessed.some(one => grows(one, assessed));
  if (!certain) return [];
  const found = assessed.filter(one => grows(one, assessed) || one.state === 'unread').filter(isAbove);
  const rank = (one: Assessment) => (!isCount(one) ? 1 : isClass(one) ? 2 : 0);
  return found.toSorted((a, b) => rank(a) - rank(b)).map(toFinding);
}

/**
 * Bytes that grow while the population fills up more and more slowly are no proof: the count, which knows no noise, is
 * the better witness.
 */
function grows({ state, metric }: Assessment, all: readonly Assessment[]): boolean {
  if (state !== 'grows') return false;
  return (
    metric.kind === 'exact' || !all.some(other => isPopulation(other.metric) && other.state === 'filling')
  );
}

function isAbove({ estimate }: Assessment): boolean {
  return estimate.low > 0;
}

function isClass({ metric }: Assessment): boolean {
  return metric.name.startsWith('class.');
}

function isCount({ metric }: Assessment): boolean {
  return metric.kind === 'exact';
}

function toFinding({ metric, estimate, judged, exactMultiple }: Assessment): Finding {
  const [from, to] = [judged[0]?.iteration ?? 0, judged.at(-1)?.iteration ?? 0];
  return { metric, estimate, growth: netGrowth(judged), from, to, exactMultiple };
}

/** What stands in the way of `steady`, the gravest first; undefined if nothing does. */
function doubt(
  assessed: readonly Assessment[],
  samples: readonly Sample[],
  known: Known,
): Verdict | undefined {
  const inconclusive = (reason: InconclusiveReason, metric?: Metric): Verdict => ({
    outcome: 'inconclusive',
    reason,
    ...(metric && { metric }),
    ...known,
  });
  if (!assessed.some(({ metric }) => metric.name === 'heap.used')) return inconclusive('too-few-samples');

  const filling = assessed.find(({ state }) => ['filling', 'grows', 'steps'].includes(state));
  if (filling) return inconclusive('still-filling', filling.metric);
  const unclear = assessed.find(({ state }) => state === 'unclear');
  const unsettled = samples.filter(({ settled }) => !settled).length * 2 > samples.length;
  if (unclear) return inconclusive(unsettled ? 'not-settled' : 'interval-spans-allowance', unclear.metric);
  const unread = assessed.find(({ state }) => state === 'unread');
  return unread && inconclusive('too-few-samples', unread.metric);
}
