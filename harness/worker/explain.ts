import { getHeapStatistics } from 'node:v8';
import { takeInventory } from '../ledger/inventory.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Bytes, Iterations } from '../model.ts';
import { forgetLogged, keepObjectIds } from '../probes/inspector.ts';
import type { Notes } from '../scenario.ts';
import type { Send } from './drive.ts';
import { LiveAllocations } from './live-allocations.ts';
import { openTrial } from './open-trial.ts';
import type { Progress } from './progress.ts';
import type { EvidenceCourse, Task } from './protocol.ts';
import { settle } from './settle.ts';
import { ShortTimers } from './short-timers.ts';
import { plainSnapshots, trackedSnapshots } from './snapshots.ts';
import { ThreadSnapshots } from './thread-snapshot.ts';

/**
 * Warm-up goes through the same code as the rest, so that nothing of it is loaded between two looks, however long it takes. A heap that has
 * grown by so much has begun to leak, though, and more of it would only make snapshots slow.
 */
const WARM_UP = { growth: 32 * 2 ** 20, time: Number.POSITIVE_INFINITY };

type Explain = Extract<Task, { readonly type: 'explain' }>;

/** Share of the iterations that lie before the middle snapshot: halves of one length would fall in step with what comes and goes. */
const FIRST_PART = 0.45;
/** Timers of this duration at most are waited for before a snapshot. */
const MOST_WAIT = 1000;
/** Times per part that its limits are looked at. */
const LOOKS = 20;

/**
 * Warms up, then takes three inventories of what is open, three heap snapshots, and with each a sample of who allocated what is alive, a
 * known number of iterations apart, one more such sample between the latter two, and hands each over at once: what is kept of them here would look like something that grows. Nothing is
 * measured, so it may cost what it costs. Returns the scenario's figures.
 */
export async function explain(
  { trial, directory, course }: Explain,
  signal: AbortSignal,
  progress: Progress,
  send: Send,
): Promise<Notes> {
  const takeSnapshot = course.allocationStacks ? trackedSnapshots() : plainSnapshots;
  const threads = new ThreadSnapshots();
  keepObjectIds();
  const ledger = new Ledger();
  ledger.open();
  const { scenario, target, session } = await openTrial(trial, directory, signal, progress, send, opened =>
    opened.tellOwners?.(ledger),
  );
  const allocations = course.allocationStacks ? undefined : new LiveAllocations();
  let iteration = 0;
  const iterate = async (count: number) => {
    progress.awaits = 'iterate';
    for (const end = iteration + count; iteration < end; iteration++) {
      progress.iteration = iteration - progress.warmup;
      await scenario.iterate(session, iteration);
    }
    progress.awaits = undefined;
    const from = `the iterations from ${iteration} on`;
    await send({ type: 'phase', phase: progress.phase === 'warm-up' ? progress.phase : from });
  };
  const timers = new ShortTimers();
  const rest = async () => {
    progress.awaits = 'waitForIdle';
    await scenario.waitForIdle?.(session);
    progress.awaits = undefined;
    await timers.expire(MOST_WAIT);
    forgetLogged();
    await settle(trial.options);
  };
  const tellAllocations = async () => {
    const alive = allocations?.read(iteration);
    if (alive) await send({ type: 'allocations', allocations: alive });
  };
  const look = async () => {
    await rest();
    await tellAllocations();
    await send({ type: 'inventory', inventory: takeInventory(iteration, ledger.live()) });
    await send({ type: 'phase', phase: 'a heap snapshot' });
    await send({ type: 'snapshot', iteration, path: takeSnapshot(directory, iteration) });
    const ofThread = await threads.take(directory, iteration);
    if (ofThread) await send({ type: 'thread-snapshot', iteration, ...ofThread });
    await send({ type: 'phase', phase: `the iterations from ${iteration} on` });
  };

  progress.phase = 'warm-up';
  await send({ type: 'phase', phase: 'warm-up' });
  const begin = performance.now();
  await iterateWithin(course.skip, WARM_UP, iterate);
  allocations?.gauge(iteration, performance.now() - begin);
  // What only a first look sets up is then there before the one that counts.
  await rest();
  await send({ type: 'rehearsal' });
  takeInventory(iteration, ledger.live());
  ledger.closeEmitters();
  allocations?.begin(course);

  progress.phase = 'iteration';
  progress.warmup = iteration;
  await look();
  const [first, second] = partsOf(course.iterations);
  const done = await iterateWithin(first, { ...course, growth: course.firstGrowth }, iterate);
  await look();
  const remaining = second + first - done;
  const half = { growth: course.growth / 2, time: course.time / 2 };
  const halfway = await iterateWithin(Math.ceil(remaining / 2), half, iterate);
  collectGarbage();
  await tellAllocations();
  await iterateWithin(remaining - halfway, half, iterate);
  await look();

  progress.phase = 'teardown';
  const notes = await scenario.teardown?.(session);
  await target.finish();
  return notes ?? {};
}

function partsOf(iterations: Iterations): readonly [Iterations, Iterations] {
  const first = Math.max(1, Math.round(iterations * FIRST_PART));
  return [first, Math.max(1, iterations - first)];
}

/** Iterates until the part is done, or its time is up, or the heap has grown enough; returns how many iterations it did. */
async function iterateWithin(
  part: Iterations,
  { growth, time }: Pick<EvidenceCourse, 'growth' | 'time'>,
  iterate: (count: number) => Promise<void>,
): Promise<Iterations> {
  const begin = performance.now();
  const heap = getHeapStatistics().used_heap_size;
  const chunk = Math.max(1, Math.ceil(part / LOOKS));
  let done = 0;
  while (done < part && performance.now() - begin < time && !hasGrown(heap, growth)) {
    const count = Math.min(chunk, part - done);
    await iterate(count);
    done += count;
  }
  return done;
}

/** Garbage counts only where it may decide. */
function hasGrown(heap: Bytes, growth: Bytes): boolean {
  if (getHeapStatistics().used_heap_size - heap < growth) return false;
  collectGarbage();
  return getHeapStatistics().used_heap_size - heap >= growth;
}

/** Of what was logged, too, as far as nothing else holds it. */
function collectGarbage(): void {
  forgetLogged();
  globalThis.gc?.();
}
