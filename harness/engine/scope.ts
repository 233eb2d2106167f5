import { channel } from 'node:diagnostics_channel';
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

/** What is told on the channel `ACQUIRED` of each timer that a scope starts. */
export interface Acquisition {
  readonly resource: object;
  /** Label of its release, then those by which the scopes around it are closed, innermost first: any of them would release it. */
  readonly owners: readonly CleanupLabel[];
}

/** A channel of `node:diagnostics_channel` for whoever looks for what was never released. */
export const ACQUIRED = 'leakgate.engine.acquired';
/** This file, whose frames are on the stack of all that is acquired. */
export const SCOPE_FILE: string = import.meta.url;

const acquired = channel(ACQUIRED);
/** Milliseconds. Of a longer delay Node makes one of 1 ms. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Owner of acquired things. Acquiring and registering the release are one act, and the release has a label, so that a
 * build can omit it (`builds.ts`) and so that a leak can be traced to the cleanup that never ran.
 */
export class Scope {
  readonly #policy: CleanupPolicy;
  readonly #owners: readonly CleanupLabel[];
  readonly #cleanups = new Set<Entry>();
  #closed = false;

  /** @param owners labels by which the scope and those around it are closed, innermost first */
  constructor(policy: CleanupPolicy = new CleanupPolicy(), owners: readonly CleanupLabel[] = []) {
    this.#policy = policy;
    this.#owners = owners;
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
   * Calls `tick` every `period` milliseconds, every 25 days at least, until the scope is closed; returns a function that stops
   * it before. In a closed scope it never ticks. A build that omits the label keeps it ticking for ever.
   */
  every(label: CleanupLabel, period: number, tick: () => void): Cleanup {
    const timer = setInterval(tick, Math.min(period, LONGEST_DELAY));
    this.#tell(timer, label);
    return this.defer(label, () => clearInterval(timer));
  }

  /**
   * Calls `run` once, `delay` milliseconds from now, or 25 days if that is sooner, unless the scope is closed or the returned
   * function called before.
   */
  after(label: CleanupLabel, delay: number, run: () => void): Cleanup {
    const timer = setTimeout(
      () => {
        void release();
        run();
      },
      Math.min(delay, LONGEST_DELAY),
    );
    this.#tell(timer, label);
    const release = this.defer(label, () => clearTimeout(timer));
    return release;
  }

  /** A scope under the same policy whose closing its maker registers with `defer`, under this label. */
  child(label: CleanupLabel): Scope {
    return new Scope(this.#policy, [label, ...this.#owners]);
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

  #tell(resource: object, label: CleanupLabel): void {
    if (!acquired.hasSubscribers) return;
    acquired.publish({ resource, owners: [label, ...this.#owners] } satisfies Acquisition);
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
