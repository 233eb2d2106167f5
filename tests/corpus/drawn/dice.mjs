import { below } from '../random.mjs';

/** A whole number from `low` to `high`, as likely to be between 10 and 20 as between 100 and 200. */
export function between(low, high, dice) {
  return Math.round(low * (high / low) ** dice());
}

export function oneOf(choices, dice) {
  return choices[below(choices.length, dice)];
}

/** So many of them, none twice. */
export function some(choices, count, dice) {
  const left = [...choices];
  return Array.from({ length: count }, () => left.splice(below(left.length, dice), 1)[0]);
}
