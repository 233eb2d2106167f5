import {
  ALLOWANCE,
  between,
  doubling,
  END,
  filling,
  leakFrom,
  type Random,
  type Shape,
  sawtooth,
  step,
} from './shapes.ts';

/*
 * What subjects do, at random within bounds: the rows of the table in method.md, "How often it is right".
 */

export type Maker = (random: Random) => Shape;

/** Grows from the start by a rate between these. */
export function leak(least: number, most: number): Maker {
  return random => leakFrom(between(random, least, most), 0);
}

/** Fills up at a share of the run between these. */
export function cache(least: number, most: number): Maker {
  return random => filling(between(random, 100, 500), between(random, least, most) * END);
}

/** Begins to leak at a share of the run between these, by allowances between those. */
export function lateLeak(least: number, most: number, allowances: readonly [number, number]): Maker {
  return random => leakFrom(ALLOWANCE * between(random, ...allowances), between(random, least, most) * END);
}

export const drift = leak(1, 3);

/** Comes to its height and is thrown away every two to eight windows. */
export const saw: Maker = random => {
  const period = 97 * between(random, 2, 8);
  return sawtooth(between(random, 20_000, 200_000), period, random() * period);
};

/** Rises once, at a share of the run between these. */
export function stepAt(least: number, most: number): Maker {
  return random => step(between(random, 20_000, 400_000), between(random, least, most) * END);
}

/** A leak that shows by leaps only. */
export const container: Maker = random => doubling(ALLOWANCE * between(random, 3, 6));
