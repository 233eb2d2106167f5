import { leaps } from './leaps.ts';
import { lateHalf, netGrowth, type Point, span, tallestTooth } from './point.ts';
import { pairwiseSlopes, pointsNeeded, robustSlope, type Slope } from './slope.ts';
import { bytesSlowDown } from './slowing-bytes.ts';
import { type Stray, strayOf } from './stray.ts';

/**
 * What became of a size: `flat`: below the allowance; `grows`: above it to the end; `filling`: above it, but
 * slowing down; `unclear`: the interval spans the allowance; `unread`: too few readings for an interval.
 */
export type ByteState = 'flat' | 'grows' | 'filling' | 'unclear' | 'unread';

export interface ByteGrowth {
  readonly state: ByteState;
  /** The readings that `slope` was taken from. */
  readonly judged: readonly Point[];
  readonly slope: Slope;
  /** Of the late half alone. */
  readonly late: Slope;
  /**
   * Flat for no other reason than that it may as well have shrunk, and may have gained little beside what it
   * gained before, or beside its swings.
   */
  readonly within?: Stray;
}

export interface ByteRule {
  /** Bytes per iteration that are accepted. */
  readonly allowance: number;
  readonly confidence: number;
  /** Iterations before the first reading. */
  readonly warmup: number;
  /** The run was prolonged three times or more, so that growth by leaps can be told from growth that ends. */
  readonly long?: boolean;
  /** The run can be looked at no closer: what is known of it now has to do. */
  readonly ends?: boolean;
  /** Whether growth by leaps is growth; default: yes. */
  readonly leaps?: boolean;
}

/**
 * Judges the readings of a size in bytes. The late half decides, so that what grew before and stopped is no
 * leak. The whole run, whose interval is narrower, decides where the late half cannot and its own slope
 * agrees. The first of these that holds is the answer:
 *
 * 1. flat: the late half is below the allowance, and comes to rest
 * 2. grows: a long run rose by leaps
 * 3. flat: a long run that ends strays, and may as well have shrunk
 * 4. grows, or filling where it slows down: the late half is above the allowance, or the whole is and the
 * late half's own slope agrees
 * 5. flat: the whole is below and the late half's own slope agrees, or all stays in its band, and it comes to rest
 * 6. unclear
 *
 * @param points at least two.
 */
export function growthOfBytes(points: readonly Point[], rule: ByteRule): ByteGrowth {
  const { growth, byLeaps } = growthSoFar(points, rule);
  const slows = growth.state === 'grows' && !byLeaps && bytesSlowDown(points);
  return slows ? { ...growth, state: 'filling' } : growth;
}

/** The pairwise slopes of readings, or of the late half of them. */
export type SlopesOf = (points: readonly Point[]) => Float64Array;

/** Whether a size is called growing or filling; which of them costs most of the time and is not looked into. */
export function hasGrown(points: readonly Point[], rule: ByteRule, slopesOf: SlopesOf): boolean {
  return growthSoFar(points, rule, slopesOf).growth.state === 'grows';
}

/** The judgement before it is asked whether growth slows down, which growth by leaps need not answer. */
function growthSoFar(
  points: readonly Point[],
  rule: ByteRule,
  slopesOf: SlopesOf = pairwiseSlopes,
): { readonly growth: ByteGrowth; readonly byLeaps?: true } {
  const { allowance, confidence } = rule;
  const estimate = (judged: readonly Point[]) => ({
    judged,
    slope: robustSlope(judged, confidence, slopesOf(judged)),
  });
  const whole = estimate(points);
  const needed = pointsNeeded(confidence);
  if (points.length < needed) return { growth: { state: 'unread', ...whole, late: whole.slope } };

  const half = lateHalf(points, rule.warmup);
  const late = half.length < needed ? whole : estimate(half);
  const [wholeIs, lateIs] = [place(whole.slope, allowance), place(late.slope, allowance)];
  const as = (state: ByteState, wanted: Place) => ({
    growth: { state, ...(wholeIs === wanted ? whole : late), late: late.slope },
  });

  const rests = comesToRest(points, half, allowance);
  if (late !== whole && lateIs === 'below' && rests) return as('flat', 'below');
  if (rule.long && rule.leaps !== false && leaps(points, rule))
    return { ...as('grows', 'above'), byLeaps: true };
  const isLastWord = late !== whole && rule.long && rule.ends;
  const within = isLastWord && rests && lateIs === 'spans' && strayOf(late, points, wholeIs === 'above');
  if (within) return { growth: { ...late, state: 'flat', late: late.slope, within } };
  if (lateIs === 'above' || (wholeIs === 'above' && late.slope.slope > allowance))
    return as('grows', 'above');
  const flat = (wholeIs === 'below' && late.slope.slope < allowance) || staysInBand(points, half, allowance);
  return as(flat && rests ? 'flat' : 'unclear', flat ? 'below' : 'spans');
}

type Place = 'below' | 'above' | 'spans';

function place({ low, high }: Slope, allowance: number): Place {
  if (high <= allowance) return 'below';
  return low > allowance ? 'above' : 'spans';
}

/** Whether the late half, from the reading before it on, added no more than it may, or than it gave back. */
function comesToRest(points: readonly Point[], late: readonly Point[], allowance: number): boolean {
  const from = points.slice(Math.max(0, points.length - late.length - 1));
  return netGrowth(from) <= allowance * span(from) + tallestTooth(from);
}

/** Whether neither the floor nor the ceiling of the readings rose by more than it may from one half to the other. */
function staysInBand(points: readonly Point[], half: readonly Point[], allowance: number): boolean {
  const early = points.slice(0, -half.length).map(({ value }) => value);
  const late = half.map(({ value }) => value);
  const may = (allowance * span(points)) / 2;
  return Math.min(...late) - Math.min(...early) <= may && Math.max(...late) - Math.max(...early) <= may;
}
