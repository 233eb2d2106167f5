import { type AssessRule, assess, pagesRule } from './assess.ts';
import { tellsPages } from './assess-pages.ts';
import type { Bytes, Series, Stage } from './model.ts';
import { byteLimit } from './stats/detection-limit.ts';
import { lateHalf, type Point } from './stats/point.ts';
import { pointsNeeded } from './stats/slope.ts';

/**
 * What would certainly have grown of native memory, on which a trial goes on to tell a leak from an allocator that spreads. Undefined where
 * that could not be told: too few readings, or readings that rose, that worker threads ended, or that buffers of the first one hide; too
 * little time to go on for.
 */
export function nativeLimit(
  series: readonly Series[],
  rule: AssessRule,
  stages: readonly Stage[],
): Bytes | undefined {
  const native = series.find(({ metric }) => metric.kind === 'pages');
  if (!native || native.points.length < pointsNeeded(rule.confidence)) return undefined;
  const { points } = native;
  const asBytes = pagesRule(points, rule);
  const hasEnded = asBytes.end < rule.end;
  // A stage without snapshots that is to tell has to be followed by one with them.
  if (hasEnded && !stages.some(({ from, snapshots }) => snapshots && from === asBytes.end)) return undefined;
  if (!tellsPages({ ...rule, ...(hasEnded && { reach: (rule.reach ?? rule.end) / 2 }) })) return undefined;
  if (assess(native, rule)?.untold || areHidden(points, rule)) return undefined;
  return byteLimit(points, asBytes);
}

/** Whether half of the late readings are no higher than the first, which is as high as all that its buffers could still take makes it. */
function areHidden(points: readonly Point[], { warmup }: AssessRule): boolean {
  const late = lateHalf(points, warmup);
  return late.filter(({ value }) => value <= (points[0]?.value ?? 0)).length * 2 >= late.length;
}
