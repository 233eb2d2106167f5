import type { Instrument, Probe, Unavailable } from './probe.ts';

/**
 * libuv's handle types that a program opens. `async` stands for message ports and worker threads (and for native
 * modules). Left out: `timer`, `check`, `prepare` and `idle`, of which Node keeps a fixed few for its own loop.
 */
const TYPES = [
  'tcp',
  'udp',
  'pipe',
  'tty',
  'poll',
  'process',
  'signal',
  'async',
  'fs_event',
  'fs_poll',
] as const;

/** Name of the metric of the worker threads that are alive. */
export const WORKERS = 'workers';

const HANDLES: Instrument = {
  name: 'handles',
  counts: 'worker threads, and handles of the event loop by type, unref’d ones too',
  metrics: [
    { name: WORKERS, unit: 'worker threads', kind: 'exact' },
    ...TYPES.map(type => ({ name: `handles.${type}`, unit: `${type} handles`, kind: 'exact' as const })),
  ],
};

/**
 * Handles of the event loop by type, active or not, unref'd ones included: what
 * `process.getActiveResourcesInfo()` hides. Taken from the diagnostic report (2-15 ms with few handles, 10 µs
 * per handle beyond), without its network section, which would look names up in the DNS. Read with every
 * sample although it costs more than the others: what a report leaves in V8's caches is gone some collections
 * later, and where reports are rare the heap falls by some 80 kB in between.
 */
export function handlesProbe(): Probe | Unavailable {
  const report: ReportSettings | undefined = process.report;
  if (!report) return { ...HANDLES, reason: 'needs process.report' };
  report.excludeNetwork = true;
  report.excludeEnv = true;
  return {
    ...HANDLES,
    cost: 'cheap',
    read: into => {
      const now = report.getReport();
      into[WORKERS] = 'workers' in now && Array.isArray(now.workers) ? now.workers.length : 0;
      for (const type of TYPES) into[`handles.${type}`] = 0;
      for (const { type } of handlesOf(now)) {
        const name = `handles.${type}`;
        if (into[name] !== undefined) into[name] += 1;
      }
    },
  };
}

interface ReportSettings {
  excludeNetwork?: boolean;
  /** Node >= 22.18; ignored before. */
  excludeEnv?: boolean;
  getReport(): object;
}

interface Handle {
  readonly type: string;
}

function handlesOf(report: object): readonly Handle[] {
  return 'libuv' in report && Array.isArray(report.libuv) ? report.libuv.filter(isHandle) : [];
}

function isHandle(value: unknown): value is Handle {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
