import { runAll } from './run-all.ts';

/** Every cleanup the engine knows; a misspelt label does not compile. `builds.ts` says which builds omit which. */
export type CleanupLabel =
  | 'auto:walk'
  | 'auto:zones'
  | 'zone:reload'
  | 'reload:watch'
  | 'errors:consolidate'
  | 'engine:listener'
  | 'instance:rollback';

export type Cleanup = () => void | Promise<void>;

/**
 * Owner of acquired things. Acquiring and registering the release are one act, and the release has a label, so that a
 * build can omit it (`builds.ts`) and so that a leak can be traced to the cleanup that never ran.
 */
export class Scope {
  readonly #policy: CleanupPolicy;
  readonly #cleanups = new Set<Entry>();
  #closed = false;

  constructor(policy: CleanupPolicy = new CleanupPolicy()) {
    this.#policy = policy;
  }

  /**
   * Registers the release of something just acquired. The returned function releases it at once and forgets it, so that a
   * scope that outlives what it owns does not grow; calling it again does nothing.
   *
   * Once `close` has been called, the release runs at once: nobody would run it later, and refusing it would leak what was
   * just acquired. The returned function then gives what it gave, a promise if it is one.
   * @throws whatever the release throws if it runs at once.
   */
  defer(label: CleanupLabel, run: Cleanup): Cleanup {
    this.#policy.register(label);
    const entry = { label, run };
    this.#cleanups.add(entry);
    if (!this.#closed) return () => this.#release(entry);
    const released = this.#release(entry);
    return () => released;
  }

  /**
   * Calls `tick` every `period` milliseconds until the scope is closed; returns a function that stops it before. In a closed
   * scope it never ticks. A build that omits the label keeps it ticking for ever.
   */
  every(label: CleanupLabel, period: number, tick: () => void): Cleanup {
    const timer = setInterval(tick, period);
    return this.defer(label, () => clearInterval(timer));
  }

  /** Calls `run` once, `delay` milliseconds from now, unless the scope is closed or the returned function called before. */
  after(label: CleanupLabel, delay: number, run: () => void): Cleanup {
    const timer = setTimeout(() => {
      void release();
      run();
    }, delay);
    const release = this.defer(label, () => clearTimeout(timer));
    return release;
  }

  /** A scope under the same policy whose closing its maker registers with `defer`. */
  child(): Scope {
    return new Scope(this.#policy);
  }

  /**
   * Runs the cleanups last in, first out. All of them run; a second call does nothing.
   * @throws {AggregateError} if any of them failed.
   */
  async close(): Promise<void> {
    this.#closed = true;
    const entries = [...this.#cleanups].reverse();
    const errors = await runAll(entries.map(entry => () => this.#release(entry)));
    if (errors.length > 0)
      throw new AggregateError(errors, `Cannot release everything: ${errors.length} cleanups failed`);
  }

  #release(entry: Entry): void | Promise<void> {
    if (!this.#cleanups.delete(entry) || this.#policy.omits(entry.label)) return;
    return entry.run();
  }
}

/** Which labels a build omits, and which labels have been registered so far. */
export class CleanupPolicy {
  readonly #omitted: ReadonlySet<CleanupLabel>;
  readonly #registered = new Set<CleanupLabel>();

  constructor(omitted: readonly CleanupLabel[] = []) {
    this.#omitted = new Set(omitted);
  }

  register(label: CleanupLabel): void {
    this.#registered.add(label);
  }

  omits(label: CleanupLabel): boolean {
    return this.#omitted.has(label);
  }

  /** Labels the build omits that nothing ever registered: the build is not what its name says. */
  unused(): readonly CleanupLabel[] {
    return [...this.#omitted].filter(label => !this.#registered.has(label));
  }
}

interface Entry {
  readonly label: CleanupLabel;
  readonly run: Cleanup;
}
