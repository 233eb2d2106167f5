/**
 * What a scenario is: the only import a scenario ever needs.
 *
 * A scenario is a module whose default export is a plain object; `defineScenario()` only adds types. Only `name` and
 * `iterate` are required. Without a `target` the module is its own subject: whatever `iterate` calls is under test.
 * @module
 */
import type { Expectation, GivenOptions, Parameters } from './model.ts';

export type { Expectation, GivenOptions, Parameters, TrialOptions } from './model.ts';

/** A class whose live instances can be counted. */
// biome-ignore lint/complexity/noBannedTypes: v8.queryObjects takes any constructor, and classes share no narrower type
export type Class = Function;

export interface SetupContext {
  readonly build: string;
  /** The scenario's parameters, overlaid by the build's, overlaid by the command line's. */
  readonly parameters: Parameters;
  /** Measured iterations planned. */
  readonly iterations: number;
  readonly seed: number;
  /** Aborted when the trial is being ended before its time. */
  readonly signal: AbortSignal;
  /** An empty folder of this trial's own, removed after it. */
  readonly directory: string;
}

export interface Scenario<Session = unknown, Context extends SetupContext = SetupContext> {
  readonly name: string;
  readonly description?: string;
  /** What one iteration is called, singular; default `iteration`. */
  readonly unit?: string;
  readonly target?: 'engine' | 'module';
  /** Name to the parameters handed to `setup`; default: the target's builds, or one build `default`. */
  readonly builds?: { readonly [build: string]: Parameters };
  /** Of every build, or of each by name; default `steady` for every build. */
  readonly expect?: Expectation | { readonly [build: string]: Expectation };
  /** Sizes and settings with their defaults; the command line may change them with `--set name=value`. */
  readonly parameters?: Parameters;
  /** Classes whose live instances are counted. */
  readonly watch?: () => readonly Class[];
  readonly setup?: (context: Context) => Session | Promise<Session>;
  /** Once through the suspected path. `iteration` counts from 0 and runs on from warm-up into measurement. */
  readonly iterate: (session: Session, iteration: number) => unknown;
  /** Brings the subject to rest before each sample: stop asking, wait for what is in flight. */
  readonly waitForIdle?: (session: Session) => unknown;
  /** Releases everything; may return figures for the report, as a plain object: anything else is left out. */
  readonly teardown?: (session: Session) => unknown;
  readonly options?: GivenOptions;
}

export type Notes = { readonly [name: string]: number | string };

/** What a scenario with `target: 'engine'` gets beside the usual context. */
export interface EngineContext extends SetupContext {
  readonly engine: EngineHost;
}

export interface EngineHost {
  /**
   * Starts an engine of the trial's build on an ephemeral loopback port. `files` are written into the trial's
   * folder first (relative path to content); `{port}` in the Corefile stands for the port.
   */
  start(input: {
    readonly corefile: string;
    readonly files?: { readonly [path: string]: string };
  }): Promise<EngineSession>;
  /**
   * Starts an engine that serves, through `auto`, every file in the folder `zones`: at first `db.zone0.example`,
   * `db.zone1.example`, ..., each a `zoneText` of so many records.
   */
  startZones(input: { readonly zones: number; readonly records: number }): Promise<EngineSession>;
  /** A zone file: SOA and NS, then `records` addresses `host0`, `host1`, ... in 10.0.0.0/8, counted up from .0.0.1. */
  zoneText(input: { readonly origin: string; readonly records: number; readonly serial?: number }): string;
  /** Address of `host<record>` in every such file. */
  addressOf(record: number): string;
  /**
   * Parses without starting anything. Returns the parser's refusal, if it refuses; throws whatever else comes
   * of it.
   */
  parseCorefile(text: string): Error | undefined;
  parseZone(text: string, origin: string): Error | undefined;
}

export interface EngineSession {
  /** What it was started with. */
  readonly corefile: string;
  /** Folder of the Corefile and the zone files. */
  readonly directory: string;
  /** UDP and TCP port on 127.0.0.1. */
  readonly port: number;
  /** Reloads, from `corefile` if given, else from the text it was started with. Rejects when the reload fails. */
  reload(corefile?: string): Promise<void>;
  /** One query over a socket that is kept open; rejects when no answer comes within 2 s. */
  ask(name: string, type: string, transport?: 'udp' | 'tcp'): Promise<EngineAnswer>;
  /** Starts a client process that keeps asking for `names` (type A) over UDP and TCP. */
  startLoad(input: QueryLoadInput): Promise<QueryLoad>;
  stop(): Promise<void>;
}

export interface EngineAnswer {
  readonly rcode: string;
  /** Answer section, sorted: `owner type data`, data other than text as JSON. */
  readonly answers: readonly string[];
}

export interface QueryLoadInput {
  /** Owner name to the address its A record must have. */
  readonly names: { readonly [name: string]: string };
  readonly queriesPerSecond: number;
  /** Share of the queries that go over TCP, 0 to 1. */
  readonly tcpShare?: number;
}

export interface QueryLoad {
  /** Stops asking and waits for every answer in flight; `resume` goes on. */
  pause(): Promise<QueryLoadFigures>;
  resume(): void;
  stop(): Promise<QueryLoadFigures>;
}

export interface QueryLoadFigures {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  readonly wrong: number;
  /** Seconds during which it was asking, pauses left out. */
  readonly seconds: number;
}

/** Types an engine scenario; returns it unchanged. */
export function defineScenario<Session>(
  scenario: Scenario<Session, EngineContext> & { readonly target: 'engine' },
): Scenario<Session, EngineContext>;
/** Types a scenario that is its own subject; returns it unchanged. */
export function defineScenario<Session>(
  scenario: Scenario<Session, SetupContext> & { readonly target?: 'module' },
): Scenario<Session, SetupContext>;
export function defineScenario(scenario: unknown): unknown {
  return scenario;
}
