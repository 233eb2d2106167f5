import type { Progress } from './progress.ts';

/** What is iterated: a scenario with its session. */
export interface Subject {
  /** `iteration` counts from 0 and runs on from warm-up into measurement. */
  iterate(iteration: number): unknown;
  waitForIdle(): unknown;
}

/** The iterations of a subject, one after the other. Where they are stands in the progress. */
export class IterationLoop {
  /** So many so far, those of the warm-up included. */
  done = 0;
  readonly #subject: Subject;
  readonly #progress: Progress;

  constructor(subject: Subject, progress: Progress) {
    this.#subject = subject;
    this.#progress = progress;
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
    }
    progress.awaits = undefined;
  }

  async waitForIdle(): Promise<void> {
    this.#progress.awaits = 'waitForIdle';
    await this.#subject.waitForIdle();
    this.#progress.awaits = undefined;
  }
}
