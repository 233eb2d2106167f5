import { queryObjects } from 'node:v8';
import type { Probe } from './probe.ts';

/**
 * Every object of the main context that inherits from `Object.prototype`: instances, arrays, functions, promises, the
 * objects behind files and streams. Clean work leaves the count alone to within a few, a leak moves it by exactly its
 * objects. Blind to primitives in containers, to memory outside the heap, and to objects of other `vm` contexts.
 */
export function populationProbe(): Probe {
  return {
    name: 'population',
    counts: 'all objects that inherit from Object.prototype, functions and arrays too',
    metrics: [{ name: 'population', unit: 'objects', kind: 'exact' }],
    cost: 'costly',
    read: into => {
      into.population = queryObjects(Object, { format: 'count' });
    },
  };
}
