import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inLanes } from '../harness/lanes.ts';

test('as many items as there are lanes are worked on at once, and results keep the order of the items', async () => {
  let [running, most] = [0, 0];
  const results = await inLanes([30, 1, 20, 1, 1], 2, async delay => {
    most = Math.max(most, ++running);
    await wait(delay);
    running--;
    return delay * 2;
  });
  expect(results).toEqual([60, 2, 40, 2, 2]);
  expect(most).toBe(2);
});

test('a failure ends the work on other items, begins none, and is told when all have ended', async () => {
  const [begun, ended]: [string[], string[]] = [[], []];
  const work = async (item: string, signal: AbortSignal) => {
    begun.push(item);
    if (item === 'bad') throw new Error('no more');
    await wait(60_000, undefined, { signal }).catch(() => {});
    await wait(20);
    ended.push(item);
  };
  await expect(inLanes(['long', 'bad', 'next'], 2, work)).rejects.toThrow('no more');
  expect({ begun, ended }).toEqual({ begun: ['long', 'bad'], ended: ['long'] });
});

test('an abort ends all work, with its reason', async () => {
  const abortion = new AbortController();
  const work = (_: number, signal: AbortSignal) =>
    wait(60_000, undefined, { signal }).catch(() => signal.throwIfAborted());
  const refusal = expect(inLanes([1, 2, 3], 2, work, abortion.signal)).rejects.toThrow('enough');
  abortion.abort(new Error('enough'));
  await refusal;
  await expect(inLanes([1], 1, work, abortion.signal)).rejects.toThrow('enough');
});

test('nothing comes of nothing', async () => {
  expect(await inLanes([], 2, () => Promise.resolve(1))).toEqual([]);
});
