import { expect, test } from 'vitest';
import { isStore, STORES, storeName } from '../../harness/snapshot/container-stores.ts';

test('the arrays of V8 are stores of arrays, of objects, or of tables', () => {
  expect(['(object elements)', '(object properties)', ''].map(storeName)).toEqual([
    'array store',
    'property store',
    'table store',
  ]);
});

test('a function or a class of such a name is none', () => {
  expect([...STORES].every(isStore)).toBe(true);
  expect(['function store', 'store', 'Data store'].some(isStore)).toBe(false);
});
