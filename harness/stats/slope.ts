import { normalQuantile } from './normal.ts';
import type { Point } from './point.ts';
import { median } from './quantile.ts';
import { scoreVariance, serialInflation } from './trend.ts';

/** Growth per iteration and the interval that holds it. */
export interface Slope {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Median of the slopes of all pairs of points, with Sen's interval (Theil 1950; Sen 1968, section 6): the pairwise slopes
 * at the ranks (N -+ z sqrt(V)) / 2, where V is the variance of the Mann-Kendall score, ties counted. The interval is the
 * set of slopes that a Mann-Kendall test of the detrended readings would not reject. It assumes readings whose deviations
 * from the line are exchangeable; `inflation` widens V where they are not (see `serialInflation`).
 *
 * With fewer points than `pointsNeeded` the interval is the range of all pairwise slopes and holds less than it says.
 * @throws {RangeError} if there are fewer than two points.
 */
export function theilSen(points: readonly Point[], confidence: number, inflation = 1): Slope {
  const slopes = pairwiseSlopes(points);
  const z = normalQuantile((1 + confidence) / 2);
  const reach = z * Math.sqrt(scoreVariance(points.map(({ value }) => value)) * inflation);
  const last = slopes.length - 1;
  const low = Math.max(0, Math.round((slopes.length - reach) / 2) - 1);
  const high = Math.min(last, Math.round((slopes.length + reach) / 2));
  const slope = median(slopes);
  return { slope, low: slopes[low] ?? slope, high: slopes[high] ?? slope };
}

/** Theil-Sen with an interval widened for readings that resemble their neighbours. */
export function robustSlope(points: readonly Point[], confidence: number): Slope {
  return theilSen(points, confidence, serialInflation(residuals(points, medianSlope(points))));
}

/** The slope alone. */
export function medianSlope(points: readonly Point[]): number {
  return median(pairwiseSlopes(points));
}

/** Readings less their line through the origin. */
export function residuals(points: readonly Point[], slope: number): number[] {
  return points.map(({ iteration, value }) => value - slope * iteration);
}

/**
 * Fewest points for which an interval of this confidence exists: n points in perfect order have the probability 2/n!
 * without any trend.
 */
export function pointsNeeded(confidence: number): number {
  let n = 2;
  for (let orders = 2; 2 / orders > 1 - confidence; orders *= n) n++;
  return n;
}

/** Ascending. */
function pairwiseSlopes(points: readonly Point[]): number[] {
  const slopes: number[] = [];
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) {
      slopes.push((to.value - from.value) / (to.iteration - from.iteration));
    }
  }
  return slopes.sort((a, b) => a - b);
}
