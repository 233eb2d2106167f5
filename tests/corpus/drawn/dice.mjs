import { below } from '../random.mjs';

/** A number from `low` to `high`, as likely to be between 10 and 20 as between 100 and 200. */
export function scaled(low, high, dice) {
  return low * (high / low) ** dice();
}

/** The same, a whole number. */
export function between(low, high, dice) {
  return Math.round(scaled(low, high, dice));
}

export function oneOf(choices, dice) {
  return choices[below(choices.length, dice)];
}

/** So many of them, none twice. */
export function some(choices, count, dice) {
  const left = [...choices];
  return Array.from({ length: count }, () => left.splice(below(left.length, dice), 1)[0]);
}
