import { getHeapStatistics } from 'node:v8';
import { takeInventory } from '../ledger/inventory.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Bytes, Iterations, TrialOptions } from '../model.ts';
import { forgetLogged, keepObjectIds } from '../probes/inspector.ts';
import type { Notes } from '../scenario.ts';
import { now } from './clock.ts';
import { takeSnapshot as takePlainSnapshot } from './heap-snapshot.ts';
import { IterationLoop } from './iteration-loop.ts';
import { LiveAllocations } from './live-allocations.ts';
import { openTrial, type TrialContext } from './open-trial.ts';
import { enterPhase } from './progress.ts';
import type { EvidencePlan } from './protocol.ts';
import { recordKeptWith, tellAllocations } from './record-kept.ts';
import { settle } from './settle.ts';
import { BEFORE_SNAPSHOT, ShortTimers } from './short-timers.ts';
import { ThreadSnapshots } from './thread-snapshot.ts';
import { trackedSnapshots } from './tracked-snapshots.ts';

/**
 * Warm-up goes through the same code as the rest, so that nothing of it is loaded between two recordings, however
 * long it takes. A heap that has grown by so much has begun to leak, though, and more of it would only make
 * snapshots slow.
 */
const WARM_UP = { growth: 32 * 2 ** 20, time: Number.POSITIVE_INFINITY };

/**
 * Share of the iterations that lie before the middle snapshot: halves of one length would fall in step with
 * what comes and goes.
 */
const FIRST_PART = 0.45;
/** Times per part that its limits are checked. */
const LIMIT_CHECKS = 20;
/**
 * Warms up, then records three times what is kept, a known number of iterations apart, and once more who
 * allocated it between the latter two. Nothing is measured, so it may cost what it costs. Returns the
 * scenario's figures.
 */
export async function explain(context: TrialContext, plan: EvidencePlan): Promise<Notes> {
  const { trial, directory, progress, send } = context;
  const takeSnapshot = plan.allocationStacks ? trackedSnapshots() : takePlainSnapshot;
  keepObjectIds();
  const ledger = new Ledger();
  ledger.open();
  const threads = new ThreadSnapshots();
  const { subject, close } = await openTrial(context, target => target.tellOwners?.(ledger));
  const allocations = plan.allocationStacks ? undefined : new LiveAllocations();
  const record = recordKeptWith({ takeSnapshot, directory, ledger, allocations, threads, send });
  const loop = new IterationLoop(subject, context);
  const iterate = (count: number) => loop.iterate(count);
  const rest = resting(loop, trial.options);

  await enterPhase('warm-up', progress, send);
  const begin = now();
  await iterateWithin(plan.skip, WARM_UP, iterate);
  allocations?.gauge(loop.done, now() - begin);
  // What only a first recording sets up is then there before the one that counts.
  await rest();
  await send({ type: 'rehearsal' });
  takeInventory(loop.done, ledger.live());
  ledger.closeEmitters();
  allocations?.begin(plan);

  loop.beginMeasured();
  const restAndRecord = async () => {
    // In a turn of the loop the inspector takes note of all objects every 50 ms, and V8 forgets the stacks of
    // those that move after that: young ones, which a collection moves to where they stay.
    if (plan.allocationStacks) collectGarbage();
    await rest();
    await record(loop.done);
  };
  await restAndRecord();
  const [first, second] = partsOf(plan.iterations);
  const early = await iterateWithin(first, { ...plan, growth: plan.firstGrowth }, iterate);
  await restAndRecord();
  const remaining = second + first - early;
  const half = { growth: plan.growth / 2, time: plan.time / 2 };
  const halfway = await iterateWithin(Math.ceil(remaining / 2), half, iterate);
  collectGarbage();
  await tellAllocations(allocations, loop.done, send);
  await iterateWithin(remaining - halfway, half, iterate);
  await restAndRecord();
  return close();
}

/** Comes to rest as before a sample. */
function resting(loop: IterationLoop, options: TrialOptions): () => Promise<void> {
  const timers = new ShortTimers();
  return async () => {
    await loop.waitForIdle();
    await timers.expire(BEFORE_SNAPSHOT);
    forgetLogged();
    await settle(options);
  };
}

function partsOf(iterations: Iterations): readonly [Iterations, Iterations] {
  const first = Math.max(1, Math.round(iterations * FIRST_PART));
  return [first, Math.max(1, iterations - first)];
}

/**
 * Iterates until the part is done, or its time is up, or the heap has grown enough; returns how many
 * iterations it did.
 */
async function iterateWithin(
  part: Iterations,
  { growth, time }: Pick<EvidencePlan, 'growth' | 'time'>,
  iterate: (count: number) => Promise<void>,
): Promise<Iterations> {
  const begin = now();
  const heap = getHeapStatistics().used_heap_size;
  const chunk = Math.max(1, Math.ceil(part / LIMIT_CHECKS));
  let done = 0;
  while (done < part && now() - begin < time && !hasGrown(heap, growth)) {
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
