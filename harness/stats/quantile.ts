/**
 * Sample quantile of type 7: linear between the order statistics (Hyndman and Fan 1996, definition 7).
 * @param values in any order; left as they are.
 * @param p 0 to 1.
 * @throws {RangeError} if there are no values.
 */
export function quantile(values: readonly number[], p: number): number {
  return quantileOfSorted(
    values.toSorted((a, b) => a - b),
    p,
  );
}

/** The same of values that ascend. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) {
    throw new RangeError(
      'Cannot take a quantile as there must be at least one value: current number of values is 0',
    );
  }
  return below + (above - below) * (place - Math.floor(place));
}

/** @throws {RangeError} if there are no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
