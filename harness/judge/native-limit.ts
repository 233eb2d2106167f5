import { type Bytes, isNative, type Series, type Stage } from '../model.ts';
import { growthOfBytes } from '../stats/byte-growth.ts';
import { byteLimit } from '../stats/detection-limit.ts';
import { lateHalf, type Point } from '../stats/point.ts';
import { pointsNeeded } from '../stats/slope.ts';
import { assess } from './assess.ts';
import { pagesRule, tellsPages } from './assess-pages.ts';
import { type AssessRule, isUntold } from './assessment.ts';

/**
 * What would certainly have grown of native memory, on which a trial goes on to tell a leak from an allocator
 * that spreads. Undefined where that could not be told: too few readings, or readings that rose, that worker
 * threads ended, or that buffers of the first one hide; a snapshot that would have been taken all the same;
 * too little time to go on for.
 */
export function nativeLimit(
  series: readonly Series[],
  rule: AssessRule,
  stages: readonly Stage[],
): Bytes | undefined {
  const native = series.find(({ metric }) => isNative(metric));
  if (!native || native.points.length < pointsNeeded(rule.confidence)) return undefined;
  const { points } = native;
  const asBytes = pagesRule(points, rule);
  if (asBytes.end < rule.end && !endedForDoubt(asBytes, stages)) return undefined;
  // Where something else is in doubt, a stage without snapshots is only taken if one with them can follow.
  const canFollow = { ...rule, reach: Math.max(rule.end, (rule.reach ?? rule.end) / 2) };
  const assessed = assess(native, rule);
  if (assessed && isUntold(assessed)) return undefined;
  if (!tellsPages(canFollow) || mayBeHidden(points, rule)) return undefined;
  const limit = byteLimit(points, asBytes);
  const planted = points.map(({ iteration, value }) => ({ iteration, value: value + limit * iteration }));
  // What rose at first and rests would make the planted growth look as if it slowed down, perhaps to the end.
  return growthOfBytes(planted, asBytes).state === 'grows' ? limit : undefined;
}

/**
 * Whether a heap snapshot ended the readings that a leak would have put off: those that confirm a leak of
 * something else are not.
 */
function endedForDoubt({ end }: AssessRule, stages: readonly Stage[]): boolean {
  const later = stages.filter(({ from }) => from >= end);
  return later[0]?.from === end && later[0].snapshots && later.every(({ reason }) => reason !== 'confirm');
}

/**
 * Whether late readings may be no readings, but as much as the buffers of the first one could still take:
 * they are all alike and the least.
 */
function mayBeHidden(points: readonly Point[], { warmup }: AssessRule): boolean {
  const least = Math.min(...points.map(({ value }) => value));
  return lateHalf(points, warmup).filter(({ value }) => value === least).length > 1;
}
