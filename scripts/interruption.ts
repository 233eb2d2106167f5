import type { Milliseconds } from '../harness/model.ts';
import { whenOrphaned } from './orphaned.ts';
import type { Surroundings } from './surroundings.ts';

/** Signals so close to one another are one. */
const ECHO: Milliseconds = 100;

export interface Interruption {
  /** Aborted at the first Ctrl-C: running trials are ended and what was measured is reported. */
  readonly signal: AbortSignal;
  dispose(): void;
}

/**
 * Does work that the first Ctrl-C aborts, and returns its exit code: 130 where it ended with the signal's reason.
 * @param told what there is to say then, once a trial has begun
 */
export async function untilInterrupted(
  surroundings: Surroundings,
  work: (signal: AbortSignal) => Promise<number>,
  told?: () => string | undefined,
): Promise<number> {
  const interrupted = interruption(surroundings);
  try {
    return await work(interrupted.signal);
  } catch (error) {
    if (error !== interrupted.signal.reason) throw error;
    surroundings.stderr.write(`${told?.() ?? 'Interrupted before the first trial'}\n`);
    return 130;
  } finally {
    interrupted.dispose();
  }
}

/** Turns SIGINT, SIGTERM and the end of the npx above into an abort; a second signal ends the process at once. */
export function interruption(surroundings: Surroundings): Interruption {
  const controller = new AbortController();
  let begin = 0;
  const interrupt = () => {
    // The terminal sends Ctrl-C, and npx passes it on.
    if (controller.signal.aborted && performance.now() - begin < ECHO) return;
    if (controller.signal.aborted) process.exit(130);
    begin = performance.now();
    // First, as who draws on the terminal clears it then.
    controller.abort();
    surroundings.stderr.write('Ending what runs; Ctrl-C again kills it\n');
  };
  // After a Ctrl-C, which both hear, it may be gone first.
  const forget = whenOrphaned(surroundings, () => controller.signal.aborted || interrupt());
  surroundings.on('SIGINT', interrupt);
  surroundings.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    dispose() {
      forget();
      surroundings.off('SIGINT', interrupt);
      surroundings.off('SIGTERM', interrupt);
    },
  };
}
