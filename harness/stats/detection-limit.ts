import { scrambled } from '../scrambled.ts';
import { type ByteGrowth, type ByteRule, growthOfBytes, hasGrown, type SlopesOf } from './byte-growth.ts';
import { lateHalf, type Point, swings } from './point.ts';
import { median } from './quantile.ts';
import { pairwiseSlopes, residuals } from './slope.ts';

/*
 * The limit is found by planting: growth is added to the readings of the run itself and put before the very rule that
 * called them flat, more of it until the rule calls them something else.
 */

/**
 * The residuals are taken for larger than they were, as those of few readings, around a line that was fitted
 * to them, are smaller than those of the next run. Chosen so that 95 % of planted limits are caught in
 * simulated noise, if neighbouring readings are not alike (method.md).
 */
const NOISE_MARGIN = 1.5;
/** Arrangements of the residuals in which planted growth must be caught, at most. */
const ARRANGEMENTS = 40;
/** Draws of the places where things are kept, */
const DRAWS = 100;
/** of which so many may go unnoticed: fewer than 5 %, as the largest number is chosen by these draws. */
const DRAWS_MISSED = 2;
/** Width of the bracket at which the search for the limit ends, as a share of the limit. */
const PRECISION = 0.01;

/**
 * Smallest growth per iteration that would have been found: called a leak or, beside a cache that filled up
 * early, growth that slows down. The residuals of the late half are laid over the planted line anew from
 * every starting point, forwards and backwards, so that their likeness to their neighbours is kept while
 * their chance place is not; those before stay, as a run begins where it begins. The limit must be caught in
 * all of these arrangements, and has to make up for what certainly falls to the end.
 * @param points readings that `growthOfBytes` calls flat.
 */
export function byteLimit(points: readonly Point[], rule: ByteRule): number {
  const growth = growthOfBytes(points, rule);
  const seen = residuals(points, growth.slope.slope);
  const noise = aroundMedian(seen).map(residual => residual * NOISE_MARGIN);
  const late = lateHalf(points, rule.warmup).length;
  const early = noise.slice(0, noise.length - late);
  const arrangements = rearranged(noise.slice(-late)).map(arranged => {
    const all = [...early, ...arranged];
    return { all, slopes: remembered(plant(points, 0, all)) };
  });
  const isCaught = (planted: number) =>
    arrangements.every(({ all, slopes }) => hasGrown(plant(points, planted, all), rule, slopes(planted)));
  return smallest(isCaught, Math.max(rule.allowance, 1)) + certainFall(growth);
}

/**
 * Largest number of iterations of which each brings one kept thing, somewhere in between, so that they would
 * have been noticed: in 98 of 100 draws of the places where things are kept and where the count rises and
 * falls, as the largest number is chosen by these draws and others are noticed a little less often; with the
 * last reading too low by `error`. Less than 1, one through their number, where several would have to be kept
 * in every iteration; 0 where none would do, or nothing was read.
 * @param points readings that are flat.
 * @param end last iteration of the run.
 * @param most more is not asked for: where so many may lie between, that is the answer, taking it that fewer may, too.
 */
export function countLimit(
  points: readonly Point[],
  end: number,
  error: number,
  isNoticed: (planted: readonly Point[]) => boolean,
  most = end,
): number {
  if (points.length < 2 || most === 0) return 0;
  const arrangements = swingsRearranged(points, error);
  const isNoticedIn = (readings: readonly Point[], kept: (iteration: number) => number) =>
    isNoticed(
      readings.map(({ iteration, value }, index) => ({
        iteration,
        value: value + kept(iteration) - (index === readings.length - 1 ? error : 0),
      })),
    );
  const isCaughtIn = (draws: number, keptIn: (draw: number) => (iteration: number) => number) => {
    let missed = 0;
    for (let draw = 0; draw < draws && missed <= DRAWS_MISSED; draw++)
      if (!isNoticedIn(arrangements[draw % arrangements.length] ?? points, keptIn(draw))) missed++;
    return missed <= Math.min(DRAWS_MISSED, draws - 1);
  };
  const isCaught = (every: number) => isCaughtIn(DRAWS, draw => keptByBlocks(every, draw));
  if (most < end && isCaught(most)) return most;
  const isCaughtAtOnce = (several: number) =>
    isCaughtIn(arrangements.length, () => iteration => several * iteration);
  return largest(isCaught, end) || 1 / smallestWhole(isCaughtAtOnce);
}

/**
 * Readings whose swings come at other places, forwards or backwards, as the next run has them where chance
 * will, one arrangement for each draw; the readings as they are if no swing is larger than the error.
 */
function swingsRearranged(points: readonly Point[], error: number): readonly (readonly Point[])[] {
  const swung = swings(points);
  if (swung.every(swing => Math.abs(swing) <= error)) return [points];
  return Array.from({ length: DRAWS }, (_, draw) => {
    const start = scrambled(draw, swung.length) % swung.length;
    const turned = [...swung.slice(start), ...swung.slice(0, start)];
    if (draw % 2 === 1) turned.reverse();
    return points.map(({ iteration, value }, index) => ({
      iteration,
      value: value - (swung[index] ?? 0) + (turned[index] ?? 0),
    }));
  });
}

/** How many were kept by an iteration of a leak that keeps one in each block of `every`, as `isPlace` (plant.ts) does. */
function keptByBlocks(every: number, draw: number): (iteration: number) => number {
  const begin = scrambled(draw, every) % every;
  return iteration => {
    const [block, place] = [Math.floor((begin + iteration) / every), (begin + iteration) % every];
    return block + (scrambled(draw, block) % every < place ? 1 : 0);
  };
}

/** By how much the late half falls in each iteration, if the whole or the late half falls for certain. */
function certainFall({ slope, late }: ByteGrowth): number {
  return Math.min(slope.high, late.high) < 0 ? Math.max(0, -late.slope) : 0;
}

function aroundMedian(values: readonly number[]): number[] {
  const middle = median(values);
  return values.map(value => value - middle);
}

/**
 * The pairwise slopes of readings to which a line was added: sorting them, which takes nearly all of the
 * time, is done once.
 */
function remembered(points: readonly Point[]): (planted: number) => SlopesOf {
  const known = new Map<number, Float64Array>();
  return planted =>
    ({ length }) => {
      const slopes = known.get(length) ?? pairwiseSlopes(points.slice(-length));
      known.set(length, slopes);
      return slopes.map(slope => slope + planted);
    };
}

function plant(points: readonly Point[], slope: number, noise: readonly number[]): Point[] {
  return points.map(({ iteration }, index) => ({
    iteration,
    value: slope * iteration + (noise[index] ?? 0),
  }));
}

/** Turned round to evenly spread starting points, each also backwards; once where they are all the same. */
function rearranged(noise: readonly number[]): (readonly number[])[] {
  if (noise.every(value => value === noise[0])) return [noise];
  const starts = Math.min(noise.length, ARRANGEMENTS / 2);
  return Array.from({ length: starts }, (_, place) => {
    const start = Math.floor((place * noise.length) / starts);
    return [...noise.slice(start), ...noise.slice(0, start)];
  }).flatMap(turned => [turned, turned.toReversed()]);
}

/** Bisects between `from` doubled until it holds and its half. */
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

/** Nothing leaks more things than this in an iteration. */
const MOST_AT_A_TIME = 2 ** 20;

/** Smallest whole number that holds, taking it that all larger ones do; infinite where none does. */
function smallestWhole(holds: (value: number) => boolean): number {
  let high = 2;
  while (!holds(high)) {
    if (high >= MOST_AT_A_TIME) return Number.POSITIVE_INFINITY;
    high *= 2;
  }
  return high / 2 + largest(more => !holds(high / 2 + more), high / 2 - 1) + 1;
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
