import { resolve } from 'node:path';
import { BUILDS, type BuildName } from './builds.ts';
import { CorefileSource } from './corefile/source.ts';
import { DIRECTIVES } from './directives.ts';
import type { Instance } from './instance.ts';
import { launch } from './launch.ts';
import { Listeners } from './listeners.ts';
import { type Log, messageOf, silent } from './log.ts';
import type { Directive, EngineView } from './plugin.ts';
import { Queue } from './queue.ts';
import { runAll } from './run-all.ts';
import { CleanupPolicy, Scope } from './scope.ts';

export interface EngineOptions {
  /** `path` names the file, and the folder that relative paths start from; with `text`, no file is read. */
  readonly corefile: { readonly path: string; readonly text?: string };
  /** Default `fixed`. */
  readonly build?: BuildName;
  /** Port of keys that name none; default 53. */
  readonly port?: number;
  /** Default: nothing is logged. */
  readonly log?: Log;
  /** Default: every directive there is. */
  readonly directives?: readonly Directive[];
  /** Milliseconds that queries in flight are waited for when an instance ends; default 5,000. */
  readonly graceMs?: number;
  /** Uniform in [0, 1); default `Math.random`. */
  readonly random?: () => number;
}

/**
 * A DNS server that can be given another configuration while it runs. There is one current `Instance`; a reload builds and
 * starts the next one on the same sockets and only then ends the one before. Starts, reloads and stops never overlap: they
 * are done in the order in which they were asked for, so a hook must not wait for one.
 */
export class Engine {
  /** Cleanups that the build omits, and which of them were ever registered. */
  readonly policy: CleanupPolicy;
  readonly #settings: Required<Omit<EngineOptions, 'corefile' | 'build'>>;
  readonly #source: CorefileSource;
  readonly #listeners: Listeners;
  readonly #queue = new Queue();
  readonly #view: EngineView;
  #instance: Instance | undefined;
  #failedReloads = 0;
  #stopped: Promise<void> | undefined;

  /**
   * Starts an engine.
   * @throws {Error} if the Corefile cannot be read, is wrong, or asks for what cannot be had; nothing is left running, but
   * for what the build omits to clean up.
   */
  static async start(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options);
    await engine.#queue.run(() => engine.#begin());
    return engine;
  }

  private constructor({ corefile, build = 'fixed', log = silent, ...given }: EngineOptions) {
    const defaults = { port: 53, directives: DIRECTIVES, graceMs: 5000, random: Math.random };
    this.#settings = { ...defaults, ...given, log };
    this.#source = new CorefileSource({ ...corefile, path: resolve(corefile.path) });
    this.policy = new CleanupPolicy(BUILDS[build].omits);
    this.#listeners = new Listeners(new Scope(this.policy), log);
    this.#view = this.#makeView();
  }

  /** What is serving now. */
  get instance(): Instance {
    if (this.#instance === undefined)
      throw new Error('Cannot use the engine, it must have been started: no instance');
    return this.#instance;
  }

  /** UDP and TCP port of the first server; 0 once the engine has stopped. */
  get port(): number {
    const first = this.instance.servers[0];
    return (first && this.#listeners.get(first.key)?.port) ?? 0;
  }

  /** What is listened on, for example `dns://127.0.0.1:5300`, with the ports that ephemeral ones became. */
  get addresses(): readonly string[] {
    return this.#listeners.addresses;
  }

  /** Reloads after which the old instance went on. */
  get failedReloads(): number {
    return this.#failedReloads;
  }

  /**
   * Replaces the instance by one loaded from `corefile`, or else from the file (the text, if the engine was started with
   * one). Whatever fails before the new instance serves leaves the old one serving as if nothing had happened.
   * @throws {Error} what made the reload fail.
   * @throws {AggregateError} if the new instance serves but something of the old one could not be ended, or a hook failed
   * after the change.
   */
  async reload(corefile?: string): Promise<void> {
    const errors = await this.#queue.run(() => this.#replace(corefile));
    if (errors.length > 0)
      throw new AggregateError(errors, `Reloaded, but not all went well after it: ${listOf(errors)}`);
  }

  /**
   * Ends everything: shutdown hooks first, then servers, sockets, and what the instance acquired. Later calls give the same
   * promise.
   * @throws {AggregateError} if something failed; the rest was ended all the same.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#queue.run(() => this.#end());
    return this.#stopped;
  }

  async #begin(): Promise<void> {
    this.#instance = await this.#launch(this.#source.read(), true);
    const errors = await runAll(this.#instance.hooks.of('started'));
    if (errors.length === 0) return;
    await this.#end();
    throw new AggregateError(errors, `Cannot start, hooks failed: ${listOf(errors)}`);
  }

  /** Returns the errors that came when the new instance was serving already. */
  async #replace(corefile?: string): Promise<unknown[]> {
    if (this.#stopped) throw new Error('Cannot reload, the engine must be running: stopped');
    const { log, graceMs } = this.#settings;
    log('info', 'Reloading');
    const old = this.instance;
    try {
      await old.hooks.run('restart');
      this.#instance = await this.#launch(corefile ?? this.#source.read(), false);
    } catch (error) {
      this.#failedReloads++;
      for (const problem of await runAll(old.hooks.of('restartFailed'))) log('error', messageOf(problem));
      log('error', `Restart failed: ${messageOf(error)}`);
      throw error;
    }
    const { servers, hooks } = this.instance;
    const errors = await runAll([
      () => old.drain(graceMs),
      () => this.#listeners.keepOnly(servers),
      ...old.hooks.of('shutdown'),
      () => old.scope.close(),
      ...hooks.of('started'),
    ]);
    for (const error of errors) log('error', messageOf(error));
    log('info', 'Reloading complete');
    return errors;
  }

  async #end(): Promise<void> {
    const { hooks, scope } = this.instance;
    const errors = await runAll([
      ...hooks.of('shutdown'),
      ...hooks.of('finalShutdown'),
      () => this.#listeners.serve([]),
      () => this.instance.drain(this.#settings.graceMs),
      () => this.#listeners.keepOnly([]),
      () => scope.close(),
    ]);
    if (errors.length === 0) return;
    throw new AggregateError(errors, `Stopped, but not all went well: ${listOf(errors)}`);
  }

  #launch(text: string, isFirst: boolean): Promise<Instance> {
    const { port, directives, log } = this.#settings;
    const corefile = { path: this.#source.path, text };
    const { policy } = this;
    const listeners = this.#listeners;
    return launch({ corefile, port, directives, log, policy, listeners, isFirst, engine: this.#view });
  }

  #makeView(): EngineView {
    const runningHash = () => this.instance.hash;
    return {
      readHash: () => this.#source.hash(),
      get runningHash() {
        return runningHash();
      },
      requestReload: async () => void (await this.#queue.run(() => this.#replace())),
      random: this.#settings.random,
    };
  }
}

function listOf(errors: readonly unknown[]): string {
  return errors.map(messageOf).join('; ');
}
