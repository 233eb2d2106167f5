import type { ClassCount } from '../model.ts';
import { classNames } from './snapshot/class-names.ts';
import type { Snapshot } from './snapshot/read-snapshot.ts';

export type HeapClasses = { readonly [name: string]: ClassCount };

/**
 * Counts what a heap snapshot holds by class: objects by constructor and, plain ones, by the names of their properties;
 * functions by name; strings, closure contexts, numbers, and the backing stores of arrays, maps and dictionaries. Code, and what
 * V8 keeps for itself, is left out. Unlike `v8.queryObjects` this also sees objects without a prototype and all that is no object.
 */
export function heapClasses(snapshot: Snapshot): HeapClasses {
  const classes = classNames(snapshot);
  const counts: { count: number; bytes: number }[] = [];
  for (let node = 0; node < snapshot.nodeCount; node++) {
    const known = classes.of(node);
    if (known === undefined) continue;
    counts[known] ??= { count: 0, bytes: 0 };
    counts[known].count++;
    counts[known].bytes += snapshot.sizes[node] ?? 0;
  }
  return Object.fromEntries(counts.map((count, known) => [classes.names[known], count]));
}
