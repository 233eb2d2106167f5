export interface Share {
  readonly low: number;
  readonly high: number;
}

/** Halvings after which a bracket within 0 to 1 is as narrow as its numbers allow. */
const HALVINGS = 60;

/**
 * Exact interval of the share behind `hits` of `runs` (Clopper and Pearson 1934): the shares that neither
 * tail of the binomial distribution rejects.
 * @throws {RangeError} unless 0 <= hits <= runs.
 */
export function exactShare(hits: number, runs: number, confidence: number): Share {
  if (!(hits >= 0 && hits <= runs))
    throw new RangeError(
      `Cannot take a share as hits must lie between 0 and the ${runs} runs: current value is ${hits}`,
    );
  const tail = (1 - confidence) / 2;
  return {
    low: hits === 0 ? 0 : crossing(share => upperTail(hits, runs, share) > tail),
    high: hits === runs ? 1 : crossing(share => lowerTail(hits, runs, share) < tail),
  };
}

/** Where, from 0 to 1, what did not hold begins to hold. */
function crossing(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Probability of so many hits or more. */
function upperTail(hits: number, runs: number, share: number): number {
  let sum = 0;
  for (let count = hits; count <= runs; count++) sum += probability(count, runs, share);
  return sum;
}

/** Probability of so many hits or fewer. */
function lowerTail(hits: number, runs: number, share: number): number {
  let sum = 0;
  for (let count = 0; count <= hits; count++) sum += probability(count, runs, share);
  return sum;
}

/** By logarithms: the coefficients of a thousand runs exceed every number. */
function probability(hits: number, runs: number, share: number): number {
  let logarithm = hits * Math.log(share) + (runs - hits) * Math.log1p(-share);
  for (let factor = 1; factor <= hits; factor++) logarithm += Math.log((runs - hits + factor) / factor);
  return Math.exp(logarithm);
}
