import type { Probe, Unavailable } from './probe.ts';
import { type TimerLists, timerLists } from './timer-lists.ts';

/** Immediates that wait for the next turn of the loop. After the loop has turned, one that is left re-arms itself. */
export function immediatesProbe(lists: TimerLists | undefined = timerLists()): Probe | Unavailable {
  if (!lists) return { probe: 'immediates', reason: 'needs --expose-internals and internal/timers' };
  return {
    name: 'immediates',
    metrics: [{ name: 'immediates', unit: 'immediates', kind: 'exact' }],
    cost: 'cheap',
    read: into => {
      let count = 0;
      for (let node = lists.immediateQueue.head; node; node = node._idleNext) count++;
      into.immediates = count;
    },
  };
}
