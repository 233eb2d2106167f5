import { NORMAL_MEDIAN } from './normal.ts';
import { type Point, span, steps } from './point.ts';
import { median } from './quantile.ts';
import { medianSlope, residuals } from './slope.ts';

/** A last stretch that grows at less than this share of the pace before has slowed down, */
const SLOWED_PACE = 1 / 2;
/** provided that the paces differ by this many standard errors. */
const SIGNIFICANT = 4;
/** Readings of the shortest last stretch that is looked at. */
const LEAST_STRETCH = 3;

/**
 * Whether some last stretch, up to half of the readings, grew at a clearly lower pace than the readings
 * before it. The last reading must be as far below their line as that makes it: one reading that stands out
 * turns the pace of a short stretch, and leaves the last where it was.
 */
export function bytesSlowDown(points: readonly Point[]): boolean {
  const noise = scatter(points);
  for (let length = LEAST_STRETCH; length <= points.length / 2; length++) {
    const before = points.slice(0, 1 - length);
    const after = points.slice(-length);
    const [fast, slow] = [medianSlope(before), medianSlope(after)];
    const error = noise * Math.sqrt(1 / dispersion(before) + 1 / dispersion(after));
    const isSlower = slow < fast * SLOWED_PACE && fast - slow > SIGNIFICANT * error;
    if (isSlower && shortOf(fast, before, points) >= (1 - SLOWED_PACE) * fast * span(after)) return true;
  }
  return false;
}

/** How far the last reading lies below the line of those before. */
function shortOf(slope: number, before: readonly Point[], points: readonly Point[]): number {
  const [last = 0] = residuals(points.slice(-1), slope);
  return median(residuals(before, slope)) - last;
}

/**
 * Standard deviation of single readings, whatever their trend: from the median distance of a reading from the
 * chord between its neighbours, which bends and jumps do not move. Of normal noise s, and a chord that weighs
 * them a and 1 - a, that distance has the deviation s sqrt(1 + a^2 + (1 - a)^2).
 */
function scatter(points: readonly Point[]): number {
  const all = steps(points);
  const bends = all.slice(1).map((after, index) => {
    const before = all[index] ?? after;
    const weight = before.width / (before.width + after.width);
    const bend = before.rise - weight * (before.rise + after.rise);
    return Math.abs(bend) / Math.sqrt(1 + weight ** 2 + (1 - weight) ** 2);
  });
  return median(bends) / NORMAL_MEDIAN;
}

/** Sum of the squared distances of the iterations from their mean. */
function dispersion(points: readonly Point[]): number {
  const mean = points.reduce((sum, { iteration }) => sum + iteration, 0) / points.length;
  return points.reduce((sum, { iteration }) => sum + (iteration - mean) ** 2, 0);
}
