import type { Change, Comparison, Metric } from '../../harness/model.ts';

/** A metric beside its base, whose difference is known to 2. */
export function comparison(metric: Metric, change: Change, slope: number, base: number): Comparison {
  const difference = slope - base;
  return { metric, slope, base, difference, low: difference - 2, high: difference + 2, change };
}
