import type { Metric, Plateau } from '../model.ts';
import { plateau } from '../stats/plateau.ts';
import type { Point } from '../stats/point.ts';

/** Growth that ended before what was found flat, if it exceeds `threshold`. */
export function plateauOf(
  metric: Metric,
  points: readonly Point[],
  flat: readonly Point[],
  threshold: number,
): { readonly plateau?: Plateau } {
  const found = plateau(points, flat, threshold);
  return found ? { plateau: { metric, ...found } } : {};
}
