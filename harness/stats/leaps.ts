import type { Point } from './point.ts';
import { median } from './quantile.ts';

/** Readings whose median is the level at the end of a doubling. */
const LEVEL_READINGS = 3;
/** Of a leap, the share by which the readings after it may fall below the level before it. */
const LEAP_SLACK = 0.1;
/** A leap brings at least this share of the one before it. */
const NEXT_LEAP = 1 / 2;

/**
 * A container that doubles once in a doubling of the run may do so right at its end, before or after the last
 * readings of it: then the doublings of a run that ends a little earlier tell.
 */
const ENDS: readonly number[] = [1, 0.9];

/**
 * Whether the readings rose by leaps, as a container does that doubles its store: over three doublings of the
 * run, counted from the first iteration of its warm-up, each brought more than the allowance and at least half
 * of what the one before it brought, and nothing was given back.
 */
export function leaps(
  points: readonly Point[],
  rule: { readonly allowance: number; readonly warmup: number },
): boolean {
  const end = points.at(-1)?.iteration ?? 0;
  return ENDS.some(share => leapsBefore(share * (end + rule.warmup) - rule.warmup, points, rule));
}

/** What follows `end` must have given nothing back either. A warm-up that is as long as an eighth of the run is not counted. */
function leapsBefore(
  end: number,
  points: readonly Point[],
  { allowance, warmup }: { readonly allowance: number; readonly warmup: number },
): boolean {
  const before = warmup * 8 < end ? warmup : 0;
  const bounds = [8, 4, 2, 1].map(share => (end + before) / share - before);
  const between = (from: number, to: number) =>
    points.filter(({ iteration }) => iteration > from && iteration <= to).map(({ value }) => value);
  const parts = bounds.map((bound, place) => between(bounds[place - 1] ?? Number.NEGATIVE_INFINITY, bound));
  // Worker threads may be silent for a while.
  if (parts.some(part => part.length === 0)) return false;
  const levels = parts.map(part => median(part.slice(-LEVEL_READINGS)));
  const rises = levels.slice(1).map((level, place) => level - (levels[place] ?? 0));
  return rises.every((rise, place) => {
    const [from = 0, to = 0] = bounds.slice(place);
    const until = place === rises.length - 1 ? Number.POSITIVE_INFINITY : to;
    const held = Math.min(...between(from, until)) >= (levels[place] ?? 0) - rise * LEAP_SLACK;
    return held && rise > allowance * (to - from) && rise >= (rises[place - 1] ?? 0) * NEXT_LEAP;
  });
}
