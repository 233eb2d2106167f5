import type { HeapDiff, Trial } from '../model.ts';
import { withFolder } from '../spawn/folder.ts';
import { runWorker } from '../spawn/run-worker.ts';

/**
 * What memwatch's heap diff says of one build, from a worker of its own that runs nothing else. A missing memwatch, a
 * crash or a fault of the scenario gives a skipped diff with its reason.
 */
export async function heapDiff(trial: Trial, signal?: AbortSignal): Promise<HeapDiff> {
  const { scenario, build, options } = trial;
  const { last, fault } = await withFolder(directory =>
    runWorker({
      order: { type: 'heap-diff', trial, directory },
      nodeFlags: options.nodeFlags,
      deadline: options.deadline,
      onMessage: () => {},
      ...(signal && { signal }),
    }),
  );
  if (last?.type !== 'diff')
    return { scenario, build, outcome: 'skipped', reason: fault?.message ?? 'memwatch gave no diff' };
  const { iterations, classes } = last;
  return { scenario, build, outcome: 'completed', iterations, classes };
}
