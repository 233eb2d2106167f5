import type { Probe } from './probe.ts';

/** Listeners of `process`: the one emitter that outlives every reload. */
export function listenersProbe(): Probe {
  return {
    name: 'listeners',
    counts: 'event listeners of process',
    metrics: [{ name: 'listeners', unit: 'process listeners', kind: 'exact' }],
    cost: 'cheap',
    read: into => {
      let count = 0;
      for (const event of process.eventNames()) count += process.listenerCount(event);
      into.listeners = count;
    },
  };
}
