import { takeInventory } from '../ledger/inventory.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Iterations } from '../model.ts';
import type { TakeSnapshot } from './heap-snapshot.ts';
import type { LiveAllocations } from './live-allocations.ts';
import type { Send } from './protocol.ts';
import type { ThreadSnapshots } from './thread-snapshot.ts';
import type { TakeTrackedSnapshot } from './tracked-snapshots.ts';

interface RecordingTools {
  readonly takeSnapshot: TakeSnapshot | TakeTrackedSnapshot;
  readonly directory: string;
  readonly ledger: Ledger;
  readonly allocations: LiveAllocations | undefined;
  readonly threads: ThreadSnapshots;
  readonly send: Send;
}

/**
 * Records what is kept, of a subject at rest: a sample of who allocated what is alive, an inventory of what
 * is open, a heap snapshot, and one of a worker thread. Each is handed over at once: what is kept of them
 * here would look like something that grows.
 */
export function recordKeptWith({
  takeSnapshot,
  directory,
  ledger,
  allocations,
  threads,
  send,
}: RecordingTools): (iteration: Iterations) => Promise<void> {
  return async iteration => {
    await tellAllocations(allocations, iteration, send);
    await send({ type: 'inventory', inventory: takeInventory(iteration, ledger.live()) });
    await send({ type: 'phase', phase: 'a heap snapshot' });
    await send({ type: 'snapshot', iteration, path: await takeSnapshot(directory, iteration) });
    const ofThread = await threads.take(directory, iteration);
    if (ofThread) await send({ type: 'thread-snapshot', iteration, ...ofThread });
    await send({ type: 'phase', phase: `the iterations from ${iteration} on` });
  };
}

/** Garbage should have been collected. */
export async function tellAllocations(
  allocations: LiveAllocations | undefined,
  iteration: Iterations,
  send: Send,
): Promise<void> {
  const alive = allocations?.read(iteration);
  if (alive) await send({ type: 'allocations', allocations: alive });
}
