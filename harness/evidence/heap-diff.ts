import type { HeapDiff, Trial } from '../model.ts';
import { exitFault } from '../worker/exit-fault.ts';
import { withFolder } from '../worker/folder.ts';
import type { Message } from '../worker/protocol.ts';
import { runWorker } from '../worker/run-worker.ts';

/**
 * What memwatch's heap diff says of one build, from a worker of its own that runs nothing else. A missing memwatch, a
 * crash or a fault of the scenario gives a skipped diff with its reason.
 */
export async function heapDiff(trial: Trial, signal?: AbortSignal): Promise<HeapDiff> {
  const { scenario, build, options } = trial;
  let last: Message | undefined;
  const exit = await withFolder(directory =>
    runWorker({
      order: { type: 'heap-diff', trial, directory },
      nodeFlags: options.nodeFlags,
      deadline: options.deadline,
      onMessage: message => {
        last = message;
      },
      ...(signal && { signal }),
    }),
  );
  if (last?.type === 'diff') {
    const { iterations, classes } = last;
    return { scenario, build, outcome: 'completed', iterations, classes };
  }
  const fault = last?.type === 'fault' ? last.fault : exitFault(exit, options.deadline, 'heap diff');
  return { scenario, build, outcome: 'skipped', reason: fault.message };
}
