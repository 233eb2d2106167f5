import { expect, test } from 'vitest';
import {
  classMetric,
  className,
  HEAP_ARRAY_BUFFERS,
  HEAP_EXTERNAL,
  HEAP_USED,
  HEAP_WORKERS,
  isContainerStore,
  isHeap,
  isNative,
  isOffHeap,
  isPopulation,
  isResource,
  isWatched,
  type Metric,
  NATIVE_MEMORY,
} from '../../harness/model.ts';
import { describeProbes } from '../../harness/probes/index.ts';

test('a metric that counts the objects of a class names it, and no other metric does', () => {
  expect(className(classMetric('Object {path, body}', 'objects'))).toBe('Object {path, body}');
  expect(className({ name: 'population' })).toBeUndefined();
  expect(className({ name: 'instances.class.Zone' })).toBeUndefined();
});

test('a class is a store of containers where it is told by its bytes, and nothing that is held open', () => {
  expect(isContainerStore(classMetric('table store', 'B'))).toBe(true);
  expect(isContainerStore(classMetric('Zone', 'Zone'))).toBe(false);
  expect(isResource(classMetric('Zone', 'Zone'))).toBe(false);
});

test('the names are those that the probes spell out', () => {
  const metrics = describeProbes().flatMap(probe => probe.metrics);
  const named = (is: (metric: Metric) => boolean) => metrics.filter(is).map(({ name }) => name);
  expect(named(isHeap)).toEqual([HEAP_USED]);
  expect(named(isOffHeap)).toEqual([HEAP_EXTERNAL, HEAP_ARRAY_BUFFERS]);
  expect(named(({ name }) => name === HEAP_WORKERS)).toEqual([HEAP_WORKERS]);
  expect(named(isNative)).toEqual([NATIVE_MEMORY]);
  expect(named(isPopulation)).toEqual(['population']);
  expect(named(isWatched)).toEqual(['instances.Class']);
  expect(named(isContainerStore)).toEqual([]);
  expect(named(isResource)).toContain('timers');
});
