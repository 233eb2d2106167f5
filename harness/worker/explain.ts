import { getHeapStatistics } from 'node:v8';
import { type Inventory, keptResources, takeInventory } from '../ledger/kept-resources.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Bytes } from '../model.ts';
import type { Send } from './drive.ts';
import { takeSnapshot } from './heap-snapshot.ts';
import { openTrial } from './open-trial.ts';
import type { Progress } from './progress.ts';
import type { EvidenceCourse, Message, Task } from './protocol.ts';
import { settle } from './settle.ts';

type Explain = Extract<Task, { readonly type: 'explain' }>;
type EvidenceMessage = Extract<Message, { readonly type: 'evidence' }>;

/** Share of the iterations that lie before the middle snapshot: halves of one length would fall in step with what comes and goes. */
const FIRST_PART = 0.45;
/** Times per part that its limits are looked at. */
const LOOKS = 20;

/**
 * Warms up, then takes three heap snapshots and three inventories of what is open, a known number of iterations apart. Nothing
 * is measured here, so it may cost what it costs.
 */
export async function explain(
  { trial, directory, course }: Explain,
  signal: AbortSignal,
  progress: Progress,
  send: Send,
): Promise<EvidenceMessage> {
  const ledger = new Ledger();
  ledger.open();
  const { scenario, target, session } = await openTrial(trial, directory, signal, progress, send, opened =>
    opened.tellOwners?.(ledger),
  );
  let iteration = 0;
  const iterate = async (count: number) => {
    for (const end = iteration + count; iteration < end; iteration++)
      await scenario.iterate(session, iteration);
  };
  const snapshots: EvidenceMessage['snapshots'][number][] = [];
  const look = async (): Promise<Inventory> => {
    await scenario.waitForIdle?.(session);
    await settle(trial.options);
    const inventory = takeInventory(iteration, ledger.live());
    await send({ type: 'phase', phase: 'heap snapshot' });
    snapshots.push({ path: takeSnapshot(directory, iteration), iteration });
    return inventory;
  };

  progress.phase = 'warm-up';
  await iterate(course.skip);
  // What only the first look sets up is then there before the look that counts.
  await scenario.waitForIdle?.(session);
  await settle(trial.options);
  takeInventory(iteration, ledger.live());
  ledger.closeEmitters();
  progress.phase = 'iteration';
  const start = await look();
  const [first, second] = partsOf(course.iterations);
  await iterateWithin(first, course, iterate);
  const middle = await look();
  await iterateWithin(second, course, iterate);
  const end = await look();

  progress.phase = 'teardown';
  await scenario.teardown?.(session);
  await target.finish();
  return { type: 'evidence', snapshots, resources: keptResources(start, middle, end) };
}

function partsOf(iterations: number): readonly [number, number] {
  const first = Math.max(1, Math.round(iterations * FIRST_PART));
  return [first, Math.max(1, iterations - first)];
}

/** Iterates until the part is done, or has taken its half of the time or of the heap. */
async function iterateWithin(
  part: number,
  { growth, time }: Pick<EvidenceCourse, 'growth' | 'time'>,
  iterate: (count: number) => Promise<void>,
): Promise<void> {
  const begin = performance.now();
  const heap = getHeapStatistics().used_heap_size;
  const chunk = Math.max(1, Math.ceil(part / LOOKS));
  for (let done = 0; done < part; done += chunk) {
    await iterate(Math.min(chunk, part - done));
    if (performance.now() - begin > time / 2 || hasGrown(heap, growth / 2)) return;
  }
}

/** Garbage counts only where it may decide. */
function hasGrown(heap: Bytes, growth: Bytes): boolean {
  if (getHeapStatistics().used_heap_size - heap < growth) return false;
  globalThis.gc?.();
  return getHeapStatistics().used_heap_size - heap >= growth;
}
