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

export type Hook = () => void | Promise<void>;

/** Given to a directive's `setup`, once per server block that uses the directive. */
export interface Controller {
  /** The tokens of every occurrence of the directive in this block, in order. */
  readonly tokens: Dispenser;
  /** Zones of the block, absolute and lower-cased. */
  readonly zones: readonly Name[];
  /** Keys as rewritten by inspection, for example `dns://example.org.:53`. */
  readonly keys: readonly string[];
  /** Settings of the block that plugins set up earlier left for later ones. */
  readonly block: BlockConfig;
  /** Owner of everything this set-up acquires; closed when the instance is shut down. */
  readonly scope: Scope;
  readonly log: Log;
  /** What plugins may know of the engine that loads them. */
  readonly engine: EngineView;
  addPlugin(plugin: Plugin): void;
  /** Start of the process only, never on a reload. */
  onFirstStartup(hook: Hook): void;
  /** Every start, before listeners open; an error aborts the start. */
  onStartup(hook: Hook): void;
  /** On the old instance, before the new one is built. */
  onRestart(hook: Hook): void;
  /** On the old instance, when the new one could not be started. */
  onRestartFailed(hook: Hook): void;
  /** When the instance ends, by a reload or at the end of the process. */
  onShutdown(hook: Hook): void;
  /** End of the process only. */
  onFinalShutdown(hook: Hook): void;
}

export interface BlockConfig {
  /** Folder that relative paths are joined to, from `root`; default: the Corefile's folder. */
  root: string;
  /** Addresses to listen on, from `bind`; default 127.0.0.1. */
  listenHosts: readonly string[];
}

export interface EngineView {
  /** Reads and parses the Corefile as it stands now; the hash of its server blocks (coredns.md section 3). */
  readHash(): string;
  /** Hash of the configuration the running instance was loaded from. */
  readonly runningHash: string;
  /** Queues a reload from the Corefile; rejects when it fails and the old instance goes on serving. */
  requestReload(): Promise<void>;
}

/** One row of the visible list in `directives.ts`; its place there is its place in the chain. */
export interface Directive {
  readonly name: string;
  readonly setup: (controller: Controller) => void | Promise<void>;
}
