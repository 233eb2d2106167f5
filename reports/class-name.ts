import type { Metric } from '../harness/model.ts';

const CLASS = 'class.';

/** Of a metric that counts the objects of a class in heap snapshots, the class; undefined for every other. */
export function className({ name }: Pick<Metric, 'name'>): string | undefined {
  return name.startsWith(CLASS) ? name.slice(CLASS.length) : undefined;
}
