/** One reading: `iteration` on the x axis, `value` on the y axis. Series are ordered by iteration, no two alike. */
export interface Point {
  readonly iteration: number;
  readonly value: number;
}

/**
 * The readings of the late half of all iterations, warm-up included: the part of a run that decides. A
 * container that grows by doubling has to show a step there.
 */
export function lateHalf(points: readonly Point[], warmup: number): readonly Point[] {
  const begin = lateHalfBegin(points.at(-1)?.iteration ?? 0, warmup);
  return points.filter(({ iteration }) => iteration >= begin);
}

/** The iteration at which the late half begins of a run that ends at `end`. */
export function lateHalfBegin(end: number, warmup: number): number {
  return (end - warmup) / 2;
}

/** Iterations from the first reading to the last. */
export function span(points: readonly Point[]): number {
  return (points.at(-1)?.iteration ?? 0) - (points[0]?.iteration ?? 0);
}

/** Last reading less the first. */
export function netGrowth(points: readonly Point[]): number {
  return (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0);
}

/** What was added from a reading to the next, and over how many iterations. */
export interface Step {
  readonly rise: number;
  readonly width: number;
}

/** Of all neighbouring readings. */
export function steps(points: readonly Point[]): readonly Step[] {
  return points.slice(1).map((point, index) => {
    const previous = points[index] ?? point;
    return { rise: point.value - previous.value, width: point.iteration - previous.iteration };
  });
}

/**
 * Height of the tallest rise that was given back: of a sawtooth its amplitude, of readings that never fall 0.
 * Growth below it may be one more tooth.
 */
export function tallestTooth(points: readonly Point[]): number {
  return Math.max(...teeth(points));
}

/** Of each reading, how much of it was a rise that was given back. */
function teeth(points: readonly Point[]): number[] {
  const lowestFrom = points.map(({ value }) => value);
  for (let index = lowestFrom.length - 2; index >= 0; index--)
    lowestFrom[index] = Math.min(lowestFrom[index] ?? 0, lowestFrom[index + 1] ?? 0);
  let lowest = Number.POSITIVE_INFINITY;
  return points.map(({ value }, index) => {
    lowest = Math.min(lowest, value);
    return value - Math.max(lowest, lowestFrom[index] ?? 0);
  });
}

/** Height of the tallest rise that was given back or of the deepest fall that was made up for, whichever is more. */
export function widestSwing(points: readonly Point[]): number {
  return Math.max(tallestTooth(points), tallestTooth(upsideDown(points)));
}

/** Of each reading, the rise that was given back or, where those are deeper, less the fall that was made up for. */
export function swings(points: readonly Point[]): number[] {
  const [rises, falls] = [teeth(points), teeth(upsideDown(points))];
  return Math.max(...rises) >= Math.max(...falls) ? rises : falls.map(fall => -fall);
}

function upsideDown(points: readonly Point[]): Point[] {
  return points.map(({ iteration, value }) => ({ iteration, value: -value }));
}

/** Height of the deepest fall, made up for or not: of readings that never fall 0, and no less than the widest swing. */
export function deepestFall(points: readonly Point[]): number {
  let [highest, deepest] = [Number.NEGATIVE_INFINITY, 0];
  for (const { value } of points) {
    highest = Math.max(highest, value);
    deepest = Math.max(deepest, highest - value);
  }
  return deepest;
}

/** At most so many of the points, spread evenly, the first and the last among them. */
export function thinned(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const kept = new Set(
    Array.from({ length: most }, (_, place) => Math.round((place * (points.length - 1)) / (most - 1))),
  );
  return points.filter((_, index) => kept.has(index));
}
