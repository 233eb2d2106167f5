import { netGrowth, type Point, span, steps, tallestTooth } from './point.ts';
import { unevenness } from './slope.ts';

/** Readings without which growth cannot be seen to go on, or to have ended. */
export const LEAST_READINGS = 4;
/** Steps from which on one of them may be a batch. */
export const MANY_STEPS = 6;
/** A stretch that brings less than this share of what was promised has slowed down, */
const SLOWED_GAIN = 3 / 4;
/** provided that what is missing exceeds the slack by this many standard deviations of a random count. */
const MISSING = 3.3;
/** Share of the steps that the longest last stretch has. */
const LONGEST_STRETCH = 4 / 5;

/**
 * Whether some last stretch, up to four fifths of the steps, brought clearly less than the readings before it
 * promised. What lies before the first growth promises nothing. A leak may come in batches and beneath a
 * sawtooth: a batch and a tooth at either end may always be missing.
 */
export function countSlowsDown(points: readonly Point[], slack: number): boolean {
  const first = steps(points).findIndex(({ rise }) => rise > 0);
  const growing = points.slice(Math.max(0, first));
  const rises = steps(growing).map(({ rise }) => rise);
  const largest = rises.length < MANY_STEPS ? 0 : Math.max(...rises);
  const teeth = 2 * tallestTooth(points);
  for (let length = 1; length <= rises.length * LONGEST_STRETCH; length++) {
    const before = growing.slice(0, -length);
    const after = growing.slice(-1 - length);
    const promised = (netGrowth(before) / span(before)) * span(after);
    const chance = slack + 1 + MISSING * Math.sqrt(Math.max(0, promised));
    const batch = Math.min(largest, unevenness(before));
    const least = Math.max(promised * (1 - SLOWED_GAIN), chance, batch) + teeth;
    if (promised - netGrowth(after) > least) return true;
  }
  return false;
}
