import {
  aloneOf,
  type Base,
  baseEntries,
  baseWarnings,
  entryFor,
  isBase,
  isJudgedAgainst,
  withHeapTables,
} from './base.ts';
import { isTooLarge } from './judge/unseen.ts';
import { inputOf, judgeAgainst, judgeClosely } from './judge.ts';
import {
  type Alone,
  decides,
  type Environment,
  type Evidence,
  type Fraction,
  HEAP_USED,
  HEAP_WORKERS,
  type HeapDiff,
  isNullRun,
  type JudgedTrial,
  type Milliseconds,
  mostThreads,
  type Report,
  type ScenarioDescription,
  type ShardOfPlan,
  type Timing,
  type TrialBase,
  type TrialResult,
  threadHeaps,
  type Warning,
} from './model.ts';
import { toSeries } from './series.ts';

/** Version of the report's shape; a new major version can only be read by a new leakgate. */
export const SCHEMA_VERSION = '1.0.0';

/** Everything a run gave. */
export interface RunRecord {
  readonly environment: Environment;
  readonly descriptions: readonly ScenarioDescription[];
  /** In the order of the plan; a result of the empty scenario becomes the report's null run. */
  readonly results: readonly TrialResult[];
  readonly timings: readonly Timing[];
  readonly heapDiffs: readonly HeapDiff[];
  readonly evidence: readonly Evidence[];
  /** Given: builds that should be steady are judged by how they differ from it. */
  readonly base?: Base;
  /** What the trials reported; warnings about their samples are added here. */
  readonly warnings: readonly Warning[];
  /** Wall time of the whole run. */
  readonly elapsed: Milliseconds;
  /** Given: only this part of the plan was to be run. */
  readonly shard?: ShardOfPlan;
  /** Ended before every planned trial had: what there is decides nothing. */
  readonly interrupted?: boolean;
}

/** Judges every trial and puts the report together. */
export function buildReport(record: RunRecord): Report {
  const { environment, descriptions, results, timings, heapDiffs, evidence, warnings, elapsed } = record;
  const subjects = results.filter(({ trial }) => !isNullRun(trial));
  const { trials, doubts } = judgedAll(subjects, record);
  const nullRun = results.filter(({ trial }) => isNullRun(trial)).map(judgedAlone)[0];
  return {
    schemaVersion: SCHEMA_VERSION,
    environment,
    scenarios: descriptions,
    trials,
    ...(nullRun && { nullRun }),
    timings,
    heapDiffs,
    evidence,
    warnings: [...warnings, ...doubts, ...results.flatMap(sampleWarnings)],
    elapsed,
    measuringShare: measuringShare(results),
    ...(record.shard && { shard: record.shard }),
    ...(record.interrupted && { interrupted: true as const }),
    exitCode: record.interrupted ? 2 : isEmptyShard(record) ? 0 : exitCode(trials, nullRun),
  };
}

/** With fewer scenarios and builds than shards, some have nothing to do, which is no failure. */
function isEmptyShard({ shard, results }: RunRecord): boolean {
  return shard !== undefined && results.length === 0;
}

/** The base's own trials may be among them, so all are judged alone first. */
function judgedAll(
  results: readonly TrialResult[],
  { base, environment }: Pick<RunRecord, 'base' | 'environment'>,
): { readonly trials: readonly JudgedTrial[]; readonly doubts: readonly Warning[] } {
  const alone = results.map(result => ({ result, absolute: judgedAlone(result) }));
  const absolutes = alone.map(({ absolute }) => absolute);
  if (!base) return { trials: absolutes, doubts: [] };
  const own = withHeapTables(baseEntries({ trials: absolutes, environment }), results);
  const doubts: Warning[] = [];
  const trials = alone.map(({ result, absolute }) => {
    if (isBase(result.trial, base)) return { ...absolute, isBase: true as const };
    if (result.outcome === 'faulted' || !isJudgedAgainst(result.trial)) return absolute;
    const entry = entryFor(result.trial, base, own, environment);
    doubts.push(...baseWarnings(result.trial, absolute.verdict.estimates, base, entry, environment));
    return entry ? judged(result, { base, entry, alone: aloneOf(absolute.verdict) }) : absolute;
  });
  return { trials, doubts };
}

/** With no base, and without what others came to. */
export function judgedAlone(result: TrialResult): JudgedTrial {
  return judged(result);
}

function judged(
  result: TrialResult,
  against?: { readonly base: Base; readonly entry: TrialBase; readonly alone: Alone },
): JudgedTrial {
  const { samples: _, heapTables: __, ...rest } = result;
  const { verdict, comparisons } = judgeAgainst(result, against?.entry);
  return {
    result: rest,
    series: toSeries(result),
    verdict,
    ...(against && {
      base: { name: against.base.name, from: against.base.from, comparisons, alone: against.alone },
    }),
    asExpected: verdict.outcome === result.trial.expect,
  };
}

function sampleWarnings(result: TrialResult): Warning[] {
  const { trial, outcome, samples, warmup } = result;
  const unsettled = samples.filter(({ settled }) => !settled).length;
  const wanted = Math.min(trial.options.windows, trial.options.iterations) + 1;
  const warnings: Warning[] = [];
  if (warmup && !warmup.stable)
    warnings.push({ code: 'warmup-drifting', trial: trial.id, drift: warmup.drift });
  if (unsettled > 0) warnings.push({ code: 'not-settled', trial: trial.id, samples: unsettled });
  const heap = samples.at(-1)?.readings[HEAP_USED] ?? 0;
  const isThin = samples.length < wanted;
  const input = inputOf(result);
  const isLarge = isTooLarge(input);
  const series = toSeries(result);
  const isUnread =
    result.metrics.some(({ name }) => name === HEAP_WORKERS) && threadHeaps(series) === 'unread';
  // A leak is beyond doubt with fewer, and without.
  if (outcome !== 'completed' || !(isThin || isLarge || isUnread) || judgeClosely(input).outcome === 'leak')
    return warnings;
  if (isThin) warnings.push({ code: 'samples-thinned', trial: trial.id, taken: samples.length, wanted });
  if (isLarge) warnings.push({ code: 'too-large-for-snapshots', trial: trial.id, heap });
  if (isUnread) warnings.push({ code: 'threads-unread', trial: trial.id, threads: mostThreads(series) });
  return warnings;
}

/** Of the trials' wall time, the share spent settling, reading probes and starting processes. */
function measuringShare(results: readonly TrialResult[]): Fraction {
  const measuring = sum(results.map(({ samples, startup }) => startup + (samples.at(-1)?.measuring ?? 0)));
  const wall = sum(results.map(result => result.wall));
  return wall > 0 ? measuring / wall : 0;
}

/**
 * 0: every build did what its scenario expects; 1: one leaked, was not caught, or faulted; 2: the harness
 * leaks by itself or had nothing to judge, so that no verdict counts; 3: inconclusive, and nothing worse.
 * Trials with V8's default flags are shown and decide nothing, and so does the build that is the base.
 */
export function exitCode(
  trials: readonly JudgedTrial[],
  nullRun: JudgedTrial | undefined,
): Report['exitCode'] {
  const deciding = trials.filter(decides);
  if (deciding.length === 0 || (nullRun && isWrong(nullRun))) return 2;
  if (deciding.some(isWrong)) return 1;
  const certain = deciding.every(({ asExpected }) => asExpected) && (nullRun?.asExpected ?? true);
  return certain ? 0 : 3;
}

/** Not as expected, and not for want of certainty. */
export function isWrong({ asExpected, result, verdict }: JudgedTrial): boolean {
  return !asExpected && (result.outcome === 'faulted' || verdict.outcome !== 'inconclusive');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
