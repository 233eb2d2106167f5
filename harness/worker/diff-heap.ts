import { loadMemwatch } from '../evidence/memwatch.ts';
import type { Trial } from '../model.ts';
import type { Send } from './drive.ts';
import { openTrial } from './open-trial.ts';
import type { Progress } from './progress.ts';
import type { Message } from './protocol.ts';
import { settle } from './settle.ts';

/** Iterations between the two photographs: each takes seconds where the heap is large. */
const ITERATIONS = 50;

/**
 * Warms up, then compares the heap by class before and after some iterations. In a process of its own: memwatch makes
 * heap readings several times as noisy.
 * @throws {Error} if memwatch cannot be loaded; the message says why.
 */
export async function diffHeap(
  trial: Trial,
  directory: string,
  signal: AbortSignal,
  progress: Progress,
  send: Send,
): Promise<Extract<Message, { readonly type: 'diff' }>> {
  const loaded = await loadMemwatch();
  if (loaded.outcome === 'missing') throw new Error(loaded.reason);
  const { scenario, target, session } = await openTrial(trial, directory, signal, progress, send);
  const { warmup } = trial.options;
  const iterations = Math.min(ITERATIONS, trial.options.iterations);

  const iterate = async (from: number, count: number) => {
    for (let iteration = from; iteration < from + count; iteration++)
      await scenario.iterate(session, iteration);
    await scenario.waitForIdle?.(session);
    await settle(trial.options);
  };
  progress.phase = 'warm-up';
  await iterate(0, warmup);
  const difference = new loaded.memwatch.HeapDiff();
  progress.phase = 'iteration';
  await iterate(warmup, iterations);
  const { details } = difference.end().change;

  progress.phase = 'teardown';
  await scenario.teardown?.(session);
  await target.finish();
  const classes = details
    .map(({ what, size_bytes, '+': allocated, '-': freed }) => ({
      name: what,
      net: allocated - freed,
      bytes: size_bytes,
    }))
    .filter(({ net }) => net > 0)
    .sort((a, b) => b.net - a.net || b.bytes - a.bytes);
  return { type: 'diff', iterations, classes };
}
