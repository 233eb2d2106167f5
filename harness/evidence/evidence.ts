import { HarnessError } from '../errors.ts';
import type { Evidence, Fault, KeptAllocations, KeptObjects, KeptResource, Trial } from '../model.ts';
import { withFolder } from '../spawn/folder.ts';
import { runWorker } from '../spawn/run-worker.ts';
import type { Allocations, EvidencePlan, Inventory, Message } from '../worker/protocol.ts';
import { type HeapExplainer, withExplainer } from './explain-heap.ts';
import type { TakenSnapshot } from './heap/explain.ts';
import { keptAllocations } from './kept-allocations.ts';
import { keptByThread, type ThreadSnapshot } from './kept-by-thread.ts';
import { keptResources } from './kept-resources.ts';
import { type KeptSnapshots, keepSnapshots } from './kept-snapshots.ts';
import { originalPosition } from './source-position.ts';

/** Heap snapshots that a worker takes of its main thread. */
const SNAPSHOTS = 3;

export interface EvidenceRequest {
  readonly plan: EvidencePlan;
  /** Keeps the heap snapshots in this folder. */
  readonly keepIn?: string;
  readonly signal?: AbortSignal;
}

/**
 * Why one build leaks, from one more trial in a process of its own. It decides nothing: whatever goes wrong,
 * and an end before its time, gives skipped evidence with its reason.
 */
export async function takeEvidence(trial: Trial, request: EvidenceRequest): Promise<Evidence> {
  const { scenario, build } = trial;
  try {
    return await withFolder(directory =>
      withExplainer(request.signal, explainer => evidenceFrom(explainer, trial, directory, request)),
    );
  } catch (error) {
    const reason = request.signal?.aborted
      ? 'interrupted'
      : error instanceof Error
        ? firstLine(error.message)
        : String(error);
    return { scenario, build, outcome: 'skipped', reason };
  }
}

async function evidenceFrom(
  explainer: HeapExplainer,
  trial: Trial,
  directory: string,
  request: EvidenceRequest,
): Promise<Evidence> {
  const begin = performance.now();
  const { scenario, build } = trial;
  const { fault, told } = await watchTrial(explainer, trial, directory, request);
  if (fault) return { scenario, build, outcome: 'skipped', reason: firstLine(fault.message) };
  const { snapshots, threadSnapshots, inventories } = told;
  const [start, middle, end] = inventories;
  const last = snapshots[SNAPSHOTS - 1];
  if (!start || !middle || !end || !last)
    throw new HarnessError(
      `Cannot explain as the process must take ${SNAPSHOTS} heap snapshots: it ended after ${Math.min(snapshots.length, inventories.length)}`,
    );
  const objects = weightierFirst(
    await explainer.conclude(last, trial.scenarioPath),
    await keptByThread(
      threadSnapshots.slice(0, SNAPSHOTS - 1),
      threadSnapshots[SNAPSHOTS - 1],
      request.signal,
    ),
  );
  const resources = keptResources(start, middle, end).map(withOriginalPositions);
  const kept: KeptSnapshots = request.keepIn
    ? await keepSnapshots([...snapshots, ...threadSnapshots], trial, request.keepIn)
    : { paths: [] };
  return {
    scenario,
    build,
    outcome: 'completed',
    iterations: end.iteration - start.iteration,
    objects,
    resources,
    ...(!areDescriptors(objects, resources) && allocationsOf(told.allocations)),
    snapshots: kept.paths,
    ...(kept.failure !== undefined && { notKept: kept.failure }),
    elapsed: performance.now() - begin,
  };
}

/** Runs the trial; the explainer gets to know its heap snapshots as they are taken. */
async function watchTrial(
  explainer: HeapExplainer,
  trial: Trial,
  directory: string,
  { plan, signal }: EvidenceRequest,
): Promise<{ readonly fault: Fault | undefined; readonly told: EvidenceRecorder }> {
  const { seed, nodeFlags, deadline } = trial.options;
  const told = new EvidenceRecorder();
  const { fault } = await runWorker({
    order: { type: 'explain', trial, directory, plan },
    // V8 chooses at random which allocations it samples; 0 would leave the choice to the system.
    nodeFlags: [`--random-seed=${Math.max(1, seed)}`, ...nodeFlags],
    deadline,
    onMessage: message => {
      told.add(message);
      if (message.type === 'snapshot' && told.snapshots.length < SNAPSHOTS) explainer.add(message);
    },
    ...(signal && { signal }),
  });
  return { fault, told };
}

/** Of the main thread first, unless the other keeps more. */
function weightierFirst(
  main: readonly KeptObjects[],
  thread: readonly KeptObjects[],
): readonly KeptObjects[] {
  const isLess = (main[0]?.retained ?? 0) < (thread[0]?.retained ?? 0);
  return isLess ? [...thread, ...main] : [...main, ...thread];
}

/** Descriptors leak without an object: what functions allocated beside them is noise. */
function areDescriptors(objects: readonly KeptObjects[], resources: readonly KeptResource[]): boolean {
  return objects.length === 0 && resources.length > 0 && resources.every(({ kind }) => kind === 'descriptor');
}

/** Nothing where none were sampled. */
function allocationsOf(read: readonly Allocations[]): { readonly allocations?: readonly KeptAllocations[] } {
  const [start, middle, between, end] = read.map(withOriginalFrames);
  return start && middle && between && end
    ? { allocations: keptAllocations([start, middle, between, end]) }
    : {};
}

function withOriginalFrames({ sites, ...read }: Allocations): Allocations {
  return { ...read, sites: sites.map(site => ({ ...site, frames: site.frames.map(originalPosition) })) };
}

/** Collects what the worker of an evidence trial hands over: snapshots, inventories and allocations, in order. */
class EvidenceRecorder {
  readonly snapshots: TakenSnapshot[] = [];
  readonly threadSnapshots: ThreadSnapshot[] = [];
  readonly inventories: Inventory[] = [];
  readonly allocations: Allocations[] = [];

  add(message: Message): void {
    if (message.type === 'inventory') this.inventories.push(message.inventory);
    if (message.type === 'allocations') this.allocations.push(message.allocations);
    if (message.type === 'snapshot') this.snapshots.push(message);
    if (message.type === 'thread-snapshot') this.threadSnapshots.push(message);
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? '';
}

/** Where the sources say it was created: positions of what ran mean little to whoever wrote TypeScript. */
function withOriginalPositions(resource: KeptResource): KeptResource {
  return { ...resource, created: resource.created.map(originalPosition) };
}
