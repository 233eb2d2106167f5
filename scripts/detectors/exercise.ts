import type { Iterations, Trial } from '../../harness/model.ts';
import { openTrial } from '../../harness/worker/open-trial.ts';
import { Progress } from '../../harness/worker/progress.ts';
import { settle } from '../../harness/worker/settle.ts';

/** Warm-up iterations: a tenth of the measured ones, within this. */
const WARMUP_LIMIT: Iterations = 200;

/** A scenario under way: every detector but leakgate drives this same plain loop. */
export interface Exercise {
  /** What the scenario's `setup` returned. */
  readonly session: unknown;
  /** Iterates, then brings the subject to rest. Resolves with what the last iteration returned. */
  iterate(count: Iterations): Promise<unknown>;
  /**
   * Collects garbage until the heap is at rest, as leakgate does: more than most of these detectors do by
   * themselves.
   */
  settle(): Promise<unknown>;
  /** The scenario's `teardown`. */
  close(): Promise<unknown>;
}

/** Sets the trial's scenario up, warms it up, and brings it to rest. */
export async function exercise(trial: Trial, directory: string): Promise<Exercise> {
  const { signal } = new AbortController();
  const context = { trial, directory, signal, progress: new Progress(), send: async () => {} };
  const { session, subject, close } = await openTrial(context);
  let next = 0;
  const started: Exercise = {
    session,
    async iterate(count) {
      let result: unknown;
      for (const end = next + count; next < end; next++) result = await subject.iterate(next);
      await subject.waitForIdle();
      return result;
    },
    settle: () => settle(trial.options),
    close,
  };
  await started.iterate(warmupOf(trial.options.iterations));
  await started.settle();
  return started;
}

/**
 * Reads after the warm-up and after each of `blocks` equal parts of the iterations, at rest.
 * @returns `blocks + 1` readings
 */
export async function readings<T>(
  trial: Trial,
  directory: string,
  blocks: number,
  read: () => T,
): Promise<[T, ...T[]]> {
  const subject = await exercise(trial, directory);
  const taken: [T, ...T[]] = [read()];
  for (let block = 0; block < blocks; block++) {
    await subject.iterate(blockLength(trial.options.iterations, blocks));
    await subject.settle();
    taken.push(read());
  }
  await subject.close();
  return taken;
}

/** Iterations in each of `blocks` parts, at least 1. */
export function blockLength(iterations: Iterations, blocks: number): Iterations {
  return Math.max(1, Math.round(iterations / blocks));
}

function warmupOf(iterations: Iterations): Iterations {
  return Math.min(WARMUP_LIMIT, Math.ceil(iterations / 10));
}
