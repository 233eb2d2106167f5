import type { Hook } from './plugin.ts';

/** Moments at which plugins can be called; `Controller` in `plugin.ts` says when each one comes. */
export type HookEvent =
  | 'firstStartup'
  | 'startup'
  | 'started'
  | 'restart'
  | 'restartFailed'
  | 'shutdown'
  | 'finalShutdown';

/** What plugins want to be called for. */
export class Hooks {
  readonly #hooks = new Map<HookEvent, Hook[]>();

  add(event: HookEvent, hook: Hook): void {
    const hooks = this.#hooks.get(event);
    if (hooks === undefined) this.#hooks.set(event, [hook]);
    else hooks.push(hook);
  }

  /** In the order in which they were asked for. */
  of(event: HookEvent): readonly Hook[] {
    return this.#hooks.get(event) ?? [];
  }

  /** Calls one after the other; the first that fails ends the row, and its error is thrown. */
  async run(event: HookEvent): Promise<void> {
    for (const hook of this.of(event)) await hook();
  }
}
