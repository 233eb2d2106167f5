import type { Milliseconds } from '../model.ts';
import { now } from './clock.ts';
import type { TrialContext } from './open-trial.ts';
import type { Progress } from './progress.ts';
import { ALIVE_AFTER, type Send } from './protocol.ts';

/** What is iterated: a scenario with its session. */
export interface Subject {
  /** `iteration` counts from 0 and runs on from warm-up into measurement. */
  iterate(iteration: number): unknown;
  waitForIdle(): unknown;
}

/**
 * The iterations of a subject, one after the other. Where they are stands in the progress. Lest a window of slow
 * ones passes for one that hangs it says now and then that it is alive; seldom, as messages leave something behind.
 */
export class IterationLoop {
  /** So many so far, those of the warm-up included. */
  done = 0;
  readonly #subject: Subject;
  readonly #progress: Progress;
  readonly #send: Send;
  readonly #silence: Milliseconds;

  constructor(
    subject: Subject,
    { trial, progress, send }: Pick<TrialContext, 'trial' | 'progress' | 'send'>,
  ) {
    this.#subject = subject;
    this.#progress = progress;
    this.#send = send;
    this.#silence = ALIVE_AFTER * trial.options.deadline;
  }

  /** What comes now is measured, and counted from 0 in the progress. */
  beginMeasured(): void {
    this.#progress.phase = 'iteration';
    this.#progress.warmup = this.done;
    this.#progress.iteration = 0;
  }

  async iterate(count: number): Promise<void> {
    const progress = this.#progress;
    progress.awaits = 'iterate';
    for (const end = this.done + count; this.done < end; this.done++) {
      progress.iteration = this.done - progress.warmup;
      await this.#subject.iterate(this.done);
      if (now() - progress.told >= this.#silence) await this.#send(ALIVE);
    }
    progress.awaits = undefined;
  }

  async waitForIdle(): Promise<void> {
    this.#progress.awaits = 'waitForIdle';
    await this.#subject.waitForIdle();
    this.#progress.awaits = undefined;
  }
}

/** Made once, for the reason that `TakenSample` (sampler.ts) gives. */
const ALIVE = { type: 'alive' } as const;
