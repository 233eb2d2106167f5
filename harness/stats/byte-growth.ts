import { lateHalf, netGrowth, type Point, span, steps, tallestTooth, widestSwing } from './point.ts';
import { median } from './quantile.ts';
import { medianSlope, pairwiseSlopes, pointsNeeded, residuals, robustSlope, type Slope } from './slope.ts';

/**
 * What became of a size: `flat`: below the allowance; `grows`: above it to the end; `filling`: above it, but slowing down;
 * `unclear`: the interval spans the allowance; `unread`: too few readings for an interval.
 */
export type ByteState = 'flat' | 'grows' | 'filling' | 'unclear' | 'unread';

export interface ByteGrowth {
  readonly state: ByteState;
  /** The readings that `slope` was taken from. */
  readonly judged: readonly Point[];
  readonly slope: Slope;
  /** Of the late half alone. */
  readonly late: Slope;
  /** Flat for no other reason than that it may as well have shrunk, and may have gained little beside what it gained before, or beside its swings. */
  readonly within?: 'share' | 'swing';
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

/** A last stretch that grows at less than this share of the pace before has slowed down, */
const SLOWED = 1 / 2;
/** provided that the paces differ by this many standard errors. */
const SIGNIFICANT = 4;
/** Median size of a standard normal variable. */
const NORMAL_MEDIAN = 0.6745;
/** Readings whose median is the level at the end of a doubling. */
const LEVEL_READINGS = 3;
/** Of a leap, the share by which the readings after it may fall below the level before it. */
const LEAP_SLACK = 0.1;
/** Share of what a size gained before that it may have gained over the late half of a run at whose end nothing better can be said, */
const SMALL_SHARE = 1 / 20;
/** or of its widest swing there, */
const SHARE_OF_SWING = 3 / 4;
/** as far as that is no more than so many standard deviations: one reading that stands out is no swing. */
const WIDEST = 3;
/** Readings of the shortest last stretch that is looked at. */
const LEAST_STRETCH = 3;

/**
 * Judges the readings of a size in bytes. The late half decides, so that what grew before and stopped is no leak. The whole
 * run, whose interval is narrower, decides where the late half cannot and its own slope agrees.
 * @param points at least two.
 */
export function growthOfBytes(points: readonly Point[], rule: ByteRule): ByteGrowth {
  const { growth, byLeaps } = growthSoFar(points, rule);
  const slows = growth.state === 'grows' && !byLeaps && slowsDown(points);
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
  if (rule.long && rule.leaps !== false && leaps(points, allowance))
    return { ...as('grows', 'above'), byLeaps: true };
  const isLastWord = late !== whole && rule.long && rule.ends;
  const within = isLastWord && rests && lateIs === 'spans' && strayOf(late, points, wholeIs);
  if (within) return { growth: { ...late, state: 'flat', late: late.slope, within } };
  if (lateIs === 'above' || (wholeIs === 'above' && late.slope.slope > allowance))
    return as('grows', 'above');
  const flat = (wholeIs === 'below' && late.slope.slope < allowance) || staysInBand(points, half, allowance);
  return as(flat && rests ? 'flat' : 'unclear', flat ? 'below' : 'spans');
}

/**
 * What is replaced at random, or built and dropped in turns, never comes to rest: a full cache whose entries differ in size strays to the
 * end. That it has not grown since can be said of it, and up to how much: by less than it strays. That is a share of what it gained when it
 * filled up, where it strays slowly, or of its swings, unless the whole run grew for certain. Of noise that is independent from reading to
 * reading the widest swing is some four standard deviations, and the interval of 40 readings reaches two beyond the growth that was found.
 */
function strayOf(
  { judged, slope }: Pick<ByteGrowth, 'judged' | 'slope'>,
  points: readonly Point[],
  wholeIs: Place,
): ByteGrowth['within'] {
  if (slope.low > 0) return undefined;
  const gained = median(judged.map(({ value }) => value)) - (points[0]?.value ?? 0);
  const most = slope.high * span(judged);
  if (most <= SMALL_SHARE * gained) return 'share';
  return wholeIs !== 'above' && most <= swingOf(judged, slope) ? 'swing' : undefined;
}

/** Three quarters of the widest swing, of as many standard deviations from the line as noise swings by at most. */
function swingOf(judged: readonly Point[], { slope }: Slope): number {
  const from = residuals(judged, slope);
  const middle = median(from);
  const deviation = median(from.map(residual => Math.abs(residual - middle))) / NORMAL_MEDIAN;
  return Math.min(SHARE_OF_SWING * widestSwing(judged), WIDEST * deviation);
}

type Place = 'below' | 'above' | 'spans';

function place({ low, high }: Slope, allowance: number): Place {
  if (high <= allowance) return 'below';
  return low > allowance ? 'above' : 'spans';
}

/**
 * Whether the readings rose by leaps, as a container does that doubles its store: over three doublings of the run each brought
 * more than the allowance and at least half of what the one before it brought, and nothing was given back.
 */
function leaps(points: readonly Point[], allowance: number): boolean {
  const end = points.at(-1)?.iteration ?? 0;
  const parts = [8, 4, 2, 1].map((share, place, shares) =>
    points.filter(
      ({ iteration }) =>
        iteration <= end / share && iteration > end / (shares[place - 1] ?? Number.POSITIVE_INFINITY),
    ),
  );
  // Worker threads may be silent for a while.
  if (parts.some(part => part.length === 0)) return false;
  const levels = parts.map(part => median(part.slice(-LEVEL_READINGS).map(({ value }) => value)));
  const floors = parts.map(part => Math.min(...part.map(({ value }) => value)));
  const rises = levels.slice(1).map((level, place) => level - (levels[place] ?? 0));
  return rises.every((rise, place) => {
    const width = end / 2 ** (rises.length - place);
    const held = (floors[place + 1] ?? 0) >= (levels[place] ?? 0) - rise * LEAP_SLACK;
    return held && rise > allowance * width && rise >= (rises[place - 1] ?? 0) * SLOWED;
  });
}

/**
 * Whether some last stretch, up to half of the readings, grew at a clearly lower pace than the readings before it. The last reading must be as
 * far below their line as that makes it: one reading that stands out turns the pace of a short stretch, and leaves the last where it was.
 */
function slowsDown(points: readonly Point[]): boolean {
  const noise = scatter(points);
  for (let length = LEAST_STRETCH; length <= points.length / 2; length++) {
    const before = points.slice(0, 1 - length);
    const after = points.slice(-length);
    const [fast, slow] = [medianSlope(before), medianSlope(after)];
    const error = noise * Math.sqrt(1 / dispersion(before) + 1 / dispersion(after));
    const isSlower = slow < fast * SLOWED && fast - slow > SIGNIFICANT * error;
    if (isSlower && shortOf(fast, before, points) >= (1 - SLOWED) * fast * span(after)) return true;
  }
  return false;
}

/** How far the last reading lies below the line of those before. */
function shortOf(slope: number, before: readonly Point[], points: readonly Point[]): number {
  const [last = 0] = residuals(points.slice(-1), slope);
  return median(residuals(before, slope)) - last;
}

/**
 * Standard deviation of single readings, whatever their trend: from the median distance of a reading from the chord between its
 * neighbours, which bends and jumps do not move. Of normal noise s, and a chord that weighs them a and 1 - a, that distance has the
 * deviation s sqrt(1 + a^2 + (1 - a)^2).
 */
function scatter(points: readonly Point[]): number {
  const all = steps(points);
  const bends = all.slice(1).map((after, index) => {
    const before = all[index] ?? after;
    const weight = before.width / (before.width + after.width);
    const bend = before.rise - weight * (before.rise + after.rise);
    return Math.abs(bend) / Math.sqrt(1 + weight ** 2 + (1 - weight) ** 2);
  });
  return median(bends) / NORMAL_MEDIAN;
}

/** Sum of the squared distances of the iterations from their mean. */
function dispersion(points: readonly Point[]): number {
  const mean = points.reduce((sum, { iteration }) => sum + iteration, 0) / points.length;
  return points.reduce((sum, { iteration }) => sum + (iteration - mean) ** 2, 0);
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
