import { netGrowth, type Point, steps, widestSwing } from '../stats/point.ts';
import { medianSlope, unevenness } from '../stats/slope.ts';

/** Share of the growth of old objects that all objects must have grown by as well. */
export const BORNE_OUT = 1 / 2;
/** Share of it that has to come and go for the number at a moment to hide such growth. */
const MAY_HIDE = 1 / 2;

/**
 * Objects that merely are replaced less often than before grow older without becoming more. Where more come
 * and go than old ones grew by, their number at a moment says nothing of that.
 */
export function isBorneOut(staying: readonly Point[], whole: readonly Point[]): boolean {
  return (
    comingAndGoing(whole) > netGrowth(staying) ||
    medianSlope(whole.slice(1)) >= medianSlope(staying) * BORNE_OUT
  );
}

/** Whether enough objects come and go that a longer run might bear old ones out which all of them do not so far. */
export function mayBearOut(staying: readonly Point[], whole: readonly Point[]): boolean {
  return comingAndGoing(whole) > netGrowth(staying) * MAY_HIDE;
}

/**
 * How many objects at least came and went: the widest swing; or, as each of few snapshots may have met fewer,
 * what was lost beside the largest loss, or how unevenly, whichever is less. One loss may be a cache that was
 * trimmed.
 */
function comingAndGoing(whole: readonly Point[]): number {
  // The first snapshot may have met what a run begins with.
  const since = whole.slice(1);
  const losses = steps(since).map(({ rise }) => Math.max(0, -rise));
  const beside = losses.reduce((sum, loss) => sum + loss, 0) - Math.max(...losses);
  return Math.max(widestSwing(whole), Math.min(beside, unevenness(since)));
}
