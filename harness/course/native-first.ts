import type { Assessment } from '../judge/assess.ts';
import { mayFillUp } from '../judge/findings.ts';
import { type Finding, isNative, type Stage } from '../model.ts';
import { isSuspicious, risesFaintly } from './suspicion.ts';

/**
 * How a trial that goes on treats native memory: as all that matters, as what is to be told before anything
 * else, or not at all.
 */
export type NativeFirst = 'alone' | 'before-others' | 'no';

/**
 * Whether the next stage goes without heap snapshots, which tell nothing of native memory and end its
 * readings: while that rises and nothing else leaks, and beside what may be a cache once, as it may be full
 * by then. Where native memory merely seems to rise, nothing else waits.
 */
export function nativeFirst(
  readings: readonly Assessment[],
  found: readonly Finding[],
  stages: readonly Stage[],
): NativeFirst {
  // After one, native memory is no longer read.
  if (stages.some(({ snapshots }) => snapshots)) return 'no';
  const rises = readings.some(({ metric, state }) => isNative(metric) && state !== 'flat');
  const others = readings.filter(({ metric }) => !isNative(metric));
  if (found.length > 0) {
    if (found.every(({ metric }) => isNative(metric))) return 'alone';
    return rises && stages.length === 1 && mayFillUp(found) ? 'before-others' : 'no';
  }
  if (others.some(one => one.state !== 'flat' || isSuspicious(one))) return rises ? 'before-others' : 'no';
  return rises || readings.some(risesFaintly) ? 'alone' : 'no';
}
