import { Listener } from './listener.ts';
import type { Log } from './log.ts';
import type { Cleanup, Scope } from './scope.ts';
import type { BoundServer } from './servers.ts';
import { addressText } from './wire/sockets.ts';

/** The engine's sockets. They outlive the instances: a reload keeps those that the new instance names too. */
export class Listeners {
  readonly #scope: Scope;
  readonly #log: Log;
  readonly #open = new Map<string, { readonly listener: Listener; readonly close: Cleanup }>();

  /** @param scope Owns each socket from the moment it is open. */
  constructor(scope: Scope, log: Log) {
    this.#scope = scope;
    this.#log = log;
  }

  get(key: string): Listener | undefined {
    return this.#open.get(key)?.listener;
  }

  /** What is listened on, with the ports that ephemeral ones became. */
  get addresses(): readonly string[] {
    return [...this.#open.values()].map(
      ({ listener }) => `dns://${addressText(listener.host, listener.port)}`,
    );
  }

  /**
   * Opens what these servers need and is not open yet; nothing is answered on it until `serve`.
   * @throws {Error} if one cannot be opened; those opened before it are closed again.
   */
  async open(servers: readonly BoundServer[]): Promise<void> {
    const opened: string[] = [];
    try {
      for (const { key, host, port } of servers) {
        if (this.#open.has(key)) continue;
        const listener = await Listener.open({ host, port, log: this.#log });
        this.#open.set(key, {
          listener,
          close: this.#scope.defer('engine:listener', () => listener.close()),
        });
        opened.push(key);
      }
    } catch (error) {
      await this.#close(opened);
      throw error;
    }
  }

  /** From now on these servers answer; a listener that none of them uses falls silent. */
  serve(servers: readonly BoundServer[]): void {
    const byKey = new Map(servers.map(({ key, server }) => [key, server]));
    for (const [key, { listener }] of this.#open) listener.server = byKey.get(key);
  }

  /** Closes every listener that none of these servers uses. */
  async keepOnly(servers: readonly BoundServer[]): Promise<void> {
    const used = new Set(servers.map(({ key }) => key));
    await this.#close([...this.#open.keys()].filter(key => !used.has(key)));
  }

  async #close(keys: readonly string[]): Promise<void> {
    const entries = keys.map(key => this.#open.get(key));
    for (const key of keys) this.#open.delete(key);
    await Promise.all(entries.map(async entry => entry?.close()));
  }
}
