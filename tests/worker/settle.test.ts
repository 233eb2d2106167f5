import { describe, expect, test } from 'vitest';
import { settle, settleCoarsely } from '../../harness/worker/settle.ts';

const OPTIONS = { settleTries: 8, settleTolerance: 1_000_000 };

describe('settle()', () => {
  test('collects what nothing holds any more', async () => {
    const dropped = new WeakRef(bulky());
    await settle(OPTIONS);
    expect(dropped.deref()).toBeUndefined();
  });

  test('runs finalizers, and collects what they let go', async () => {
    const registry = new FinalizationRegistry((held: unknown[]) => held.splice(0));
    const held: unknown[] = [bulky()];
    const released = new WeakRef(held[0] as object);
    registry.register(bulky(), held);
    await settle(OPTIONS);
    expect(held).toEqual([]);
    expect(released.deref()).toBeUndefined();
  });

  test('lets immediates run first, so that one collection takes what they let go', async () => {
    const released = heldByImmediate();
    await settle({ ...OPTIONS, settleTries: 1 });
    expect(released.deref()).toBeUndefined();
  });

  test('says when two readings agree, and when they never do', async () => {
    expect(await settle({ settleTries: 8, settleTolerance: 1e9 })).toBe(true);
    expect(await settle({ settleTries: 8, settleTolerance: -1 })).toBe(false);
  });
});

describe('settleCoarsely()', () => {
  test('lets immediates run first, so that its one collection takes what they let go', async () => {
    const released = heldByImmediate();
    await settleCoarsely();
    expect(released.deref()).toBeUndefined();
  });
});

function heldByImmediate(): WeakRef<object> {
  const held = [bulky()];
  setImmediate(() => held.pop());
  return new WeakRef(held[0] as object);
}

function bulky(): object {
  return { content: Array.from({ length: 1000 }, (_, index) => ({ index })) };
}
