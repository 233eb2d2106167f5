import { getHeapStatistics } from 'node:v8';
import type { Probe } from './probe.ts';

/** Global contexts (one per `vm` context or realm), and those whose owner is gone but which something still holds. */
export function contextsProbe(): Probe {
  return {
    name: 'contexts',
    counts: 'global contexts, and those that are detached but still held',
    metrics: [
      { name: 'contexts.native', unit: 'contexts', kind: 'exact' },
      { name: 'contexts.detached', unit: 'contexts', kind: 'exact' },
    ],
    cost: 'cheap',
    read: into => {
      const statistics = getHeapStatistics();
      into['contexts.native'] = statistics.number_of_native_contexts;
      into['contexts.detached'] = statistics.number_of_detached_contexts;
    },
  };
}
