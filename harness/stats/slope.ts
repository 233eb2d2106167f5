import { normalQuantile } from './normal.ts';
import { netGrowth, type Point, span } from './point.ts';
import { quantileOfSorted } from './quantile.ts';
import { scoreVariance, serialInflation } from './trend.ts';

/** Growth per iteration and the interval that holds it. */
export interface Slope {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Median of the slopes of all pairs of points, with Sen's interval (Theil 1950; Sen 1968, section 6): the
 * pairwise slopes at the ranks (N -+ z sqrt(V)) / 2, where V is the variance of the Mann-Kendall score, ties
 * counted. The interval is the set of slopes that a Mann-Kendall test of the detrended readings would not
 * reject. It assumes readings whose deviations from the line are exchangeable; `inflation` widens V where
 * they are not (see `serialInflation`).
 *
 * With fewer points than `pointsNeeded` the interval is the range of all pairwise slopes and holds less than it says.
 * @param slopes `pairwiseSlopes` of the points, where they are known.
 * @throws {RangeError} if there are fewer than two points.
 */
export function theilSen(
  points: readonly Point[],
  confidence: number,
  inflation = 1,
  slopes = pairwiseSlopes(points),
): Slope {
  const z = normalQuantile((1 + confidence) / 2);
  const reach = z * Math.sqrt(scoreVariance(points.map(({ value }) => value)) * inflation);
  const last = slopes.length - 1;
  const low = Math.max(0, Math.round((slopes.length - reach) / 2) - 1);
  const high = Math.min(last, Math.round((slopes.length + reach) / 2));
  const slope = quantileOfSorted(slopes, 0.5);
  return { slope, low: slopes[low] ?? slope, high: slopes[high] ?? slope };
}

/**
 * Theil-Sen with an interval widened for readings that resemble their neighbours.
 * @param slopes `pairwiseSlopes` of the points, where they are known.
 */
export function robustSlope(
  points: readonly Point[],
  confidence: number,
  slopes = pairwiseSlopes(points),
): Slope {
  const inflation = serialInflation(residuals(points, quantileOfSorted(slopes, 0.5)));
  return theilSen(points, confidence, inflation, slopes);
}

/** The slope alone. */
export function medianSlope(points: readonly Point[]): number {
  return quantileOfSorted(pairwiseSlopes(points), 0.5);
}

/** Readings less their line through the origin. */
export function residuals(points: readonly Point[], slope: number): number[] {
  return points.map(({ iteration, value }) => value - slope * iteration);
}

/**
 * How far readings stray from the straight line through the first and the last, both ways together: of counts
 * that grow in batches by less than two of them, of what swings by no less than the swing.
 */
export function unevenness(points: readonly Point[]): number {
  const strays = residuals(points, netGrowth(points) / span(points));
  return Math.max(...strays) - Math.min(...strays);
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

/** Slopes of all pairs of points, ascending. A line added to the points adds its own slope to each of them. */
export function pairwiseSlopes(points: readonly Point[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let place = 0;
  for (const [index, to] of points.entries()) {
    for (let before = 0; before < index; before++) {
      const from = points[before] ?? to;
      slopes[place++] = (to.value - from.value) / (to.iteration - from.iteration);
    }
  }
  return slopes.sort();
}
