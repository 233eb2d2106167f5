import { acceptedReadings } from './judge/accepted.ts';
import { assessRule } from './judge/assess-rule.ts';
import { assessTrial, type TrialAssessment } from './judge/assess-trial.ts';
import { type Assessment, type AssessRule, isUntold } from './judge/assessment.ts';
import { limitOf } from './judge/detection.ts';
import { doubt } from './judge/doubt.ts';
import { findings, mayFillUp } from './judge/findings.ts';
import { mayGoOn } from './judge/may-go-on.ts';
import { nativeLimit } from './judge/native-limit.ts';
import { growthUnseen, isTooLarge } from './judge/unseen.ts';
import {
  type Comparison,
  type DetectionLimit,
  type Estimate,
  endOf,
  type Finding,
  type Iterations,
  isNative,
  isNullRun,
  type Plateau,
  type Series,
  type Stage,
  type Trial,
  type TrialBase,
  type TrialOptions,
  type TrialRecord,
  type TrialResult,
  type Verdict,
} from './model.ts';
import { toSeries } from './series.ts';
import { LONG_RUN } from './stages.ts';

/** What a verdict is reached from: one trial's readings and the settings that say what is accepted. */
export interface JudgeInput
  extends Pick<TrialRecord, 'metrics' | 'samples' | 'warmup'>,
    Partial<Pick<TrialRecord, 'stages' | 'heapTables'>> {
  readonly trial?: Pick<Trial, 'scenario'>;
  readonly options: Pick<TrialOptions, 'allowance' | 'confidence'> & Partial<TrialOptions>;
  /** Given: growth counts as far as it exceeds this. */
  readonly base?: TrialBase;
}

interface Known {
  readonly estimates: readonly Estimate[];
  readonly plateaus: readonly Plateau[];
}

/** What a trial's readings come to. */
export interface Judgement extends Omit<TrialAssessment, 'exchanged'> {
  readonly outcome: Verdict['outcome'];
  /** What every verdict tells, whatever the outcome. */
  readonly known: Known;
  /** What grew to the end. */
  readonly found: readonly Finding[];
  /** With the detection limit of a steady one, which takes longer to find than all the rest. */
  readonly verdict: () => Verdict;
}

/** The verdict on one completed trial (docs/method.md, "From metrics to a verdict"). */
export function judge(input: JudgeInput): Verdict {
  return judgeClosely(input).verdict();
}

/**
 * Anything that grew to the end is a leak; short of that, anything that cannot be told makes the trial
 * inconclusive; only a trial without either is steady.
 */
export function judgeClosely(input: JudgeInput): Judgement {
  const { metrics, samples, options, stages = [], heapTables = [], base } = input;
  const series = toSeries({ metrics, samples });
  const rule = assessRule(input);
  const { readings, classes, comparisons, exchanged } = assessTrial(
    series,
    { heapTables, stages, base },
    rule,
  );
  const known = {
    estimates: readings.filter(one => !isUntold(one)).map(({ estimate }) => estimate),
    plateaus: readings.map(({ plateau }) => plateau).filter(plateau => plateau !== undefined),
  };
  const found = findings([...readings, ...classes]);
  const assessed = { readings, classes, comparisons, found, known };
  const told = (verdict: Verdict): Judgement => ({
    ...assessed,
    outcome: verdict.outcome,
    verdict: () => verdict,
  });

  const [first, ...others] = found;
  if (first && !isNative(first.metric) && isNewInLongRun(input))
    return told({ outcome: 'inconclusive', reason: 'still-filling', metric: first.metric, ...known });
  if (first) {
    const mayFill = mayFillUp(found);
    return told({ outcome: 'leak', findings: [first, ...others], ...(mayFill && { mayFill }), ...known });
  }
  const open = doubt([...readings, ...classes.filter(isOpen)], samples, rule);
  if (open) return told({ outcome: 'inconclusive', ...open, ...known });
  if (exchanged)
    return told({ outcome: 'inconclusive', reason: 'exchanged', metric: exchanged.metric, ...known });
  const unseen = growthUnseen(input, readings, comparisons);
  if (unseen) return told({ outcome: 'inconclusive', reason: 'too-large', metric: unseen.metric, ...known });

  const accepted = acceptedReadings(readings, comparisons, rule, options);
  return {
    ...assessed,
    outcome: 'steady',
    verdict: () => ({
      outcome: 'steady',
      limit: limitOfSteady(input, series, rule, { readings, comparisons }),
      ...known,
      ...(accepted.length > 0 && { accepted }),
    }),
  };
}

function limitOfSteady(
  input: JudgeInput,
  series: readonly Series[],
  rule: AssessRule,
  assessed: Pick<TrialAssessment, 'readings' | 'comparisons'>,
): DetectionLimit {
  const { stages = [], base } = input;
  const looksCloser = isLookedInto(input);
  const ofNative = looksCloser && !base ? nativeLimit(series, rule, stages) : undefined;
  return {
    ...limitOf(series, rule, {
      ...assessed,
      stages: looksCloser && mayGoOn(input) && !isTooLarge(input) ? stages.length : undefined,
    }),
    ...(ofNative !== undefined && { nativeBytesPerIteration: ofNative }),
  };
}

/**
 * Whether a suspicion would have been looked into: not in the null run; and only where the trial is steady by
 * itself, for it runs without its base (`course/decide.ts`).
 */
function isLookedInto({ base, ...alone }: JudgeInput): boolean {
  if (alone.trial && isNullRun(alone.trial)) return false;
  return base === undefined || judgeClosely(alone).outcome === 'steady';
}

/**
 * Whether a leak was none yet at eight times the plan. What goes on beyond that is to tell what fills up from
 * what leaks; a pool that sets records, ever more seldom, has by then as few of them as would pass for a
 * leak.
 */
function isNewInLongRun(input: JudgeInput): boolean {
  const { stages = [] } = input;
  return stages.length > LONG_RUN && !isLeakIn(input, stages.slice(0, LONG_RUN));
}

/** Whether the readings of these consecutive stages, with the one at their start, are a leak by themselves. */
export function isLeakIn(
  { samples, heapTables = [], ...rest }: JudgeInput,
  stages: readonly Stage[],
): boolean {
  const [first, last] = [stages[0], stages.at(-1)];
  if (!first || !last) return false;
  const isIn = ({ iteration }: { readonly iteration: Iterations }) =>
    iteration >= first.from && iteration <= endOf(last);
  const read = { samples: samples.filter(isIn), heapTables: heapTables.filter(isIn) };
  return judgeClosely({ ...rest, ...read, stages }).outcome === 'leak';
}

/** What is judged of a trial, be it over or still running. */
export function inputOf<Judged extends { readonly trial: Trial }>(
  record: Judged,
): Judged & { readonly options: TrialOptions } {
  return { ...record, options: record.trial.options };
}

/** `judge` for a trial's result; a fault is inconclusive, with what its samples give. */
export function judgeResult(result: TrialResult): Verdict {
  return judgeAgainst(result).verdict;
}

/**
 * The same against a base, if there is one: only growth beyond the base's counts (docs/method.md, "Against a
 * base").
 */
export function judgeAgainst(
  result: TrialResult,
  base?: TrialBase,
): { readonly verdict: Verdict; readonly comparisons: readonly Comparison[] } {
  const { verdict, known, comparisons } = judgeClosely({ ...inputOf(result), ...(base && { base }) });
  if (result.outcome === 'completed') return { verdict: verdict(), comparisons };
  return { verdict: { outcome: 'inconclusive', reason: 'trial-faulted', ...known }, comparisons };
}

/** Whether it is not known of a class if it grows: ever more rarely for now, or no faster than in a base. */
function isOpen({ state, goesOn }: Assessment): boolean {
  return state === 'unclear' || goesOn === true;
}
