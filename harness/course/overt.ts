import { assessCount } from '../judge/assess-count.ts';
import { type Bytes, isResource } from '../model.ts';
import { toSeries } from '../series.ts';
import type { TrialSoFar } from '../spawn/spawn.ts';
import { LARGE_COUNT } from '../stats/count-growth.ts';
import { netGrowth } from '../stats/point.ts';
import { grown, heapOf, memoryOf } from './memory-growth.ts';

/**
 * Growth of the memory below which nothing is overt: few caches reach it by steps so even (ADR 22), and more of it would
 * prove nothing and cost gigabytes.
 */
const OVERT_GROWTH: Bytes = 24 * 2 ** 20;
/** Times its first reading below which a heap makes nothing overt. */
const OVERT_RATIO = 2;
/** Share of the planned iterations before which nothing is overt. */
const OVERT_SHARE = 1 / 12;
/** Readings at least that must agree before anything is overt. */
const OVERT_READINGS = 3;

/**
 * Whether a leak is beyond doubt in the middle of a stage: memory that has grown far, a heap that has
 * doubled, and many of something counted that grew by one same multiple of the iterations in every window.
 */
export function isOvert({ trial, metrics, samples, warmup }: TrialSoFar): boolean {
  const { allowance, confidence, iterations } = trial.options;
  const end = samples.at(-1)?.iteration ?? 0;
  if (samples.length < OVERT_READINGS || end < iterations * OVERT_SHARE) return false;
  if (grown(samples, memoryOf) < OVERT_GROWTH || heapOf(samples.at(-1)) < heapOf(samples[0]) * OVERT_RATIO)
    return false;
  const rule = { allowance, confidence, warmup: warmup?.iterations ?? 0, end };
  return toSeries({ metrics, samples }).some(series => {
    if (!isResource(series.metric) || netGrowth(series.points) < LARGE_COUNT) return false;
    const { state, exactMultiple, judged } = assessCount(series, rule);
    return state === 'grows' && exactMultiple && judged.length === series.points.length;
  });
}
