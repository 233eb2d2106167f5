import type { Point } from './point.ts';
import { median } from './quantile.ts';

/** Readings whose median is the level at the end of a doubling. */
const LEVEL_READINGS = 3;
/** Of a leap, the share by which the readings after it may fall below the level before it. */
const LEAP_SLACK = 0.1;
/** A leap brings at least this share of the one before it. */
const NEXT_LEAP = 1 / 2;

/**
 * Whether the readings rose by leaps, as a container does that doubles its store: over three doublings of the
 * run each brought more than the allowance and at least half of what the one before it brought, and nothing
 * was given back.
 */
export function leaps(points: readonly Point[], allowance: number): boolean {
  const end = points.at(-1)?.iteration ?? 0;
  const parts = [8, 4, 2, 1].map((share, place, shares) =>
    points.filter(
      ({ iteration }) =>
        iteration <= end / share && iteration > end / (shares[place - 1] ?? Number.POSITIVE_INFINITY),
    ),
  );
  // Worker threads may be silent for a while.
  if (parts.some(part => part.length === 0)) return false;
  const levels = parts.map(part => median(part.slice(-LEVEL_READINGS).map(({ value }) => value)));
  const floors = parts.map(part => Math.min(...part.map(({ value }) => value)));
  const rises = levels.slice(1).map((level, place) => level - (levels[place] ?? 0));
  return rises.every((rise, place) => {
    const width = end / 2 ** (rises.length - place);
    const held = (floors[place + 1] ?? 0) >= (levels[place] ?? 0) - rise * LEAP_SLACK;
    return held && rise > allowance * width && rise >= (rises[place - 1] ?? 0) * NEXT_LEAP;
  });
}
