import { assess, isPopulation, isResource, slackOf } from './assess.ts';
import { isClass } from './class-metric.ts';
import { isLeakWithin, type JudgeInput, type Judgement, judgeClosely } from './judge.ts';
import type { Bytes, Milliseconds, Sample, Stage, StageReason, TrialOptions, Verdict } from './model.ts';
import type { NativeFirst } from './native-first.ts';
import { toSeries } from './series.ts';
import { affordableStage, endOf, LONG_RUN } from './stages.ts';
import { flattens } from './stats/ending-count.ts';
import type { Next } from './worker/protocol.ts';
import type { TrialSoFar } from './worker/spawn.ts';

/** Growth that no cache of a sound program reaches by steps this even: more of it would prove nothing and cost gigabytes. */
const OVERT_GROWTH: Bytes = 32 * 2 ** 20;
const OVERT_RATIO = 4;
/** Share of the planned iterations before which nothing is overt, */
const OVERT_SHARE = 1 / 10;
/** and readings that must agree. */
const OVERT_READINGS = 4;
/** Growth at which a leak is not confirmed by more of it, */
const ENOUGH_GROWTH: Bytes = 64 * 2 ** 20;
/** and where a cache or pool may be filling up: one of large pages may hold as much. Twice as much still fits into the heap of a small machine. */
const ENOUGH_OF_CACHE: Bytes = 128 * 2 ** 20;
/** With what is off the heap, which costs no time to collect and needs no room there: a cache of pictures may hold more. */
const ENOUGH_MEMORY_OF_CACHE: Bytes = 256 * 2 ** 20;
/** A leak that was confirmed is looked at again only while that costs no more than this. */
const PATIENCE: Milliseconds = 3000;
/** There each look excludes caches twice as large: so many stages whatever they cost, four times the plan, */
const STAGES_OF_CACHE = 3;
/** and more within this share of the budget where nothing but objects grows, */
const SHARE_OF_CACHE = 1 / 4;
/** or within all of it where fewer grew than this: of a few, chance hides that they become fewer. */
const FEW_OBJECTS = 1024;

/**
 * Whether a trial goes on, after each of its samples. Within a stage only an overt leak ends it. At the end of a stage a
 * verdict beyond doubt does. Otherwise, within the options' budget and limit: a leak is confirmed by as many iterations again, which
 * have to show it by themselves and which a cache that was still filling does not survive; an open verdict is resolved; a faint
 * growth is inspected with heap snapshots, of native memory without, but not that of the null run.
 */
export function decide(soFar: TrialSoFar): Next {
  const { trial, samples, stages } = soFar;
  const [last, sample] = [stages.at(-1), samples.at(-1)];
  if (!last || !sample) return { do: 'go-on' };
  if (sample.iteration < endOf(last)) return { do: isOvert(soFar) ? 'stop' : 'go-on' };

  const judgement = judgeClosely(inputOf(soFar));
  const reason = doubtOf(judgement, soFar);
  const stage = reason && affordableStage(last, reason, sample.elapsed, trial.options);
  if (!stage) return { do: 'stop' };
  const waits = judgement.native === 'before-others' && mayFollow(stage, sample.elapsed * 2, trial.options);
  return {
    do: 'prolong',
    stage: waits || judgement.native === 'alone' ? { ...stage, snapshots: false } : stage,
  };
}

/** Whether yet another stage could follow this one, after so much time. */
function mayFollow(stage: Stage, elapsed: Milliseconds, options: TrialOptions): boolean {
  return affordableStage(stage, 'inspect', elapsed, options) !== undefined;
}

/** Why the trial should go on; undefined if its verdict is certain. */
function doubtOf(
  { outcome, inspections, native, verdict }: Judgement,
  soFar: TrialSoFar,
): StageReason | undefined {
  switch (outcome) {
    case 'inconclusive':
      return 'resolve';
    case 'steady':
      return isToBeInspected(inspections, native, soFar) ? 'inspect' : undefined;
    case 'leak':
      return isCertain(soFar, verdict()) ? undefined : 'confirm';
  }
}

/** A look without snapshots, for the sake of native memory, is none for anything else; that memory is looked at once. */
function isToBeInspected(inspections: number, native: NativeFirst, { trial, stages }: TrialSoFar): boolean {
  if (native === 'alone') return stages.length <= 1;
  const later = stages.slice(1);
  const looks = trial.options.snapshots === 'never' ? later : later.filter(({ snapshots }) => snapshots);
  return looks.length < inspections;
}

/** Whether a leak is large enough, or was seen twice and a third look would take too long, or the run is long already. */
function isCertain(soFar: TrialSoFar, verdict: Verdict): boolean {
  const { samples, stages, trial } = soFar;
  const isLong = stages.length >= LONG_RUN;
  const mayFill = verdict.outcome === 'leak' && verdict.mayFill === true;
  const isPool = verdict.outcome === 'leak' && verdict.findings.some(({ metric }) => isResource(metric));
  if (isEnough(samples, mayFill)) return true;
  if (mayFill && (stages.length < STAGES_OF_CACHE || becomeFewer(soFar, verdict))) return false;
  const share = grewByFew(verdict) ? 1 : SHARE_OF_CACHE;
  const patience = mayFill && !isPool ? trial.options.budget * share : PATIENCE;
  const isDear = (samples.at(-1)?.elapsed ?? 0) * 2 > patience;
  return (isLong || isDear) && wasLeak(soFar) && (isLong || isLeakLately(soFar));
}

/** Whether what leaks was counted, and is few things. */
function grewByFew(verdict: Verdict): boolean {
  const found = verdict.outcome === 'leak' ? verdict.findings : [];
  const counts = found.filter(({ metric }) => metric.kind === 'exact' && metric.unit !== 'B');
  return counts.length > 0 && counts.every(({ growth }) => growth < FEW_OBJECTS);
}

/**
 * Whether the objects that leak become fewer: keys that are drawn at random, few of them at a time, slow down so gently that only a run as long
 * as may be can tell. Of a class that leaks all objects are asked.
 */
function becomeFewer({ metrics, samples, warmup }: TrialSoFar, verdict: Verdict): boolean {
  const found = verdict.outcome === 'leak' ? verdict.findings : [];
  if (!found.some(({ metric }) => isPopulation(metric) || isClass(metric))) return false;
  const series = toSeries({ metrics, samples }).find(({ metric }) => isPopulation(metric));
  const warmed = warmup?.iterations ?? 0;
  return series !== undefined && flattens(series.points, { slack: slackOf(series.metric), warmup: warmed });
}

/** Whether the look before this one saw a leak already. */
function wasLeak(soFar: TrialSoFar): boolean {
  const earlier = soFar.stages.slice(0, -1);
  const last = earlier.at(-1);
  return last !== undefined && isLeakWithin(inputOf(soFar), earlier, iteration => iteration <= endOf(last));
}

/**
 * Whether the readings of the last stage, from the one at its start on, show a leak by themselves, as at a first look: those before it, which
 * were seen at the look before, confirm nothing.
 */
function isLeakLately(soFar: TrialSoFar): boolean {
  const last = soFar.stages.at(-1);
  return last !== undefined && isLeakWithin(inputOf(soFar), [last], iteration => iteration >= last.from);
}

function inputOf(soFar: TrialSoFar): JudgeInput {
  return { ...soFar, options: soFar.trial.options };
}

/** A heap many times its first size, and something counted that grew by one same multiple of the iterations in every window. */
function isOvert({ trial, metrics, samples, warmup }: TrialSoFar): boolean {
  const { options } = trial;
  const end = samples.at(-1)?.iteration ?? 0;
  if (samples.length < OVERT_READINGS || end < options.iterations * OVERT_SHARE) return false;
  if (grown(samples, memoryOf) < OVERT_GROWTH || heapOf(samples.at(-1)) < heapOf(samples[0]) * OVERT_RATIO)
    return false;
  const rule = { ...pick(options), warmup: warmup?.iterations ?? 0, end };
  return toSeries({ metrics, samples }).some(series => {
    if (!isResource(series.metric) || series.points.length < OVERT_READINGS) return false;
    const assessed = assess(series, rule);
    return (
      assessed?.state === 'grows' && assessed.exactMultiple && assessed.judged.length === series.points.length
    );
  });
}

function pick({ allowance, confidence }: TrialOptions): Pick<TrialOptions, 'allowance' | 'confidence'> {
  return { allowance, confidence };
}

function isEnough(samples: readonly Sample[], mayFill: boolean): boolean {
  if (!mayFill) return grown(samples, memoryOf) > ENOUGH_GROWTH;
  const memory = grown(samples, memoryOf) + grownNative(samples);
  return grown(samples, heapsOf) > ENOUGH_OF_CACHE || memory > ENOUGH_MEMORY_OF_CACHE;
}

function grown(samples: readonly Sample[], read: (sample: Sample | undefined) => Bytes): Bytes {
  return read(samples.at(-1)) - read(samples[0]);
}

/** Nothing unless it was read at both ends: its readings end with the first snapshot. */
function grownNative(samples: readonly Sample[]): Bytes {
  const [first, last] = [samples[0], samples.at(-1)].map(sample => sample?.readings['memory.native']);
  return first === undefined || last === undefined ? 0 : last - first;
}

function memoryOf(sample: Sample | undefined): Bytes {
  return heapsOf(sample) + offHeapOf(sample);
}

function heapsOf(sample: Sample | undefined): Bytes {
  return heapOf(sample) + (sample?.readings['heap.workers'] ?? 0);
}

function offHeapOf(sample: Sample | undefined): Bytes {
  return sample?.readings['heap.external'] ?? 0;
}

function heapOf(sample: Sample | undefined): Bytes {
  return sample?.readings['heap.used'] ?? 0;
}
