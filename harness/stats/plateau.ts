import type { Point } from './point.ts';

/** A level counts as reached where so small a share of the growth up to it is left: readings stray by a little. */
const NEAR = 1 / 50;

/** Growth that stopped before the part of a run that was found flat. */
interface Levelled {
  /** Iteration of the first reading that had all but reached the level the flat part never fell below. */
  readonly after: number;
  readonly growth: number;
}

/**
 * The growth before the flat part of readings, if it is more than `threshold` and than what that part rises and
 * falls by.
 * @param points at least one.
 * @param flat those of them that were found flat.
 */
export function plateau(
  points: readonly Point[],
  flat: readonly Point[],
  threshold: number,
): Levelled | undefined {
  const values = flat.map(({ value }) => value);
  const [level, highest] = [Math.min(...values), Math.max(...values)];
  const growth = level - (points[0]?.value ?? level);
  const reached = points.find(({ value }) => value >= level - growth * NEAR);
  return reached && growth > Math.max(threshold, highest - level)
    ? { after: reached.iteration, growth }
    : undefined;
}
