import type { Evidence, KeptResource, Trial } from '../model.ts';
import { exitFault } from '../worker/exit-fault.ts';
import { withFolder } from '../worker/folder.ts';
import type { EvidenceCourse, Message } from '../worker/protocol.ts';
import { runWorker } from '../worker/run-worker.ts';
import { keepSnapshots } from './kept-snapshots.ts';
import { originalPosition } from './source-position.ts';

export interface EvidenceRequest {
  readonly course: EvidenceCourse;
  /** Keeps the heap snapshots in this folder. */
  readonly keepIn?: string;
  readonly signal?: AbortSignal;
}

/**
 * Why one build leaks, from one more trial in a process of its own. It decides nothing: whatever goes wrong, and an end before
 * its time, gives skipped evidence with its reason.
 */
export async function takeEvidence(trial: Trial, request: EvidenceRequest): Promise<Evidence> {
  const { scenario, build } = trial;
  try {
    return await withFolder(directory => evidenceFrom(trial, directory, request));
  } catch (error) {
    const reason = request.signal?.aborted
      ? 'interrupted'
      : error instanceof Error
        ? (error.message.split('\n')[0] ?? '')
        : String(error);
    return { scenario, build, outcome: 'skipped', reason };
  }
}

async function evidenceFrom(
  trial: Trial,
  directory: string,
  { course, keepIn, signal }: EvidenceRequest,
): Promise<Evidence> {
  const begin = performance.now();
  const { scenario, build, options } = trial;
  let last: Message | undefined;
  let phase = 'start';
  const exit = await runWorker({
    order: { type: 'explain', trial, directory, course },
    nodeFlags: options.nodeFlags,
    deadline: options.deadline,
    onMessage: message => {
      if (message.type === 'phase') phase = message.phase;
      last = message;
    },
    ...(signal && { signal }),
  });
  if (last?.type !== 'evidence') {
    const fault = last?.type === 'fault' ? last.fault : exitFault(exit, options.deadline, phase);
    return { scenario, build, outcome: 'skipped', reason: fault.message };
  }
  const { snapshots, resources } = last;
  const kept = keepIn === undefined ? [] : await keepSnapshots(snapshots, trial, keepIn);
  return {
    scenario,
    build,
    outcome: 'completed',
    iterations: (snapshots.at(-1)?.iteration ?? 0) - (snapshots[0]?.iteration ?? 0),
    objects: [],
    resources: resources.map(withOriginalPositions),
    snapshots: kept,
    elapsed: performance.now() - begin,
  };
}

/** Where the sources say it was created: positions of what ran mean little to whoever wrote TypeScript. */
function withOriginalPositions(resource: KeptResource): KeptResource {
  return { ...resource, created: resource.created.map(originalPosition) };
}
