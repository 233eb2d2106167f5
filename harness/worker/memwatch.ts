/** What leakgate uses of memwatch-next. */
export interface Memwatch {
  /** Photographs the heap when made and again at `end()`; both block, for seconds where the heap is large. */
  readonly HeapDiff: new () => {
    end(): { readonly change: { readonly size_bytes: number; readonly details: readonly ClassDiff[] } };
  };
  /** Tells of every full collection, some turns of the event loop after it. */
  on(event: 'stats', listener: (stats: { readonly used_heap_size: number }) => void): unknown;
}

interface ClassDiff {
  readonly what: string;
  readonly size_bytes: number;
  /** Objects allocated and freed between the two photographs. */
  readonly '+': number;
  readonly '-': number;
}

export type LoadedMemwatch =
  | { readonly outcome: 'loaded'; readonly memwatch: Memwatch }
  | { readonly outcome: 'missing'; readonly reason: string };

/** Loads the optional native module, or says in one line why it is not there and what would bring it. Never throws. */
export async function loadMemwatch(
  load: () => Promise<{ readonly default: Memwatch }> = () => import('memwatch-next'),
): Promise<LoadedMemwatch> {
  try {
    return { outcome: 'loaded', memwatch: (await load()).default };
  } catch (error) {
    return { outcome: 'missing', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return 'memwatch-next is not installed: npm leaves it out where no C++ compiler is found, or with --omit=optional';
  }
  if (message.includes('Could not locate the bindings file')) {
    return 'memwatch-next is installed but was not built: npm was told not to run its install script';
  }
  if (code === 'ERR_DLOPEN_FAILED' && message.includes('NODE_MODULE_VERSION')) {
    return `memwatch-next was built for another version of Node than ${process.versions.node}: run npm rebuild memwatch-next`;
  }
  if (message.includes('did not self-register')) {
    return 'memwatch-next can be loaded only once per process, in the main thread';
  }
  return `memwatch-next cannot be loaded: ${message.split('\n')[0]}`;
}
