import { lateHalf, type Point } from './point.ts';

/** Growth that stopped before the late half of a run. */
export interface Levelled {
  /** Iteration of the first reading that had reached the level the late half never fell below. */
  readonly after: number;
  readonly growth: number;
}

/**
 * The growth before the late half of readings that have been found flat there, if it is more than `threshold`.
 * @param points at least one.
 */
export function plateau(points: readonly Point[], threshold: number, warmup: number): Levelled | undefined {
  const level = Math.min(...lateHalf(points, warmup).map(({ value }) => value));
  const reached = points.find(({ value }) => value >= level);
  const growth = level - (points[0]?.value ?? level);
  return reached && growth > threshold ? { after: reached.iteration, growth } : undefined;
}
