import type { Probe } from './probe.ts';

/** Resident memory of the process. Advisory: it follows the allocator's habits more than the subject's. */
export function rssProbe(): Probe {
  return {
    name: 'rss',
    counts: 'resident memory of the process',
    metrics: [{ name: 'rss', unit: 'B', kind: 'advisory' }],
    cost: 'cheap',
    read: into => {
      into.rss = process.memoryUsage.rss();
    },
  };
}
