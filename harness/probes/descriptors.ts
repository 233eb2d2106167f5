import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import type { Instrument, Probe, Unavailable } from './probe.ts';

const FOLDER = '/proc/self/fd';
const TYPES = ['file', 'socket', 'pipe', 'inotify', 'other'] as const;
type DescriptorType = (typeof TYPES)[number];

const DESCRIPTORS: Instrument = {
  name: 'descriptors',
  counts: 'open file descriptors by type, whoever opened them',
  metrics: TYPES.map(type => ({ name: `descriptors.${type}`, unit: `${type} descriptors`, kind: 'exact' })),
};

/** Open file descriptors by type, whoever opened them: raw `fs.open`, FileHandle, sockets, watches. Linux only. */
export function descriptorsProbe(folder: string = FOLDER): Probe | Unavailable {
  if (!existsSync(folder)) return { ...DESCRIPTORS, reason: `needs ${folder} (Linux)` };
  return {
    ...DESCRIPTORS,
    cost: 'cheap',
    read: into => {
      for (const type of TYPES) into[`descriptors.${type}`] = 0;
      for (const descriptor of readdirSync(folder)) {
        const type = typeOf(`${folder}/${descriptor}`);
        if (type) into[`descriptors.${type}`] = (into[`descriptors.${type}`] ?? 0) + 1;
      }
    },
  };
}

/** Undefined for the descriptor that listed the folder: it is closed by the time it is looked at. */
function typeOf(path: string): DescriptorType | undefined {
  let target: string;
  try {
    target = readlinkSync(path);
  } catch {
    return undefined;
  }
  if (target.startsWith('/')) return 'file';
  if (target.startsWith('socket:')) return 'socket';
  if (target.startsWith('pipe:')) return 'pipe';
  return target.includes('inotify') ? 'inotify' : 'other';
}
