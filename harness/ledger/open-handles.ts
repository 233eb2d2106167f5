import type { CreatedResource } from './async-sites.ts';
import type { LiveResource } from './live-resource.ts';
import type { Site } from './site.ts';

export const WORKER_THREAD = 'worker thread';

/** What async_hooks calls the things that a program opens, and what a person calls them. */
const NOUNS: ReadonlyMap<string, string> = new Map([
  ['TCPWRAP', 'tcp socket'],
  ['TCPSERVERWRAP', 'tcp server'],
  ['UDPWRAP', 'udp socket'],
  ['PIPEWRAP', 'pipe'],
  ['PIPESERVERWRAP', 'pipe server'],
  ['TTYWRAP', 'terminal'],
  ['FSEVENTWRAP', 'file watcher'],
  ['STATWATCHER', 'file poller'],
  ['PROCESSWRAP', 'child process'],
  ['SIGNALWRAP', 'signal watcher'],
  ['WORKER', WORKER_THREAD],
  ['MESSAGEPORT', 'message port'],
]);

const SERVERS: ReadonlySet<string> = new Set(['TCPSERVERWRAP', 'PIPESERVERWRAP']);
/** Begins the noun of a server's end of a connection, of which the place is that of the server. */
const ACCEPTED = 'accepted ';

/** Entries after which the closed ones are looked for the first time. */
const FIRST_SWEEP = 4096;

/** Handles of the event loop that are open. Holds them weakly; closed ones are swept out as their number doubles. */
export class OpenHandles {
  readonly #open = new Map<number, OpenHandle>();
  #sweepAt = FIRST_SWEEP;

  get size(): number {
    return this.#open.size;
  }

  add({ type, asyncId, resource, site, triggerAsyncId }: CreatedResource): void {
    const noun = NOUNS.get(type);
    if (noun === undefined) return;
    if (this.#open.size >= this.#sweepAt) {
      this.sweep();
      this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#open.size);
    }
    const isAccepted =
      triggerAsyncId !== undefined && SERVERS.has(this.#open.get(triggerAsyncId)?.type ?? '');
    this.#open.set(asyncId, new OpenHandle(type, isAccepted ? `${ACCEPTED}${noun}` : noun, site, resource));
  }

  siteOf(asyncId: number): Site | undefined {
    return this.#open.get(asyncId)?.site;
  }

  /** Drops what has been closed. */
  sweep(): void {
    for (const [asyncId, { type, handle }] of this.#open) {
      const resource = handle.deref();
      if (resource === undefined || isClosed(type, resource)) this.#open.delete(asyncId);
    }
  }

  *live(): Generator<LiveResource> {
    this.sweep();
    for (const { noun, site } of this.#open.values()) yield { kind: 'handle', noun, site };
  }
}

/** A class, by which heap snapshots tell it from the subject's objects. */
class OpenHandle {
  readonly type: string;
  readonly noun: string;
  readonly site: Site;
  /** An open handle is held by the event loop: it is gone only when it is closed. */
  readonly handle: WeakRef<object>;

  constructor(type: string, noun: string, site: Site, handle: object) {
    this.type = type;
    this.noun = noun;
    this.site = site;
    this.handle = new WeakRef(handle);
  }
}

function isClosed(type: string, resource: object): boolean {
  if (type === 'WORKER') return 'threadId' in resource && resource.threadId === -1;
  // Node's own wrapper has lost its handle then, and answers nothing.
  return 'hasRef' in resource && typeof resource.hasRef === 'function' && resource.hasRef() === undefined;
}
