/** Every cleanup the engine knows; a misspelt label does not compile. `builds.ts` says which builds omit which. */
export type CleanupLabel =
  | 'auto:walk'
  | 'auto:zones'
  | 'zone:reload'
  | 'reload:watch'
  | 'errors:consolidate'
  | 'log:stream'
  | 'listener:udp'
  | 'listener:tcp'
  | 'instance:rollback';

export type Cleanup = () => void | Promise<void>;

/**
 * Owner of acquired things. Acquiring and registering the release are one act, and the release has a label, so that a
 * build can omit it (`builds.ts`) and so that a leak can be traced to the cleanup that never ran.
 */
export class Scope {
  readonly #policy: CleanupPolicy;
  #cleanups: { readonly label: CleanupLabel; readonly run: Cleanup }[] = [];

  constructor(policy: CleanupPolicy = new CleanupPolicy()) {
    this.#policy = policy;
  }

  /** Registers the release of something just acquired. */
  defer(label: CleanupLabel, run: Cleanup): void {
    this.#policy.register(label);
    this.#cleanups.push({ label, run });
  }

  /** Calls `tick` every `period` milliseconds until the scope is closed; returns a function that stops it before. */
  every(label: CleanupLabel, period: number, tick: () => void): () => void {
    const timer = setInterval(tick, period);
    const stop = () => clearInterval(timer);
    this.defer(label, stop);
    return stop;
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
    const cleanups = this.#cleanups.reverse();
    this.#cleanups = [];
    const errors: unknown[] = [];
    for (const { label, run } of cleanups) {
      if (this.#policy.omits(label)) continue;
      try {
        await run();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, `Cannot release everything: ${errors.length} cleanups failed`);
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
