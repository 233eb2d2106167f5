import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ACQUIRED, type Acquisition, CleanupPolicy, Scope } from '../../harness/engine/scope.ts';

describe('closing a scope', () => {
  test('runs the cleanups last in, first out, and waits for each', async () => {
    const scope = new Scope();
    const order: string[] = [];
    scope.defer('auto:walk', () => void order.push('first'));
    scope.defer('auto:zones', async () => {
      await Promise.resolve();
      order.push('second');
    });
    await scope.close();
    expect(order).toEqual(['second', 'first']);
  });

  test('runs every cleanup even when one fails, and reports all failures', async () => {
    const scope = new Scope();
    const ran = vi.fn();
    scope.defer('auto:walk', ran);
    scope.defer('auto:walk', () => {
      throw new Error('sync');
    });
    scope.defer('auto:walk', () => Promise.reject(new Error('async')));
    const failure: unknown = await scope.close().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AggregateError);
    expect((failure as AggregateError).errors.map(String)).toEqual(['Error: async', 'Error: sync']);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  test('does nothing the second time', async () => {
    const scope = new Scope();
    const run = vi.fn();
    scope.defer('auto:walk', run);
    await scope.close();
    await scope.close();
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('takes nothing twice when two closings overlap', async () => {
    const scope = new Scope();
    const run = vi.fn(() => Promise.resolve());
    scope.defer('auto:walk', run);
    scope.defer('auto:walk', run);
    await Promise.all([scope.close(), scope.close()]);
    expect(run).toHaveBeenCalledTimes(2);
  });
});

describe('a closed scope', () => {
  test('releases at once what is given to it, and once only', async () => {
    const scope = new Scope();
    await scope.close();
    const run = vi.fn();
    const release = scope.defer('auto:walk', run);
    expect(run).toHaveBeenCalledTimes(1);
    await release();
    await scope.close();
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('is closed to what a cleanup acquires while the others still run', async () => {
    const scope = new Scope();
    const late = vi.fn();
    scope.defer('auto:walk', () => void scope.defer('auto:zones', late));
    await scope.close();
    expect(late).toHaveBeenCalledTimes(1);
  });

  test('hands out the promise of a release that takes its time', async () => {
    const scope = new Scope();
    await scope.close();
    const release = scope.defer('auto:walk', () => Promise.reject(new Error('late')));
    await expect(release()).rejects.toThrow('late');
  });

  test('starts neither a repeated nor a single timer', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const scope = new Scope();
    await scope.close();
    const run = vi.fn();
    scope.every('auto:walk', 10, run);
    scope.after('errors:consolidate', 10, run);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('still leaves out what the build omits', async () => {
    const scope = new Scope(new CleanupPolicy(['auto:zones']));
    await scope.close();
    const run = vi.fn();
    scope.defer('auto:zones', run);
    expect(run).not.toHaveBeenCalled();
  });
});

test('a delay that no timer of Node can take is as long as one can', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const scope = new Scope();
  const run = vi.fn();
  scope.every('auto:walk', 1e12, run);
  scope.after('errors:consolidate', 1e12, run);
  vi.advanceTimersByTime(2 ** 31 - 2);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(2);
});

describe('the release function of one entry', () => {
  test('runs the cleanup once and keeps it from running again at the close', async () => {
    const scope = new Scope();
    const run = vi.fn();
    const release = scope.defer('zone:reload', run);
    await release();
    await release();
    await scope.close();
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('lets the scope forget what was released', async () => {
    const scope = new Scope();
    let held: object | undefined = { big: true };
    const reference = new WeakRef(held);
    const take = (value: object) => scope.defer('zone:reload', () => void value);
    void take(held)();
    held = undefined;
    await new Promise(resolve => setImmediate(resolve));
    globalThis.gc?.();
    expect(reference.deref()).toBeUndefined();
  });

  test('passes the failure of the cleanup on', () => {
    const release = new Scope().defer('zone:reload', () => {
      throw new Error('broken');
    });
    expect(() => release()).toThrow('broken');
  });
});

describe('every', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('ticks until the scope is closed', async () => {
    const scope = new Scope();
    const tick = vi.fn();
    scope.every('auto:walk', 10, tick);
    vi.advanceTimersByTime(35);
    await scope.close();
    vi.advanceTimersByTime(100);
    expect(tick).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('can be stopped before', async () => {
    const scope = new Scope();
    const stop = scope.every('auto:walk', 10, () => {});
    await stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('after', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('runs once, and is then nothing to release any more', async () => {
    const scope = new Scope();
    const run = vi.fn();
    scope.after('errors:consolidate', 10, run);
    vi.advanceTimersByTime(100);
    expect(run).toHaveBeenCalledTimes(1);
    await scope.close();
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('never runs once the scope is closed or it was released', async () => {
    const scope = new Scope();
    const run = vi.fn();
    await scope.after('errors:consolidate', 10, run)();
    scope.after('errors:consolidate', 10, run);
    await scope.close();
    vi.advanceTimersByTime(100);
    expect(run).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a policy', () => {
  test('leaves out the cleanups with an omitted label, at the close and before it', async () => {
    const scope = new Scope(new CleanupPolicy(['auto:zones']));
    const omitted = vi.fn();
    const kept = vi.fn();
    const release = scope.defer('auto:zones', omitted);
    scope.defer('auto:zones', omitted);
    scope.defer('auto:walk', kept);
    await release();
    await scope.close();
    expect(omitted).not.toHaveBeenCalled();
    expect(kept).toHaveBeenCalledTimes(1);
  });

  test('is shared with child scopes', async () => {
    const policy = new CleanupPolicy(['zone:reload']);
    const child = new Scope(policy).child('auto:zones');
    const run = vi.fn();
    child.defer('zone:reload', run);
    await child.close();
    expect(run).not.toHaveBeenCalled();
    expect(policy.unused()).toEqual([]);
  });

  test('names the omitted labels that nothing registered', () => {
    const policy = new CleanupPolicy(['auto:zones', 'reload:watch']);
    new Scope(policy).defer('auto:zones', () => {});
    expect(policy.unused()).toEqual(['reload:watch']);
  });
});

describe('whoever listens on the channel of acquisitions', () => {
  test('hears of each timer with the labels that would release it, innermost first', async () => {
    const heard: Acquisition[] = [];
    const listen = (message: unknown) => void heard.push(message as Acquisition);
    subscribe(ACQUIRED, listen);
    const attempt = new Scope();
    const instance = attempt.child('instance:rollback');
    const zones = instance.child('auto:zones');
    zones.every('zone:reload', 60_000, () => {});
    instance.after('errors:consolidate', 60_000, () => {});
    unsubscribe(ACQUIRED, listen);
    instance.every('auto:walk', 60_000, () => {});
    await zones.close();
    await instance.close();
    expect(heard.map(({ owners }) => owners)).toEqual([
      ['zone:reload', 'auto:zones', 'instance:rollback'],
      ['errors:consolidate', 'instance:rollback'],
    ]);
    expect(heard.map(({ resource }) => resource.constructor.name)).toEqual(['Timeout', 'Timeout']);
  });
});
