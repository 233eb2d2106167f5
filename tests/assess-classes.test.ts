import { describe, expect, test } from 'vitest';
import { assessClasses } from '../harness/assess-classes.ts';
import type { ClassCount, HeapTable } from '../harness/model.ts';

const RULE = { allowance: 16, confidence: 0.99, warmup: 50, end: 8148 };
/** Snapshots at the begin, the middle and the end of three stages that follow the planned one. */
const TABLES = [2037, 3007, 4074, 6111, 8148, 12_000, 16_393];
const ENDS = [0, 2037, 4074, 8148, 16_393];

describe('a class', () => {
  test('of which one object is kept in a hundred iterations has grown, at that rate', () => {
    const [found] = assessed({ 'Object {path}': n => count(300 + Math.floor(n / 100)) });
    expect(found).toMatchObject({ state: 'grows', metric: { name: 'class.Object {path}', kind: 'exact' } });
    expect(found?.estimate.slope).toBeCloseTo(0.01, 3);
  });

  test('that moves by a few objects has not', () => {
    expect(assessed({ string: n => count(11_700 + (n % 4)) })).toEqual([]);
  });

  test('that filled up in the second stage has not', () => {
    expect(assessed({ Entry: n => count(Math.min(n, 3500)) })).toEqual([]);
  });

  test('that rises once by chance has not', () => {
    expect(assessed({ Entry: n => count(n > 8148 ? 1000 : 200) })).toEqual([]);
  });

  test('that has been counted three times is only said to have grown', () => {
    const tables = tablesOf({ Entry: n => count(n) }).slice(0, 3);
    expect(assessClasses(tables, ENDS, { ...RULE, end: 4074 })[0]?.state).toBe('unread');
  });
});

describe('a store', () => {
  test('that grows by half when it is full has grown, in bytes', () => {
    const [found] = assessed({ 'array store': n => ({ count: 5, bytes: 4000 + 8 * capacity(n) }) });
    expect(found).toMatchObject({ state: 'grows', metric: { unit: 'B' } });
  });

  test('of a container that is full has not', () => {
    expect(
      assessed({ 'array store': n => ({ count: 5, bytes: 4000 + 8 * capacity(Math.min(n, 4000)) }) }),
    ).toEqual([]);
  });

  test('that gave back what it took has not', () => {
    const sawtooth = (n: number) => ({ count: 5, bytes: 4000 + (n === 6111 ? 0 : n) });
    expect(assessed({ 'table store': sawtooth })).toEqual([]);
  });
});

test('the fastest twelve of many growing classes are kept', () => {
  const classes = Object.fromEntries(
    Array.from({ length: 20 }, (_, nth) => [`Class${nth}`, (n: number) => count(n * (nth + 1))]),
  );
  const found = assessed(classes);
  expect(found).toHaveLength(12);
  expect(found[0]?.metric.name).toBe('class.Class19');
});

type Growth = (iteration: number) => ClassCount;

function assessed(classes: { readonly [name: string]: Growth }) {
  return assessClasses(tablesOf(classes), ENDS, { ...RULE, end: 16_393 });
}

function tablesOf(classes: { readonly [name: string]: Growth }): HeapTable[] {
  return TABLES.map(iteration => ({
    iteration,
    classes: Object.fromEntries(Object.entries(classes).map(([name, growth]) => [name, growth(iteration)])),
  }));
}

function count(objects: number): ClassCount {
  return { count: objects, bytes: objects * 32 };
}

/** Of an array that has taken n numbers, as V8 grows it: by half and sixteen. */
function capacity(n: number): number {
  let slots = 17;
  while (slots < n) slots = slots + Math.floor(slots / 2) + 16;
  return slots;
}
