import { expect, test } from 'vitest';
import { heldOfLateHalf } from '../../harness/judge/held.ts';
import type { HeapTable } from '../../harness/model.ts';

const RULE = { warmup: 0, end: 8000 };

test('what is held is what has become more of old objects since they were fewest in the late half', () => {
  const held = heldOfLateHalf(tables([0, 900, 900, 1400, 1000, 1200]), RULE);
  expect(held).toEqual({ objects: 200, iterations: 1000, bytesPerIteration: (200 * 32) / 1000 });
});

test('objects and bytes are each counted from when they were fewest', () => {
  const [objects, bytes] = [
    [0, 900, 900, 1000, 990, 1000],
    [0, 9000, 9000, 9000, 49_000, 49_000],
  ];
  expect(heldOfLateHalf(tables(objects, bytes), RULE)).toEqual({
    objects: 10,
    iterations: 1000,
    bytesPerIteration: 40_000 / 2000,
  });
});

test('stores of containers count by how much they grew', () => {
  const store = (bytes: number) => ({ 'array store': { count: 1, bytes, seen: 1 } });
  const grown = tables([0, 900, 900, 900, 900, 900]).map((table, place) => ({
    ...table,
    classes: store(1000 * place),
  }));
  expect(heldOfLateHalf(grown, RULE)).toMatchObject({ objects: 0, bytesPerIteration: 2000 / 4000 });
});

test('nothing is known before two snapshots of the late half, or without one at the end', () => {
  const all = tables([0, 900, 900, 1400, 1000, 1200]);
  expect(heldOfLateHalf([...all.slice(0, 3), ...all.slice(-1)], RULE)).toBeUndefined();
  expect(heldOfLateHalf(all.slice(0, -1), RULE)).toBeUndefined();
  expect(heldOfLateHalf([], RULE)).toBeUndefined();
});

/** Snapshots of which each had so much been seen by an earlier one. */
function tables(objects: readonly number[], bytes = objects.map(count => count * 32)): HeapTable[] {
  return [2000, 2500, 3000, 4000, 5000, 8000].map((iteration, place) => ({
    iteration,
    newest: iteration,
    classes: {},
    seen: { count: objects[place] ?? 0, bytes: bytes[place] ?? 0 },
  }));
}
