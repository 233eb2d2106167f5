import {
  type Bytes,
  type Finding,
  type Iterations,
  isClass,
  isContainerStore,
  isHeap,
  iterationsDone,
  type JudgedTrial,
  type Milliseconds,
  type Series,
  type TrialOptions,
  type Verdict,
} from '../model.ts';
import type { EvidencePlan } from '../worker/protocol.ts';

/** Times that a leak should show between the first snapshot and the last. */
const SHOWINGS = 16;
/** Iterations at least: fewer, and what comes and goes looks like what stays. */
const LEAST: Iterations = 100;
/** Where nothing says how often something is kept: enough for what is kept once in a hundred. */
const USUAL: Iterations = 1600;
/** Growth after which any leak is plain, and a snapshot still takes less than a second. */
const GROWTH: Bytes = 4 * 2 ** 20;
/** Before the snapshot in the middle, which has to show only that things went on. */
const FIRST_GROWTH: Bytes = 2 * 2 ** 20;
/** Of each part. */
const TIME: Milliseconds = 2500;
/** Iterations before the first snapshot at least: warm-up is over sooner where it is measured. */
const LEAST_SKIP: Iterations = 50;
/**
 * As many iterations as the measured trial did in this time may come before the first snapshot, where these
 * are more than planned, and as many after it.
 */
const NOBODY_MINDS: Milliseconds = 5000;

/**
 * A full cache replaces what it holds within as many iterations as it took to fill: what came in the first
 * part of the run has left it by the end of the second, unless something else keeps it.
 */
const TURNOVERS = 2.5;
/** Of what a finding grew by, what does not show that it has begun. */
const NEXT_TO_NOTHING = 0.05;

type Settings = Pick<EvidencePlan, 'allocationStacks'>;

/**
 * For a trial that leaked: as many iterations as its rarest finding needs, from where it was seen to grow. For one in which
 * something had not stopped growing: as many as are usual, once it has run for as long as was planned.
 */
export function planAfter(judged: JudgedTrial, settings: Settings): EvidencePlan {
  const { result, series, verdict } = judged;
  const findings = verdict.outcome === 'leak' ? verdict.findings : [];
  const level = levelFrom(verdict);
  const done = findings.length > 0 ? Math.max(...findings.map(({ to }) => to)) : iterationsDone(judged);
  const affordable = affordableIterations(done, result);
  const planned = result.trial.options.iterations;
  const begin =
    verdict.outcome === 'leak'
      ? Math.min(Math.max(beginOf(findings, series), level), Math.max(planned, affordable))
      : Math.min(planned, affordable);
  const turnover = Math.min(Math.ceil(level * TURNOVERS), affordable);
  return {
    skip: Math.max(LEAST_SKIP, (result.warmup?.iterations ?? result.trial.options.warmup) + begin),
    iterations: Math.max(neededFor(findings), turnover),
    kept: keptBytes(findings),
    firstGrowth: FIRST_GROWTH,
    growth: GROWTH,
    time: TIME,
    ...settings,
  };
}

/** For a build of which nothing is known yet. */
export function usualPlan({ warmup }: Pick<TrialOptions, 'warmup'>, settings: Settings): EvidencePlan {
  return {
    skip: Math.max(LEAST_SKIP, 2 * warmup),
    iterations: USUAL,
    kept: 0,
    firstGrowth: FIRST_GROWTH,
    growth: GROWTH,
    time: TIME,
    ...settings,
  };
}

/**
 * Exactly so many iterations, whatever they keep; a short warm-up, for each snapshot takes the longer the
 * more is kept by then.
 */
export function planOf(
  iterations: Iterations,
  { warmup, deadline }: Pick<TrialOptions, 'warmup' | 'deadline'>,
  settings: Settings,
): EvidencePlan {
  return {
    skip: warmup,
    iterations,
    kept: 0,
    firstGrowth: FIRST_GROWTH,
    growth: Number.MAX_SAFE_INTEGER,
    time: deadline,
    ...settings,
  };
}

/**
 * Where all counts were seen to grow, as a leak may begin late; of classes little is known before the first
 * snapshot. All findings, without counts.
 */
function beginOf(findings: readonly Finding[], series: readonly Series[]): Iterations {
  const counts = findings.filter(({ metric }) => metric.kind === 'exact' && !isClass(metric));
  const telling = counts.length > 0 ? counts : findings;
  return Math.max(0, ...telling.map(finding => firstGrowth(finding, series)));
}

/** Of what may be a cache or a pool: from where on nothing else fills up, which would look like them. */
function levelFrom(verdict: Verdict): Iterations {
  if (verdict.outcome !== 'leak' || !verdict.mayFill) return 0;
  return Math.max(0, ...verdict.plateaus.map(({ after }) => after));
}

/** The last reading before a finding had grown by more than next to nothing. */
function firstGrowth({ metric, growth, from }: Finding, series: readonly Series[]): Iterations {
  const points = series.find(one => one.metric.name === metric.name)?.points ?? [];
  const judged = points.filter(({ iteration }) => iteration >= from);
  const first = judged[0]?.value ?? 0;
  const grown = judged.findIndex(({ value }) => value - first > NEXT_TO_NOTHING * growth);
  return judged[grown - 1]?.iteration ?? from;
}

/**
 * As many as the measured trial did in a time that nobody minds. What begins still later, in a run that was
 * prolonged much, is missed.
 */
function affordableIterations(done: Iterations, { wall }: JudgedTrial['result']): Iterations {
  return Math.floor((done * NOBODY_MINDS) / Math.max(1, wall));
}

/** On the heap, per iteration, surely; 0: nothing is known, as where the heap was not seen to grow. */
function keptBytes(findings: readonly Finding[]): Bytes {
  const heap = findings.find(({ metric }) => isHeap(metric));
  return Math.max(0, heap?.estimate.low ?? 0);
}

/** Bytes do not tell how often something is kept, counts do; and amid what comes and goes it has to show more often. */
function neededFor(findings: readonly Finding[]): Iterations {
  const counts = findings.filter(
    ({ metric, estimate }) => metric.kind === 'exact' && !isContainerStore(metric) && estimate.slope > 0,
  );
  const isNoisy = ({ metric, exactMultiple, estimate }: Finding) =>
    !exactMultiple && (isClass(metric) || estimate.low < estimate.high);
  if (counts.length === 0 || counts.some(isNoisy)) return USUAL;
  const rarest = Math.min(...counts.map(({ estimate }) => estimate.slope));
  return Math.min(USUAL, Math.max(LEAST, Math.ceil(SHOWINGS / rarest)));
}
