import { normalQuantile } from './normal.ts';

/**
 * Variance of the Mann-Kendall score of a series without trend, ties counted (Kendall 1975, section 4.4):
 * (n(n-1)(2n+5) - sum of t(t-1)(2t+5) over groups of t equal values) / 18.
 */
export function scoreVariance(values: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum - term(size), term(values.length)) / 18;
}

/**
 * How many times larger that variance is because neighbouring readings are alike: the effective sample size
 * of Hamed and Rao (1998, equation 14), from the autocorrelation of the ranks of the trend-free series, of
 * which only the lags that are significant at 95 % count. Never below 1, so that it only ever widens an
 * interval.
 * @param residuals readings less their trend, in order; fewer than 3 give 1. Lags are counted in readings,
 * whose distances may vary but must not drift.
 */
export function serialInflation(residuals: readonly number[]): number {
  const n = residuals.length;
  if (n < 3) return 1;
  const significant = normalQuantile(0.975) / Math.sqrt(n);
  let sum = 0;
  for (const [index, correlation] of autocorrelations(midRanks(residuals)).entries()) {
    const lag = index + 1;
    if (Math.abs(correlation) > significant) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
  }
  return Math.max(1, 1 + (2 * sum) / (n * (n - 1) * (n - 2)));
}

/** At lags 1 to n - 1; all 0 for a constant series. */
function autocorrelations(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map(value => value - mean);
  const scale = product(centred, 0);
  return centred.slice(1).map((_, index) => (scale === 0 ? 0 : product(centred, index + 1) / scale));
}

function product(centred: readonly number[], lag: number): number {
  let sum = 0;
  for (let index = lag; index < centred.length; index++)
    sum += (centred[index] ?? 0) * (centred[index - lag] ?? 0);
  return sum;
}

/** Equal values share the mean of their ranks. */
function midRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map(value => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

function term(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}
