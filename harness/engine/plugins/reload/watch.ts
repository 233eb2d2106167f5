import { messageOf } from '../../log.ts';
import type { Controller, EngineView } from '../../plugin.ts';

/** Milliseconds; `jitter` is at most half of `interval`. */
export interface WatchPeriod {
  readonly interval: number;
  readonly jitter: number;
}

/**
 * Looks at the Corefile again and again, and asks for a reload when the hash of its server blocks changes. The new hash is
 * remembered before the reload is tried, so a bad file is tried once, and putting the running content back is a change.
 * The watcher ends with its generation; a failed reload does not end it.
 */
export function watchCorefile(
  { scope, engine, log }: Pick<Controller, 'scope' | 'engine' | 'log'>,
  period: WatchPeriod,
): void {
  let known = engine.runningHash;
  log('info', `plugin/reload: Running configuration SHA512 = ${known}`);
  scope.every('reload:watch', drawPeriod(period, engine), () => {
    const found = readHash(engine, warning => log('warning', `plugin/reload: ${warning}`));
    if (found === undefined || found === known) return;
    known = found;
    engine.requestReload().catch((error: unknown) => {
      log('error', `plugin/reload: Corefile changed but reload failed: ${messageOf(error)}`);
    });
  });
}

/** Spread evenly around the interval, so that many servers started at once do not all read at once. */
function drawPeriod({ interval, jitter }: WatchPeriod, engine: EngineView): number {
  return interval + engine.random() * jitter - jitter / 2;
}

/** A file that cannot be read, say because it is being replaced, is left for the next tick without a word. */
function readHash(engine: EngineView, warn: (message: string) => void): string | undefined {
  try {
    return engine.readHash();
  } catch (error) {
    const unreadable = error instanceof Error && 'code' in error;
    if (!unreadable) warn(`Corefile parse failed: ${messageOf(error)}`);
    return undefined;
  }
}
