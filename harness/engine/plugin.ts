/**
 * What a plugin is and what its set-up is given. A plugin turns the next handler of the chain into a handler, as in
 * CoreDNS; it never opens anything itself but through its `Scope`, so that acquiring and releasing are one act.
 * @module
 */
import type { Dispenser } from './corefile/dispenser.ts';
import type { Log } from './log.ts';
import type { Scope } from './scope.ts';
import type { Name, RecordType, ResourceRecord } from './zone/record.ts';

/** One question, already decoded. */
export interface Query {
  /** Lower-cased. */
  readonly name: Name;
  readonly type: RecordType;
  /** `IN`, `CH`, or `CLASSnnn`. */
  readonly class: string;
  /** DNSSEC OK bit of EDNS (RFC 3225). */
  readonly dnssecOk: boolean;
  readonly transport: 'udp' | 'tcp';
  readonly client: { readonly address: string; readonly port: number };
  /** Local port the query came in on. */
  readonly port: number;
  /** Times a CNAME has already led this query out of one zone into another; absent: 0. Bounds loops between zones. */
  readonly hops?: number;
}

export type Rcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';

export interface Reply {
  readonly rcode: Rcode;
  readonly authoritative: boolean;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
}

export interface Handler {
  readonly name: string;
  /** Answers, or passes on to the next handler. Answers synchronously wherever it can: a promise costs a turn. */
  serve(query: Query): Reply | Promise<Reply>;
}

/** Builds a handler on top of the next one; `next` is undefined at the end of the chain. */
export type Plugin = (next: Handler | undefined) => Handler;

/** A reply without records. */
export function emptyReply(rcode: Rcode): Reply {
  return { rcode, authoritative: false, answers: [], authorities: [], additionals: [] };
}

/**
 * Hands the query to the next handler on behalf of the plugin `name`.
 * @throws {Error} at the end of the chain; the server answers SERVFAIL.
 */
export function passOn(name: string, next: Handler | undefined, query: Query): Reply | Promise<Reply> {
  if (next === undefined) throw new Error(`plugin/${name}: no next plugin found`);
  return next.serve(query);
}

export type Hook = () => void | Promise<void>;

/** Given to a directive's `setup`, once per server block that uses the directive. Its functions need no `this`. */
export interface Controller {
  /** The tokens of every occurrence of the directive in this block, in order. */
  readonly tokens: Dispenser;
  /** Zones of the block, absolute and lower-cased. */
  readonly zones: readonly Name[];
  /** Keys as rewritten by inspection, for example `dns://example.org.:53`. */
  readonly keys: readonly string[];
  /** Settings of the block that plugins set up earlier left for later ones. */
  readonly block: BlockConfig;
  /** Owner of everything this set-up acquires; one for the whole instance, closed when the instance is shut down. */
  readonly scope: Scope;
  readonly log: Log;
  /** What plugins may know of the engine that loads them. */
  readonly engine: EngineView;
  readonly addPlugin: (plugin: Plugin) => void;
  /** Asks the whole server that this block belongs to, as if the query had just come in; not before the start is over. */
  readonly resolve: (query: Query) => Reply | Promise<Reply>;
  /** Start of the process only, never on a reload. */
  readonly onFirstStartup: (hook: Hook) => void;
  /** Every start, before listeners open; an error aborts the start. */
  readonly onStartup: (hook: Hook) => void;
  /** Every start, once the instance serves and the one before it has ended (CoreDNS: the event `instancestartup`). */
  readonly onStarted: (hook: Hook) => void;
  /** On the old instance, before the new one is built. */
  readonly onRestart: (hook: Hook) => void;
  /** On the old instance, when the new one could not be started. */
  readonly onRestartFailed: (hook: Hook) => void;
  /** When the instance ends, by a reload or at the end of the process. */
  readonly onShutdown: (hook: Hook) => void;
  /** End of the process only. */
  readonly onFinalShutdown: (hook: Hook) => void;
}

export interface BlockConfig {
  /** Folder that relative paths are joined to, from `root`; default: the Corefile's folder. */
  root: string;
  /** Addresses to listen on, from `bind`; empty for a block without it, which listens on 127.0.0.1. */
  listenHosts: readonly string[];
}

export interface EngineView {
  /** Reads and parses the Corefile as it stands now; the hash of its server blocks (coredns.md section 3). */
  readHash(): string;
  /** Hash of the configuration the serving instance was loaded from; during a start that is not yet the new one. */
  readonly runningHash: string;
  /** Queues a reload from the Corefile; rejects when it fails and the old instance goes on serving. */
  requestReload(): Promise<void>;
  /** Uniform in [0, 1), for jitter. */
  random(): number;
}

/** One row of the visible list in `directives.ts`; its place there is its place in the chain. */
export interface Directive {
  readonly name: string;
  readonly setup: (controller: Controller) => void | Promise<void>;
}
