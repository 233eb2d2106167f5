import { acceptedBytes } from './accepted.ts';
import { type Assessment, type AssessRule, assess } from './assess.ts';
import { assessClasses } from './assess-classes.ts';
import { againstBase } from './compare-base.ts';
import { limitOf } from './detection.ts';
import { findings, grows, mayFillUp } from './findings.ts';
import type {
  BaseEntry,
  Bytes,
  Comparison,
  Estimate,
  InconclusiveReason,
  Iterations,
  Metric,
  Plateau,
  Sample,
  Series,
  Stage,
  Trial,
  TrialOptions,
  TrialRecord,
  TrialResult,
  Verdict,
} from './model.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { NULL_SCENARIO } from './plan.ts';
import { affordableStage, endOf, LONG_RUN } from './stages.ts';
import { inspectionsOf, inspectionsOfClass } from './suspicion.ts';
import { isTurnover, lacksWitness } from './turnover.ts';

/** What a verdict is reached from: one trial's readings and the settings that say what is accepted. */
export interface JudgeInput
  extends Pick<TrialRecord, 'metrics' | 'samples' | 'warmup'>,
    Partial<Pick<TrialRecord, 'stages' | 'heapTables'>> {
  readonly trial?: Pick<Trial, 'scenario'>;
  readonly options: Pick<TrialOptions, 'allowance' | 'confidence'> & Partial<TrialOptions>;
  /** Given: growth counts as far as it exceeds this. */
  readonly base?: BaseEntry;
}

interface Known {
  readonly estimates: readonly Estimate[];
  readonly plateaus: readonly Plateau[];
}

/** What a trial's readings come to. */
export interface Judgement {
  readonly outcome: Verdict['outcome'];
  /** What every verdict tells, whatever the outcome. */
  readonly known: Known;
  /** Up to how many closer looks what made a steady trial suspicious is worth; 0: nothing did, or it is the null run. */
  readonly inspections: number;
  /** With the detection limit of a steady one, which takes longer to find than all the rest. */
  readonly verdict: () => Verdict;
  /** With the base, if there is one. */
  readonly comparisons: readonly Comparison[];
}

/** The verdict on one completed trial (docs/method.md, "Verdict"). */
export function judge(input: JudgeInput): Verdict {
  return judgeClosely(input).verdict();
}

/**
 * Anything that grew to the end is a leak; short of that, anything that cannot be told makes the trial inconclusive; only a
 * trial without either is steady. Each stage of a trial is one look at its readings: of the probability of error that
 * `confidence` leaves, look k gets the share 1 / (k (k + 1)), which over any number of looks sums up to no more than all of it.
 */
export function judgeClosely(input: JudgeInput): Judgement {
  const { metrics, samples, warmup, options, stages = [], heapTables = [], base, trial } = input;
  const series = toSeries({ metrics, samples });
  const rule: AssessRule = {
    allowance: acceptedGrowth(options, samples.at(-1)?.iteration ?? 0),
    confidence: atLook(options.confidence, Math.max(1, stages.length)),
    warmup: warmup?.iterations ?? 0,
    end: samples.at(-1)?.iteration ?? 0,
    long: stages.length >= LONG_RUN,
    final: stages.length >= LONG_RUN && !mayGoOn({ options, samples, stages }),
    ...(stages[0] && { planned: endOf(stages[0]) }),
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
  const compared = againstBase(classes, base, rule);
  // A base keeps a few of its classes: others of one that grew are no news unless something else is.
  const asInBase = base && base.verdict !== 'steady' && !readings.some(one => grows(one, readings));
  const witnesses = compared.readings.filter(
    ({ metric }) => !asInBase || compared.comparisons.some(one => one.metric === metric),
  );
  const known = {
    estimates: readings.map(({ estimate }) => estimate),
    plateaus: readings.map(({ plateau }) => plateau).filter(plateau => plateau !== undefined),
  };
  const common = { known, comparisons: [...comparisons, ...compared.comparisons] };

  const [first, ...others] = findings([...readings, ...witnesses]);
  if (first && isNewInLongRun({ ...input, samples, stages, heapTables })) {
    const open: Verdict = {
      outcome: 'inconclusive',
      reason: 'still-filling',
      metric: first.metric,
      ...known,
    };
    return { outcome: 'inconclusive', verdict: () => open, ...common, inspections: 0 };
  }
  if (first) {
    const verdict: Verdict = {
      outcome: 'leak',
      findings: [first, ...others],
      ...(mayFillUp([first, ...others]) && { mayFill: true }),
      ...known,
    };
    return { outcome: 'leak', verdict: () => verdict, ...common, inspections: 0 };
  }
  const doubtful = doubt([...readings, ...witnesses.filter(isOpen)], samples, rule, known);
  if (doubtful) return { outcome: 'inconclusive', verdict: () => doubtful, ...common, inspections: 0 };
  // What the harness itself adds is not worth the wait of a closer look.
  const isInspectable = trial?.scenario !== NULL_SCENARIO;
  const accepted = acceptedBytes(readings, comparisons, rule, options);
  return {
    outcome: 'steady',
    verdict: () => ({
      outcome: 'steady',
      limit: limitOf(series, rule, {
        stages: isInspectable && mayGoOn({ options, samples, stages }) ? stages.length : undefined,
        comparisons,
      }),
      ...known,
      ...(accepted.length > 0 && { accepted }),
    }),
    ...common,
    inspections: isInspectable
      ? Math.max(0, ...witnesses.map(inspectionsOfClass), ...readings.map(inspectionsOf))
      : 0,
  };
}

/**
 * Whether a leak was none yet at eight times the plan. What goes on beyond that is to tell what fills up from what leaks; a pool that sets
 * records, ever more seldom, has by then as few of them as would pass for a leak.
 */
function isNewInLongRun(input: JudgeInput): boolean {
  const { stages = [] } = input;
  const [long, last] = [stages.slice(0, LONG_RUN), stages[LONG_RUN - 1]];
  return (
    last !== undefined && stages.length > LONG_RUN && !isLeakWithin(input, long, at => at <= endOf(last))
  );
}

/** Whether readings within a part of a run, of so many stages, show a leak by themselves. */
export function isLeakWithin(
  { samples, heapTables = [], ...rest }: JudgeInput,
  stages: readonly Stage[],
  isWithin: (iteration: Iterations) => boolean,
): boolean {
  const { outcome } = judgeClosely({
    ...rest,
    stages,
    samples: samples.filter(({ iteration }) => isWithin(iteration)),
    heapTables: heapTables.filter(({ iteration }) => isWithin(iteration)),
  });
  return outcome === 'leak';
}

/** Whether another stage is affordable. */
function mayGoOn({
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

/** Bytes that a heap may gain over the judged half of a run, however short: readings of clean subjects stray by up to half as much. */
const LEAST_GROWTH = 4096;

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
): { readonly verdict: Verdict; readonly comparisons: readonly Comparison[] } {
  const { verdict, known, comparisons } = judgeClosely({
    ...result,
    options: result.trial.options,
    ...(base && { base }),
  });
  if (result.outcome === 'completed') return { verdict: verdict(), comparisons };
  return { verdict: { outcome: 'inconclusive', reason: 'trial-faulted', ...known }, comparisons };
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

/** Whether it is not known of a class if it grows: ever more rarely for now, or no faster than in a base. */
function isOpen({ state, goesOn }: Assessment): boolean {
  return state === 'unclear' || goesOn === true;
}

/** What stands in the way of `steady`, the gravest first; undefined if nothing does. */
function doubt(
  assessed: readonly Assessment[],
  samples: readonly Sample[],
  { allowance }: AssessRule,
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
  const hasRisen =
    unclear?.metric.kind === 'bytes' && unclear.late !== undefined && unclear.late.high <= allowance;
  if (unclear && unsettled) return inconclusive('not-settled', unclear.metric);
  if (unclear) return inconclusive(hasRisen ? 'rose-late' : 'interval-spans-allowance', unclear.metric);
  const unread = assessed.find(({ state }) => state === 'unread');
  return unread && inconclusive('too-few-samples', unread.metric);
}
