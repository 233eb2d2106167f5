import { queryObjects } from 'node:v8';
import type { Class } from '../scenario.ts';
import { startTimer, stopTimer } from '../worker/clock.ts';
import type { Instrument, Probe } from './probe.ts';
import { type ListNode, type TimerLists, timerLists } from './timer-lists.ts';

const TIMERS: Instrument = {
  name: 'timers',
  counts: 'active timers and intervals, unref’d ones too',
  metrics: [{ name: 'timers', unit: 'timers', kind: 'exact' }],
};

/**
 * Active timers and intervals, unref'd ones included. Without Node's internals their objects are counted instead, which
 * costs a walk over the heap and also counts stopped timers that something still holds.
 */
export function timersProbe(lists: TimerLists | null = timerLists() ?? null): Probe {
  if (!lists) return timerObjectsProbe();
  return {
    ...TIMERS,
    cost: 'cheap',
    read: into => {
      into.timers = countTimers(lists);
    },
  };
}

function timerObjectsProbe(): Probe {
  const timer = startTimer(() => {}, 0);
  stopTimer(timer);
  const Timeout: Class = timer.constructor;
  return {
    ...TIMERS,
    cost: 'costly',
    read: into => {
      into.timers = queryObjects(Timeout, { format: 'count' });
    },
  };
}

function countTimers({ timerListMap }: TimerLists): number {
  let count = 0;
  for (const duration in timerListMap) {
    const list = timerListMap[duration];
    if (list) count += lengthOf(list);
  }
  return count;
}

function lengthOf(list: ListNode): number {
  let length = 0;
  for (let node = list._idleNext; node && node !== list; node = node._idleNext) length++;
  return length;
}
