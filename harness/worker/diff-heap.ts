import { IterationLoop } from './iteration-loop.ts';
import { loadMemwatch } from './memwatch.ts';
import { openTrial, type TrialContext } from './open-trial.ts';
import { enterPhase } from './progress.ts';
import type { Message } from './protocol.ts';
import { settle } from './settle.ts';

/** Iterations between the two photographs: each takes seconds where the heap is large. */
const ITERATIONS = 50;

/**
 * Warms up, then compares the heap by class before and after some iterations. In a process of its own: memwatch makes
 * heap readings several times as noisy.
 * @throws {Error} if memwatch cannot be loaded; the message says why.
 */
export async function diffHeap(context: TrialContext): Promise<Extract<Message, { readonly type: 'diff' }>> {
  const loaded = await loadMemwatch();
  if (loaded.outcome === 'missing') throw new Error(loaded.reason);
  const { subject, close } = await openTrial(context);
  const { trial, progress, send } = context;
  const { options } = trial;
  const count = Math.min(ITERATIONS, options.iterations);
  const loop = new IterationLoop(subject, context);
  const iterate = async (some: number) => {
    await loop.iterate(some);
    await loop.waitForIdle();
    await settle(options);
  };

  await enterPhase('warm-up', progress, send);
  await iterate(options.warmup);
  const difference = new loaded.memwatch.HeapDiff();
  loop.beginMeasured();
  await iterate(count);
  const { details } = difference.end().change;

  await close();
  const classes = details
    .map(({ what, size_bytes, '+': allocated, '-': freed }) => ({
      name: what,
      net: allocated - freed,
      bytes: size_bytes,
    }))
    .filter(({ net }) => net > 0)
    .sort((a, b) => b.net - a.net || b.bytes - a.bytes);
  return { type: 'diff', iterations: count, classes };
}
