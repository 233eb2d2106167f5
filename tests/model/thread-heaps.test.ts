import { expect, test } from 'vitest';
import { mostThreads, type Series, threadHeaps } from '../../harness/model.ts';

function series(name: string, values: readonly number[]): Series {
  return {
    metric: { name, unit: '', kind: 'exact' },
    points: values.map((value, place) => ({ iteration: place, value })),
  };
}

test('heaps of threads are read, or were not though there were threads, or there was no thread', () => {
  expect(threadHeaps([series('workers', [0, 4, 17]), series('heap.workers', [0, 900])])).toBe('read');
  const threads = series('workers', [0, 17, 17]);
  expect(threadHeaps([threads])).toBe('unread');
  // Without a thread there is nothing to read: 0.
  expect(threadHeaps([threads, series('heap.workers', [0])])).toBe('unread');
  expect(threadHeaps([series('workers', [0, 0]), series('heap.workers', [0, 0])])).toBe('none');
  expect(threadHeaps([])).toBe('none');
});

test('of the threads the most that were alive count', () => {
  expect(mostThreads([series('workers', [0, 17, 4])])).toBe(17);
  expect(mostThreads([])).toBe(0);
});
