import type { Instrument, Probe, Unavailable } from './probe.ts';
import { type TimerLists, timerLists } from './timer-lists.ts';

const IMMEDIATES: Instrument = {
  name: 'immediates',
  counts: 'immediates that wait for the next turn of the loop',
  metrics: [{ name: 'immediates', unit: 'immediates', kind: 'exact' }],
};

/** Immediates that wait for the next turn of the loop. After the loop has turned, one that is left re-arms itself. */
export function immediatesProbe(lists: TimerLists | null = timerLists() ?? null): Probe | Unavailable {
  if (!lists) return { ...IMMEDIATES, reason: 'needs --expose-internals and internal/timers' };
  return {
    ...IMMEDIATES,
    cost: 'cheap',
    read: into => {
      let count = 0;
      for (let node = lists.immediateQueue.head; node; node = node._idleNext) count++;
      into.immediates = count;
    },
  };
}
