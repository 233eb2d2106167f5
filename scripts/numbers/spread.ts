import { median } from '../../harness/stats/quantile.ts';

/** Middle and ends of repeated measurements. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Undefined of nothing; what could not be measured (NaN) is left out. */
export function spreadOf(measured: readonly number[]): Spread | undefined {
  const values = measured.filter(value => !Number.isNaN(value));
  if (values.length === 0) return undefined;
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    count: values.length,
  };
}

/** `2.51 s, median of 50 (2.40 to 2.93 s)`; `none` where nothing was measured. */
export function describeSpread(spread: Spread | undefined, unit: string, digits: number): string {
  if (!spread) return 'none';
  const [median, min, max] = [spread.median, spread.min, spread.max].map(value => value.toFixed(digits));
  return `${median} ${unit}, median of ${spread.count} (${min} to ${max} ${unit})`;
}
