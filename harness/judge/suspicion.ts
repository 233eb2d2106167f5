import {
  type Bytes,
  type Iterations,
  isContainerStore,
  isHeap,
  isNative,
  isPopulation,
  isResource,
} from '../model.ts';
import { netGrowth, type Point } from '../stats/point.ts';
import { type Assessment, isUntold } from './assessment.ts';

/** Bytes per iteration: certain growth by more is worth a closer look. */
const FAINT_SLOPE = 0.1;
/** Bytes per iteration: growth that may be more, or is known to no better than this both ways, is worth one too. */
const CLEAR_SLOPE = 2;
/** In a run shorter than this bytes may grow by more: readings stray by as many bytes, which is more per iteration. */
const FULL_RUN: Iterations = 2000;
/** Per iteration: what a count that rises and falls may grow by without a closer look. */
const CLEAR_RATE = 1 / 100;
/** More objects than these over the judged half are worth a closer look. Of other counts, a single one is. */
export const FAINT_POPULATION = 3;

/**
 * Native memory, of which a certain growth by so much over the judged half is worth a second look: clean
 * subjects seldom show as much.
 */
const FAINT_NATIVE: Bytes = 128 * 2 ** 10;

/** Closer looks that a suspicion is worth: with the second one the run is four times as long as planned. */
export const INSPECTIONS = 2;
/**
 * Closer looks, up to eight times the plan, at what shows late: timers and handles that come and go, of which
 * one is kept among many; objects that do, if ever more of them are old; stores of containers, which grow by jumps;
 * bytes that still grow for certain.
 */
const LATE_INSPECTIONS = 3;

/** Closer looks that a series is worth: 0 for one that is beyond suspicion. */
export function inspectionsOf(assessed: Assessment): number {
  if (!isSuspicious(assessed)) return 0;
  const showsLate = assessed.restless !== undefined && isResource(assessed.metric);
  return showsLate || certainlyGrows(assessed) ? LATE_INSPECTIONS : INSPECTIONS;
}

/** Whether bytes that were found flat grow for certain, if only a little. */
function certainlyGrows({ metric, estimate, late = estimate, judged }: Assessment): boolean {
  return metric.kind === 'bytes' && late.low > FAINT_SLOPE * scaleOf(judged);
}

/**
 * Whether a heap that was found flat grows for certain by more than clean subjects do.
 * @param beyond by how much at least it grows faster than in the base, if there is one
 */
export function growsClearly(
  { metric, state, estimate, late = estimate, judged }: Assessment,
  beyond = Number.POSITIVE_INFINITY,
): boolean {
  return isHeap(metric) && state === 'flat' && Math.min(late.low, beyond) > CLEAR_SLOPE * scaleOf(judged);
}

/** By how much slopes of a run that is shorter than a full one may be larger. */
function scaleOf(judged: readonly Point[]): number {
  return Math.max(1, FULL_RUN / (judged.at(-1)?.iteration ?? FULL_RUN));
}

/** Closer looks at a class of which snapshots so far do not tell whether it grows. */
export function inspectionsOfClass({ metric, mayBearOut }: Assessment): number {
  return isContainerStore(metric) || mayBearOut ? LATE_INSPECTIONS : INSPECTIONS;
}

/** Whether native memory that was found flat certainly rose a little all the same. */
export function risesFaintly(assessed: Assessment): boolean {
  const { metric, state, judged, estimate, late } = assessed;
  if (!isNative(metric) || state !== 'flat' || isUntold(assessed)) return false;
  const half = (judged.at(-1)?.iteration ?? 0) / 2;
  return Math.min(estimate.low, late?.slope ?? 0) * half > FAINT_NATIVE;
}

/**
 * Whether a series that was found flat grew a little all the same, or was too noisy to say: clean subjects
 * leave bytes and counts alone to within this.
 */
export function isSuspicious(assessed: Assessment): boolean {
  const { metric, state, judged, estimate, late = estimate, restless } = assessed;
  if (state !== 'flat' || isNative(metric)) return false;
  if (metric.kind === 'bytes') {
    const clear = CLEAR_SLOPE * scaleOf(judged);
    return certainlyGrows(assessed) || late.high > clear || late.high - late.low > 2 * clear;
  }
  if (restless) return restless.high > CLEAR_RATE;
  return netGrowth(judged) > (isPopulation(metric) ? FAINT_POPULATION : 0);
}
