import type { Assessment } from '../judge/assessment.ts';
import { mayFillUp } from '../judge/findings.ts';
import { isSuspicious, risesFaintly } from '../judge/suspicion.ts';
import { type Finding, isNative, type Stage } from '../model.ts';

/**
 * How a trial that goes on treats native memory: as all that matters, as what is to be told before anything
 * else, or not at all.
 */
export type NativeFirst = 'alone' | 'before-others' | 'no';

/**
 * Whether the next stage goes without heap snapshots, which tell nothing of native memory and end its
 * readings: while that rises and nothing else leaks, and beside what may be a cache once, as it may be full
 * by then. Where native memory merely seems to rise, or slows down, nothing else waits.
 */
export function nativeFirst(
  readings: readonly Assessment[],
  found: readonly Finding[],
  stages: readonly Stage[],
): NativeFirst {
  // After one, native memory is no longer read.
  if (stages.some(({ snapshots }) => snapshots)) return 'no';
  const rising = readings.filter(({ metric, state }) => isNative(metric) && state !== 'flat');
  const mayLeak = rising.some(({ goesOn }) => !goesOn);
  const others = readings.filter(({ metric }) => !isNative(metric));
  if (found.length > 0) {
    if (found.every(({ metric }) => isNative(metric))) return 'alone';
    return mayLeak && stages.length === 1 && mayFillUp(found) ? 'before-others' : 'no';
  }
  if (others.some(one => one.state !== 'flat' || isSuspicious(one))) return mayLeak ? 'before-others' : 'no';
  return rising.length > 0 || readings.some(risesFaintly) ? 'alone' : 'no';
}
