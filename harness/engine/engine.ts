import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BUILDS, type BuildName } from './builds.ts';
import { hashBlocks } from './corefile/hash.ts';
import { parseCorefile } from './corefile/parser.ts';
import { DIRECTIVES } from './directives.ts';
import { Instance } from './instance.ts';
import { Listeners } from './listeners.ts';
import { type Log, silent } from './log.ts';
import type { Directive, EngineView } from './plugin.ts';
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
  readonly #options: Required<EngineOptions>;
  readonly #listeners: Listeners;
  readonly #view: EngineView;
  #instance: Instance | undefined;
  #failedReloads = 0;
  #queue: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  /**
   * Starts an engine.
   * @throws {Error} if the Corefile cannot be read, is wrong, or asks for what cannot be had; nothing is left running, but
   * for what the build omits to clean up.
   */
  static async start(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options);
    await engine.#enqueue(() => engine.#begin());
    return engine;
  }

  private constructor(options: EngineOptions) {
    const { build = 'fixed', log = silent, corefile } = options;
    this.#options = {
      port: 53,
      directives: DIRECTIVES,
      graceMs: 5000,
      random: Math.random,
      ...options,
      build,
      log,
      corefile: { ...corefile, path: resolve(corefile.path) },
    };
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

  /** UDP and TCP port of the first server. */
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
    const errors = await this.#enqueue(() => this.#replace(corefile));
    if (errors.length > 0)
      throw new AggregateError(errors, `Reloaded, but not all went well after it: ${listOf(errors)}`);
  }

  /**
   * Ends everything: shutdown hooks first, then servers, sockets, and what the instance acquired. Later calls give the same
   * promise.
   * @throws {AggregateError} if something failed; the rest was ended all the same.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#enqueue(() => this.#end());
    return this.#stopped;
  }

  #enqueue<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(job);
    this.#queue = result.then(ignore, ignore);
    return result;
  }

  async #begin(): Promise<void> {
    this.#instance = await this.#launch(this.#readCorefile(), 'first');
    const errors = await this.#instance.runAll('started');
    if (errors.length === 0) return;
    await this.#end();
    throw new AggregateError(errors, `Cannot start, hooks failed: ${listOf(errors)}`);
  }

  /** Returns the errors that came after the new instance was serving. */
  async #replace(corefile?: string): Promise<unknown[]> {
    if (this.#stopped) throw new Error('Cannot reload, the engine must be running: stopped');
    const { log } = this.#options;
    const old = this.instance;
    log('info', 'Reloading');
    try {
      await old.run('restart');
      this.#instance = await this.#launch(corefile ?? this.#readCorefile(), 'later');
    } catch (error) {
      this.#failedReloads++;
      const errors = await old.runAll('restartFailed');
      for (const problem of [...errors, `Restart failed: ${messageOf(error)}`])
        log('error', messageOf(problem));
      throw error;
    }
    const errors = [...(await this.#retire(old)), ...(await this.instance.runAll('started'))];
    for (const error of errors) log('error', messageOf(error));
    log('info', 'Reloading complete');
    return errors;
  }

  /**
   * Loads, starts and serves an instance. On failure nothing new is answering or listening, and what the instance had
   * acquired is released, unless the build omits that.
   */
  async #launch(text: string, start: 'first' | 'later'): Promise<Instance> {
    const { corefile, port, directives, log } = this.#options;
    const attempt = new Scope(this.policy);
    const scope = attempt.child();
    attempt.defer('instance:rollback', () => scope.close());
    try {
      const source = { path: corefile.path, text };
      const instance = await Instance.load({
        corefile: source,
        port,
        directives,
        scope,
        log,
        engine: this.#view,
      });
      if (start === 'first') await instance.run('firstStartup');
      await instance.run('startup');
      await this.#listeners.open(instance.servers);
      this.#listeners.serve(instance.servers);
      return instance;
    } catch (error) {
      await attempt.close().catch((problem: unknown) => log('error', messageOf(problem)));
      throw error;
    }
  }

  /** Ends an instance that another one has replaced; all of it, whatever fails. Returns the errors. */
  async #retire(old: Instance): Promise<unknown[]> {
    await old.drain(this.#options.graceMs);
    return [
      ...(await errorsOf(this.#listeners.keepOnly(this.instance.servers))),
      ...(await old.runAll('shutdown')),
      ...(await errorsOf(old.scope.close())),
    ];
  }

  async #end(): Promise<void> {
    const errors = [
      ...(await this.instance.runAll('shutdown')),
      ...(await this.instance.runAll('finalShutdown')),
    ];
    this.#listeners.serve([]);
    await this.instance.drain(this.#options.graceMs);
    errors.push(...(await errorsOf(this.#listeners.keepOnly([]))));
    errors.push(...(await errorsOf(this.instance.scope.close())));
    if (errors.length > 0)
      throw new AggregateError(errors, `Stopped, but not all went well: ${listOf(errors)}`);
  }

  #makeView(): EngineView {
    const { corefile, random } = this.#options;
    const runningHash = () => this.instance.hash;
    return {
      readHash: () => hashBlocks(parseCorefile({ path: corefile.path, text: this.#readCorefile() })),
      get runningHash() {
        return runningHash();
      },
      requestReload: async () => void (await this.#enqueue(() => this.#replace())),
      random,
    };
  }

  #readCorefile(): string {
    const { text, path } = this.#options.corefile;
    return text ?? readFileSync(path, 'utf8');
  }
}

async function errorsOf(work: Promise<void>): Promise<unknown[]> {
  try {
    await work;
    return [];
  } catch (error) {
    return [error];
  }
}

function listOf(errors: readonly unknown[]): string {
  return errors.map(messageOf).join('; ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function ignore(): void {}
