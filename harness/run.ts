import { UsageError } from './errors.ts';
import { EventQueue } from './event-queue.ts';
import type { RunEvent, Trial, TrialResult } from './model.ts';
import { type Decide, spawnTrial } from './spawn/spawn.ts';
import type { Message } from './worker/protocol.ts';

export interface RunOptions {
  /** Trials at once. */
  readonly jobs: number;
  /** What follows each sample; default: the planned iterations and no more. */
  readonly decide?: Decide;
  /**
   * What is done after each trial, also one that faulted or was ended, before another takes its place among those that
   * run at once. Where it rejects, so does the run, but for what comes of the signal.
   */
  readonly afterTrial?: (result: TrialResult, signal: AbortSignal) => Promise<void>;
  /** Ends the running trials at once and starts no other; their outcome is a fault that says so. */
  readonly signal?: AbortSignal;
}

type Emit = (event: RunEvent) => void;

/**
 * Runs the trials, in order, up to `jobs` at once, each in a process of its own, and tells what happens as it happens.
 * A trial that is `exclusive` runs while no other does. A fault is the outcome of its trial and ends no other. Leaving
 * the loop early ends the running trials.
 * @throws {UsageError} if `jobs` is below 1.
 * @throws {HarnessError} if a process cannot be started.
 */
export async function* run(
  trials: readonly Trial[],
  { jobs, signal, ...options }: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  if (!(jobs >= 1)) throw new UsageError(`Cannot run trials as jobs must be >= 1: current value is ${jobs}`);
  const begin = performance.now();
  const stop = new AbortController();
  const events = new EventQueue<RunEvent>();
  const emit: Emit = event => events.push(event);
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;

  yield { type: 'plan', trials };
  const finished = runAll(trials, { ...options, jobs, signal: either }, emit).finally(() => events.close());
  try {
    yield* events;
    await finished;
    yield { type: 'end', elapsed: performance.now() - begin };
  } finally {
    stop.abort();
    await finished.catch(() => {});
  }
}

/**
 * Resolves when no trial runs any more; rejects with the first failure of the harness itself, after ending
 * the others.
 */
async function runAll(
  trials: readonly Trial[],
  { jobs, signal, ...options }: RunOptions & { readonly signal: AbortSignal },
  emit: Emit,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const running = new Set<Promise<void>>();
  let alone = false;
  try {
    for (const trial of trials) {
      const { exclusive } = trial.options;
      while (running.size >= (exclusive || alone ? 1 : jobs)) await Promise.race(running);
      if (signal.aborted) break;
      alone = exclusive;
      const job: Promise<void> = runOne(trial, { ...options, signal: either }, emit).finally(() =>
        running.delete(job),
      );
      running.add(job);
    }
    await Promise.all(running);
  } finally {
    failed.abort();
    await Promise.allSettled(running);
  }
}

async function runOne(
  trial: Trial,
  { decide, afterTrial, signal }: Omit<RunOptions, 'jobs'> & { readonly signal: AbortSignal },
  emit: Emit,
): Promise<void> {
  emit({ type: 'trial:start', trial: trial.id });
  try {
    const result = await spawnTrial(trial, {
      signal,
      ...(decide && { decide }),
      onMessage: message => tell(trial.id, message, emit),
      onStage: stage => emit({ type: 'stage', trial: trial.id, stage }),
    });
    emit({ type: 'trial:end', trial: trial.id, result });
    await afterTrial?.(result, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function tell(trial: string, message: Message, emit: Emit): void {
  switch (message.type) {
    case 'metrics':
      emit({ type: 'metrics', trial, metrics: message.metrics });
      break;
    case 'warmup':
      emit({ type: 'warmup', trial, warmup: message.warmup });
      break;
    case 'sample':
      emit({ type: 'sample', trial, sample: message.sample });
      break;
    case 'probe-unavailable': {
      const { probe, reason } = message;
      emit({ type: 'warning', warning: { code: 'probe-unavailable', trial, probe, reason } });
      break;
    }
    case 'ready':
    case 'alive':
    case 'phase':
    case 'description':
    case 'refused':
    case 'probes':
    case 'snapshot':
    case 'thread-snapshot':
    case 'rehearsal':
    case 'exit-call':
    case 'allocations':
    case 'done':
    case 'diff':
    case 'inventory':
    case 'fault':
      break;
  }
}
