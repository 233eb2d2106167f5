import { describe, expect, test } from 'vitest';
import { keptResources } from '../../harness/evidence/kept-resources.ts';
import type { Inventory, ResourceGroup } from '../../harness/worker/protocol.ts';

const FRAME = { file: 'file:///shop/poll.js', line: 7, column: 5, function: 'poll' };
const TIMERS: ResourceGroup = {
  kind: 'timer',
  noun: 'interval',
  details: [60_000],
  key: 'interval 1',
  frames: [FRAME],
  count: 0,
};

/** Inventories after 10, 30 and 110 iterations with so many timers in each. */
function inventories(
  counts: readonly [number, number, number],
  group: Partial<ResourceGroup> = {},
): [Inventory, Inventory, Inventory] {
  const after = (iteration: number, count: number) => ({
    iteration,
    groups: count > 0 ? [{ ...TIMERS, ...group, count }] : [],
  });
  return [after(10, counts[0]), after(30, counts[1]), after(110, counts[2])];
}

describe('what is kept', () => {
  test('is exact where both parts keep the same whole number per iteration', () => {
    expect(keptResources(...inventories([5, 65, 305]))).toEqual([
      {
        kind: 'timer',
        name: 'interval of 60,000 ms',
        noun: 'interval',
        perIteration: 3,
        exact: true,
        created: [FRAME],
      },
    ]);
  });

  test('is not exact where the parts differ, or where it is rarer than the iterations', () => {
    expect(keptResources(...inventories([0, 50, 300]))[0]).toMatchObject({ perIteration: 3, exact: false });
    expect(keptResources(...inventories([0, 2, 10]))[0]).toMatchObject({ perIteration: 0.1, exact: false });
  });

  test('is one where timers of one place whose times differ by magnitudes both became more', () => {
    const at = (iteration: number): Inventory => ({
      iteration,
      groups: [
        { ...TIMERS, key: 'interval 3', details: [900], count: iteration },
        { ...TIMERS, key: 'interval 5', details: [60_000], count: 2 * iteration },
        { ...TIMERS, key: 'interval 5 b', frames: [{ ...FRAME, line: 9 }], count: iteration },
      ],
    });
    expect(
      keptResources(at(0), at(10), at(20)).map(({ name, perIteration }) => [name, perIteration]),
    ).toEqual([
      ['interval of 900 to 60,000 ms', 3],
      ['interval of 60,000 ms', 1],
    ]);
  });

  test('is told apart by the line of the program and its caller, however deep in a package it is made', () => {
    const inPackage = [1, 2].map(line => ({ ...FRAME, file: 'node_modules/p/index.js', line }));
    const [x, y, main] = ['x', 'y', 'main'].map(name => ({ ...FRAME, file: `/src/${name}.js` }));
    const group = (key: string, count: number, own: typeof FRAME, caller: typeof FRAME) => ({
      ...TIMERS,
      key,
      count,
      details: [900],
      frames: [...inPackage, own, main!, caller],
    });
    const at = (iteration: number): Inventory => ({
      iteration,
      groups: [
        group('a', 3 * iteration, x!, x!),
        group('b', 2 * iteration, x!, y!),
        group('c', 4 * iteration, x!, main!),
        group('d', iteration, y!, y!),
      ],
    });
    const kept = keptResources(at(0), at(10), at(20));
    expect(kept.map(({ name, perIteration }) => [name, perIteration])).toEqual([
      ['interval of 900 ms', 9],
      ['interval of 900 ms', 1],
    ]);
    expect(kept[0]?.created.at(-1)?.file).toBe('/src/main.js');
  });

  test('may begin after the middle', () => {
    expect(keptResources(...inventories([2, 2, 12]))[0]).toMatchObject({ perIteration: 0.1 });
  });

  test('is nothing where the end has no more than the middle, or the middle less than the start', () => {
    expect(keptResources(...inventories([0, 30, 30]))).toEqual([]);
    expect(keptResources(...inventories([30, 10, 40]))).toEqual([]);
  });

  test('is told by what brings other things with it: threads first, listeners last', () => {
    const kinds = [
      ['listener', 'listener of "close" on Socket', 9],
      ['timer', 'interval', 1],
      ['handle', 'message port', 3],
      ['handle', 'worker thread', 2],
    ] as const;
    const at = (iteration: number): Inventory => ({
      iteration,
      groups: kinds.map(([kind, noun, rate]) => ({
        ...TIMERS,
        kind,
        noun,
        details: [],
        key: noun,
        count: rate * iteration,
      })),
    });
    const names = keptResources(at(10), at(30), at(110)).map(({ name }) => name);
    expect(names).toEqual(['worker thread', 'message port', 'interval', 'listener of "close" on Socket']);
  });

  describe('of one place that gives it names', () => {
    const listeners = (nouns: readonly string[], count = 1, frames = [FRAME]): ResourceGroup[] =>
      nouns.map(noun => ({
        ...TIMERS,
        kind: 'listener',
        noun: `listener of "${noun}" on EventEmitter`,
        collective: 'listener on EventEmitter',
        details: [],
        key: noun,
        frames,
        count,
      }));
    const replies = (count: number) => Array.from({ length: count }, (_, place) => `reply:${place}`);
    const inventory = (iteration: number, groups: readonly ResourceGroup[]) => ({ iteration, groups });

    test('is one thing where these are ever new', () => {
      const [start, middle, end] = [10, 30, 110].map(iteration =>
        inventory(iteration, listeners(replies(iteration / 10))),
      );
      expect(keptResources(start!, middle!, end!)).toEqual([
        {
          kind: 'listener',
          name: 'listener on EventEmitter',
          noun: 'listener on EventEmitter',
          perIteration: 0.1,
          exact: false,
          created: [FRAME],
        },
      ]);
    });

    test('stays apart where they are always the same', () => {
      const events = ['open', 'data', 'error', 'close'];
      const kept = keptResources(
        inventory(10, listeners(events, 10)),
        inventory(30, listeners(events, 30)),
        inventory(110, listeners(events, 110)),
      );
      expect(kept.map(({ name }) => name)).toEqual(
        events.map(event => `listener of "${event}" on EventEmitter`),
      );
    });

    test('stays apart where the place is unknown', () => {
      const kept = keptResources(
        inventory(10, []),
        inventory(30, []),
        inventory(110, listeners(replies(5), 1, [])),
      );
      expect(kept).toHaveLength(5);
    });
  });

  test('is told apart by key, and has its owner', () => {
    const [start, middle, end] = inventories([1, 1, 1]);
    const others = [
      { ...TIMERS, key: 'interval 2', count: 100 },
      { ...TIMERS, key: 'timeout 1', noun: 'timeout', count: 50 },
      { ...TIMERS, key: 'owned', owner: { label: 'auto:zones', undoes: 'a fix' }, count: 200 },
    ];
    const kept = keptResources(start, middle, { ...end, groups: [...end.groups, ...others] });
    expect(kept.map(({ perIteration }) => perIteration)).toEqual([2, 1, 0.5]);
    expect(kept[0]?.owner).toEqual({ label: 'auto:zones', undoes: 'a fix' });
  });

  test('is named by its times or its path', () => {
    const nameOf = (group: Partial<ResourceGroup>) =>
      keptResources(...inventories([0, 1, 2], group))[0]?.name;
    expect(nameOf({ noun: 'timeout', details: [5, 60, 31] })).toBe('timeout of 5 to 60 ms');
    expect(nameOf({ kind: 'descriptor', noun: 'file', details: ['/a'] })).toBe('file /a');
    expect(nameOf({ kind: 'descriptor', noun: 'file', details: ['/a', '/b'] })).toBe('file such as /a');
    expect(nameOf({ kind: 'handle', noun: 'tcp socket', details: [] })).toBe('tcp socket');
  });
});
