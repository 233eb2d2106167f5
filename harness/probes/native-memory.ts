import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import type { Bytes } from '../model.ts';
import { WORKERS } from './handles.ts';
import { releaseFreePages } from './inspector.ts';
import type { AskedProbe, Instrument, Unavailable } from './probe.ts';

/** Name of its metric. */
export const NATIVE_MEMORY = 'memory.native';

const FILE = '/proc/self/status';
const PRIVATE = /^RssAnon:\s*(\d+) kB$/m;

const INSTRUMENT: Instrument = {
  name: 'native memory',
  counts: 'private memory of the process of which V8 knows nothing',
  metrics: [{ name: NATIVE_MEMORY, unit: 'B', kind: 'pages' }],
};

/** Of which V8 knew before the scenario was loaded. */
const EXTERNAL_AT_START: Bytes = getHeapStatistics().external_memory;
/**
 * Rise beyond what the process certainly needs that is looked into: on a busy machine an empty loop rises by
 * half as much.
 */
const LOOKED_INTO: Bytes = 2 * 2 ** 20;

/**
 * Private memory of the process beyond the heap and what V8 was told of: what native modules, Node and its
 * libraries have allocated, shared buffers, memory of WebAssembly (Node 26; before, V8 was told of it).
 * Counted by the system in pages, which a large buffer takes only as it is written to: so nothing that all
 * buffers of the first reading could still take counts as growth. Read after the handles: worker threads have
 * heaps of their own, so while there are any nothing is read. Linux only.
 *
 * V8 keeps pages that its heap no longer needs, which none of its figures tells: 180 MB beside a heap of 90
 * MB whose pages of 32 kB are replaced all the time. Where memory has risen by megabytes, they are given
 * back, and it is read again.
 */
export function nativeMemoryProbe(file: string = FILE): AskedProbe | Unavailable {
  if (!existsSync(file) || privateMemory(file) === undefined)
    return { ...INSTRUMENT, reason: `needs RssAnon in ${file} (Linux)` };
  let floor: Bytes | undefined;
  let needed = Number.POSITIVE_INFINITY;
  const read = () => {
    const { total_physical_size: heap, external_memory: external } = getHeapStatistics();
    const native = (privateMemory(file) ?? 0) - heap - external;
    floor ??= native + Math.max(0, external - EXTERNAL_AT_START);
    return Math.max(floor, native);
  };
  return {
    ...INSTRUMENT,
    ask: async into => {
      if (into[WORKERS]) return;
      let native = read();
      if (native > needed + LOOKED_INTO) {
        await releaseFreePages();
        native = read();
        needed = native;
      }
      needed = Math.min(needed, native);
      into[NATIVE_MEMORY] = native;
    },
  };
}

/**
 * Read into each time: `readFileSync` takes its buffers from a pool of 8 kB, of which a new one is one step
 * of external memory, sooner or later.
 */
const text = Buffer.allocUnsafeSlow(4096);

function privateMemory(file: string): Bytes | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const length = readSync(descriptor, text, 0, text.length, 0);
    const kilobytes = PRIVATE.exec(text.toString('latin1', 0, length))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } finally {
    closeSync(descriptor);
  }
}
