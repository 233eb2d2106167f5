import type { Metric } from './metric.ts';

/*
 * Names of metrics, and what can be told of a metric by itself. The measured process takes types only from
 * the model, so as to load none of it: it spells the names out.
 */

/** The heap of the main thread after collection. */
export const HEAP_USED = 'heap.used';
export const HEAP_EXTERNAL = 'heap.external';
export const HEAP_ARRAY_BUFFERS = 'heap.arrayBuffers';
/** Worker threads that are alive. */
export const WORKERS = 'workers';
/** What worker threads have gained on heaps of their own. */
export const HEAP_WORKERS = 'heap.workers';
export const NATIVE_MEMORY = 'memory.native';

const CLASS = 'class.';

type Named = Pick<Metric, 'name'>;

export function isHeap({ name }: Named): boolean {
  return name === HEAP_USED;
}

/** Memory outside the heap that V8 knows of. */
export function isOffHeap({ name }: Named): boolean {
  return name === HEAP_EXTERNAL || name === HEAP_ARRAY_BUFFERS;
}

/** Native memory: bytes as the system counts them. */
export function isNative({ kind }: Pick<Metric, 'kind'>): boolean {
  return kind === 'pages';
}

export function isPopulation({ name }: Named): boolean {
  return name === 'population';
}

/** Whether it counts the live instances of a watched class. */
export function isWatched({ name }: Named): boolean {
  return name.startsWith('instances.');
}

/** The metric that counts the objects of a class in heap snapshots. */
export function classMetric(name: string, unit: string): Metric {
  return { name: `${CLASS}${name}`, unit, kind: 'exact' };
}

/** Whether it counts the objects of a class in heap snapshots. */
export function isClass({ name }: Named): boolean {
  return name.startsWith(CLASS);
}

/** Of a metric that counts the objects of a class in heap snapshots, the class; undefined for every other. */
export function className(metric: Named): string | undefined {
  return isClass(metric) ? metric.name.slice(CLASS.length) : undefined;
}

/** Whether it is in bytes; so many objects of a class called `B` have another unit. */
export function isInBytes({ unit }: Pick<Metric, 'unit'>): boolean {
  return unit === 'B';
}

/**
 * Whether it sums up the stores of containers in heap snapshots, the one class that is told by its bytes: no
 * other metric in bytes is exact.
 */
export function isContainerStore({ kind, unit }: Pick<Metric, 'kind' | 'unit'>): boolean {
  return kind === 'exact' && isInBytes({ unit });
}

/**
 * Timers, immediates, handles, descriptors, listeners, contexts, worker threads: what the runtime or the
 * system holds open, one by one.
 */
export function isResource(metric: Metric): boolean {
  return metric.kind === 'exact' && !isPopulation(metric) && !isClass(metric) && !isWatched(metric);
}
