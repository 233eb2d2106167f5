import { slackOf } from '../judge/assess-count.ts';
import { inputOf, isLeakIn } from '../judge.ts';
import {
  type Bytes,
  type Finding,
  isClass,
  isContainerStore,
  isPopulation,
  isResource,
  type LeakVerdict,
  type Milliseconds,
  type Sample,
} from '../model.ts';
import { toSeries } from '../series.ts';
import type { TrialSoFar } from '../spawn/spawn.ts';
import { LONG_RUN } from '../stages.ts';
import { flattens } from '../stats/ending-count.ts';
import { grown, grownNative, heapsOf, memoryOf } from './memory-growth.ts';

/** Growth at which a leak is not confirmed by more of it. */
const ENOUGH_GROWTH: Bytes = 64 * 2 ** 20;
/** Time that a trial may take in all for one more look at a leak that was confirmed. */
const PATIENCE: Milliseconds = 3000;

/**
 * Growth of the heaps at which what may be a cache is not confirmed by more of it. That is twice what is asked of other
 * leaks, as each look excludes caches twice as large: one of large pages may hold half as much, and this still fits into
 * the heap of a small machine.
 */
const ENOUGH_OF_CACHE: Bytes = 128 * 2 ** 20;
/**
 * The same with memory off the heap, which costs no time to collect and needs no room there: a cache of
 * pictures may hold more.
 */
const ENOUGH_MEMORY_OF_CACHE: Bytes = 256 * 2 ** 20;
/** Stages that what may be a cache gets whatever they cost: four times the plan. */
const STAGES_OF_CACHE = 3;
/** Share of the budget within which what may be a cache, and is no pool of resources, gets more stages. */
const SHARE_OF_CACHE = 1 / 4;
/**
 * Growth of every count below which the whole budget takes the place of that share: of a few, chance hides that
 * they become fewer.
 */
const FEW_OBJECTS = 1024;

/**
 * Whether a leak is large enough; or two looks in a row saw it, and the run is long already, or another look
 * would take too long and the last stage shows it alone. What may be a cache gets more stages first.
 */
export function isCertain({ findings, ...leak }: LeakVerdict, soFar: TrialSoFar): boolean {
  const { samples, stages, trial } = soFar;
  const mayFill = leak.mayFill === true;
  const isLong = stages.length >= LONG_RUN;
  const isPool = findings.some(({ metric }) => isResource(metric));
  if (isEnough(samples, mayFill)) return true;
  if (mayFill && (stages.length < STAGES_OF_CACHE || becomeFewer(findings, soFar))) return false;
  const share = grewByFew(findings) ? 1 : SHARE_OF_CACHE;
  const patience = mayFill && !isPool ? trial.options.budget * share : PATIENCE;
  const isDear = (samples.at(-1)?.elapsed ?? 0) * 2 > patience;
  return (isLong || (isDear && isLeakLately(soFar))) && wasLeak(soFar);
}

/** Whether what leaks was counted, and is few things. */
function grewByFew(findings: readonly Finding[]): boolean {
  const counts = findings.filter(({ metric }) => metric.kind === 'exact' && !isContainerStore(metric));
  return counts.length > 0 && counts.every(({ growth }) => growth < FEW_OBJECTS);
}

/**
 * Whether the objects that leak become fewer: keys that are drawn at random, few of them at a time, slow down
 * so gently that only a run as long as may be can tell. Of a class that leaks all objects are asked.
 */
function becomeFewer(findings: readonly Finding[], { metrics, samples, warmup }: TrialSoFar): boolean {
  if (!findings.some(({ metric }) => isPopulation(metric) || isClass(metric))) return false;
  const series = toSeries({ metrics, samples }).find(({ metric }) => isPopulation(metric));
  const warmed = warmup?.iterations ?? 0;
  return series !== undefined && flattens(series.points, { slack: slackOf(series.metric), warmup: warmed });
}

/** Whether the look before this one saw a leak already. */
function wasLeak(soFar: TrialSoFar): boolean {
  return isLeakIn(inputOf(soFar), soFar.stages.slice(0, -1));
}

/**
 * Whether the readings of the last stage, from the one at its start on, show a leak by themselves, as at a
 * first look: those before it, which were seen at the look before, confirm nothing.
 */
function isLeakLately(soFar: TrialSoFar): boolean {
  return isLeakIn(inputOf(soFar), soFar.stages.slice(-1));
}

/** Whether it has grown so far that more of it would prove nothing. */
function isEnough(samples: readonly Sample[], mayFill: boolean): boolean {
  if (!mayFill) return grown(samples, memoryOf) > ENOUGH_GROWTH;
  const memory = grown(samples, memoryOf) + grownNative(samples);
  return grown(samples, heapsOf) > ENOUGH_OF_CACHE || memory > ENOUGH_MEMORY_OF_CACHE;
}
