import { describe, expect, test } from 'vitest';
import { settle } from '../../harness/worker/settle.ts';

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

  test('lets immediates and timers that are due run first', async () => {
    const ran: string[] = [];
    setTimeout(() => ran.push('timer'), 0);
    setImmediate(() => ran.push('immediate'));
    await new Promise(resolve => setImmediate(resolve));
    await settle(OPTIONS);
    expect(ran.sort()).toEqual(['immediate', 'timer']);
  });

  test('says when two readings agree, and when they never do', async () => {
    expect(await settle({ settleTries: 8, settleTolerance: 1e9 })).toBe(true);
    expect(await settle({ settleTries: 8, settleTolerance: -1 })).toBe(false);
  });
});

function bulky(): object {
  return { content: Array.from({ length: 1000 }, (_, index) => ({ index })) };
}
