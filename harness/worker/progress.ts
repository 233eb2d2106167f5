import type { Milliseconds } from '../model.ts';
import { now } from './clock.ts';
import type { Send } from './protocol.ts';

type TrialPhase = 'load' | 'setup' | 'warm-up' | 'iteration' | 'teardown';

/** Where the worker is, for the message of a fault; plain fields, so that moving on allocates nothing. */
export class Progress {
  phase: TrialPhase = 'load';
  /** What of the scenario is awaited. */
  awaits: 'iterate' | 'waitForIdle' | undefined = undefined;
  /** Measured iterations done. */
  iteration = 0;
  /** Iterations of the warm-up, which the scenario's own count includes. */
  warmup = 0;
  /** When a message was last sent, as the clock counts. */
  told: Milliseconds = now();

  /**
   * Function of the scenario that has not ended, as far as it is known, in a process that is ended from
   * outside and still hears of it.
   */
  unended(): string | undefined {
    const at = String(this);
    return this.awaits === 'waitForIdle' ? `waitForIdle after ${at}` : this.awaits && at;
  }

  toString(): string {
    if (this.phase === 'iteration')
      return `iteration ${this.iteration} (${this.warmup + this.iteration} with warm-up)`;
    return this.phase === 'warm-up' && this.awaits
      ? `iteration ${this.iteration} of the warm-up`
      : this.phase;
  }
}

/** Moves on to the next part of a trial and says so. */
export async function enterPhase(phase: TrialPhase, progress: Progress, send: Send): Promise<void> {
  progress.phase = phase;
  await send(new Phase(phase));
}

/** A message of each window as well: not a literal, for the reason that `TakenSample` (sampler.ts) gives. */
export class Phase {
  readonly type = 'phase';
  readonly phase: string;

  constructor(phase: string) {
    this.phase = phase;
  }
}
