import type { Metric } from './model.ts';

const CLASS = 'class.';

/** The metric that counts the objects of a class in heap snapshots. */
export function classMetric(name: string, unit: string): Metric {
  return { name: `${CLASS}${name}`, unit, kind: 'exact' };
}

/** Whether it counts the objects of a class in heap snapshots. */
export function isClass({ name }: Pick<Metric, 'name'>): boolean {
  return name.startsWith(CLASS);
}

/** Of a metric that counts the objects of a class, the class. */
export function className(metric: Metric): string | undefined {
  return isClass(metric) ? metric.name.slice(CLASS.length) : undefined;
}
