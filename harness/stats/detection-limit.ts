import { type ByteRule, growthOfBytes } from './byte-growth.ts';
import { type CountRule, growthOfCount } from './count-growth.ts';
import type { Point } from './point.ts';
import { residuals } from './slope.ts';

/*
 * The limit is found by planting: growth is added to the readings of the run itself and put before the very rule that
 * called them steady, more of it until the rule calls it a leak.
 */

/** Arrangements of the residuals in which planted growth must be caught, at most. */
const ARRANGEMENTS = 40;
/** Width of the bracket at which the search for the limit ends. */
const PRECISION = 0.01;

/**
 * Smallest growth per iteration that would have been called a leak. The residuals of the run are laid over the planted
 * line anew from every starting point, forwards and backwards, so that their likeness to their neighbours is kept while
 * their chance place is not; the limit must be caught in all of these arrangements.
 * @param points readings that `growthOfBytes` calls flat.
 */
export function byteLimit(points: readonly Point[], rule: ByteRule): number {
  const { judged, slope } = growthOfBytes(points, rule);
  const noise = residuals(judged, slope.slope);
  const arrangements = arrange(noise, points.length);
  const isCaught = (planted: number) =>
    arrangements.every(arranged => growthOfBytes(plant(points, planted, arranged), rule).state === 'grows');
  return smallest(isCaught, Math.max(rule.allowance, 1));
}

/**
 * Largest number of iterations that may lie between two kept things so that they would still have been called a leak, at
 * four phases, with the last reading lower by half the slack; 0 where not even one in every iteration would.
 * @param points readings that `growthOfCount` calls flat.
 */
export function countLimit(points: readonly Point[], rule: CountRule): number {
  const isCaught = (every: number) =>
    [0, 0.25, 0.5, 0.75].every(phase => {
      const planted = points.map(({ iteration, value }, index) => {
        const error = index === points.length - 1 ? rule.slack / 2 : 0;
        return { iteration, value: value + Math.floor(iteration / every + phase) - error };
      });
      return growthOfCount(planted, rule).state === 'grows';
    });
  return largest(isCaught, rule.end);
}

function plant(points: readonly Point[], slope: number, noise: readonly number[]): Point[] {
  return points.map(({ iteration }, index) => ({
    iteration,
    value: slope * iteration + (noise[index] ?? 0),
  }));
}

/** `noise` repeated to `length`, from evenly spread starting points, each also backwards. */
function arrange(noise: readonly number[], length: number): number[][] {
  const starts = Math.min(noise.length, ARRANGEMENTS / 2);
  return Array.from({ length: starts }, (_, place) => {
    const start = Math.floor((place * noise.length) / starts);
    return Array.from({ length }, (_, index) => noise[(start + index) % noise.length] ?? 0);
  }).flatMap(arranged => [arranged, arranged.toReversed()]);
}

/** Bisects between a multiple of `from` that holds and one that does not, or `from` itself. */
function smallest(holds: (value: number) => boolean, from: number): number {
  let high = from;
  while (!holds(high) && high < Number.MAX_SAFE_INTEGER) high *= 2;
  let low = high / 2;
  while (high - low > high * PRECISION) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Largest whole number up to `limit` that holds, taking it that all smaller ones do; 0 if 1 does not. */
function largest(holds: (value: number) => boolean, limit: number): number {
  let [low, high] = [0, limit + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
