import { lateHalf, netGrowth, type Point, span, steps, tallestTooth, thinned, widestSwing } from './point.ts';
import { pointsNeeded, residuals, robustSlope } from './slope.ts';

/**
 * What became of a count: `flat`: no lasting growth in the late half; `grows`: it kept growing; `filling`: it grew in the
 * late half, but ever more slowly; `steps`: it grew there, but once or by fits and starts; `unread`: it grew, and there are
 * too few or too early readings to say more.
 */
export type CountState = 'flat' | 'grows' | 'filling' | 'steps' | 'unread';

export interface CountRule {
  /** Growth that is not worth a word: the noise of the count, or things made once. */
  readonly slack: number;
  /** Iterations before the first reading. */
  readonly warmup: number;
  /** Last iteration of the run, which the last reading should come near. */
  readonly end: number;
  /** Of the interval by which growth is told from noise where the count fluctuates. */
  readonly confidence: number;
  /** Every step has to bring its share, however many there are: for counts among hundreds, of which one may rise by chance. */
  readonly even?: boolean;
  /** The trial has been prolonged to eight times its plan or more. */
  readonly long?: boolean;
  /** Iterations of the plan. */
  readonly planned?: number;
}

export interface CountGrowth {
  readonly state: CountState;
  /** The readings that decided. */
  readonly judged: readonly Point[];
}

/** Readings without which growth cannot be seen to go on. */
export const LEAST_READINGS = 4;
/** Of the steps between readings, the share that may be one-off events: the largest are left out, */
const ONE_OFF_SHARE = 1 / 5;
/**
 * of at most so many steps: they are put together where there are more readings. A rare leak rises in few of many steps, and all of
 * them would be left out.
 */
const MOST_STEPS = 15;
/** With fewer steps than this, each has to bring its share, */
const MANY_STEPS = 6;
/** of which so much at least. */
const FAIR_SHARE = 1 / 2;
/** A stretch that brings less than this share of what was promised has slowed down, */
const SLOWED = 3 / 4;
/** provided that what is missing exceeds the slack by this many standard deviations of a random count, */
const MISSING = 3.3;
/**
 * or fewer where it came more evenly before: of a random count in a thousand one strays less than this from its line, both ways together, in standard
 * deviations of its growth (the distribution of Kuiper's statistic, 1960),
 */
const RANDOM_STRAY = 0.65;
/** seen in so many readings or more. */
const EVEN_READINGS = 10;
/** More than expected by so many standard deviations of a random count is no chance, even where some objects come at a time. */
const CLEARLY = 6.6;
/** A late half that grows this many times as fast as the whole run: growth began in between. */
const BEGAN_LATE = 1.1;
/** Share of the steps that the longest last stretch has. */
const LONGEST_STRETCH = 4 / 5;

/**
 * Judges the readings of something that is counted exactly.
 * @param points at least one.
 */
export function growthOfCount(points: readonly Point[], rule: CountRule): CountGrowth {
  const { slack, warmup, end, even = false } = rule;
  const unread = { state: 'unread', judged: points } as const;
  if ((points.at(-1)?.iteration ?? 0) < end / 2) return unread;
  const half = lateHalf(points, warmup);
  const flat = half.length > 1 ? half : points;
  if (netGrowth(flat) <= slack + widestSwing(flat))
    return { state: risesAmidNoise(points, flat, rule), judged: flat };
  if (points.length < LEAST_READINGS) return unread;
  const late = half.length >= LEAST_READINGS ? half : points.slice(-LEAST_READINGS);
  const threshold = slack + tallestTooth(points);
  const isEnding =
    slowsDown(points, slack) && slowsDown(lastThreeQuarters(points, warmup), slack) && !keepsPace(late, rule);
  const growing = [points, late].filter(
    part => growsBySteps(part, threshold, slack, even) && !slowsDown(part, slack),
  );
  const judged = isEnding ? undefined : growing.at(-1);
  if (judged) return { state: 'grows', judged: beganLate(points, late) ? judged : (growing[0] ?? judged) };
  if (!even && isRestless(late, rule)) return { state: risesAmidNoise(points, late, rule), judged: late };
  if (!even && rule.long && wasThereBefore(points, late, slack)) return { state: 'flat', judged: late };
  const last = partAsPlanned(points, rule);
  if (!even && last && slowsDown(late, slack)) return { state: 'flat', judged: last };
  return { state: slowsDown(points, slack) ? 'filling' : 'steps', judged: late };
}

/**
 * What slows down from doubling to doubling, as keys do that are drawn at random, seems even within the late half, but not over it and the half
 * of the half before. What a cache filled up with there seems to slow a leak down, too: until the next doubling, which leaves it behind.
 */
function lastThreeQuarters(points: readonly Point[], warmup: number): readonly Point[] {
  const quarter = ((points.at(-1)?.iteration ?? 0) - warmup) / 4;
  return points.filter(({ iteration }) => iteration >= quarter);
}

/**
 * Whether the second half of the late readings brought clearly more than would come of the first if growth were that of a logarithm, which
 * brings the same with each doubling.
 */
function keepsPace(late: readonly Point[], { slack, warmup }: CountRule): boolean {
  const middle = late[Math.floor(late.length / 2)];
  const [first, last] = [late[0], late.at(-1)];
  if (!first || !middle || !last) return false;
  const doublings = (from: Point, to: Point) =>
    Math.log((to.iteration + warmup) / Math.max(1, from.iteration + warmup));
  const expected = ((middle.value - first.value) * doublings(middle, last)) / doublings(first, middle);
  const brought = last.value - middle.value;
  return brought - expected > slack + CLEARLY * Math.sqrt(Math.max(0, brought + expected));
}

/**
 * Of a long run the end, as long as the run was planned, if a run of that length would be flat that had these readings: what else it holds
 * is how it came there.
 */
function partAsPlanned(
  points: readonly Point[],
  { long, planned, end, slack }: CountRule,
): readonly Point[] | undefined {
  if (!long || planned === undefined) return undefined;
  const last = points.filter(({ iteration }) => iteration >= end - planned);
  const isFlat = last.length >= LEAST_READINGS && netGrowth(last) <= slack + widestSwing(last);
  return isFlat ? last : undefined;
}

/** Whether growth began during the run: all of it together would then understate the rate. */
function beganLate(points: readonly Point[], late: readonly Point[]): boolean {
  const pace = (part: readonly Point[]) => netGrowth(part) / span(part);
  return pace(late) > pace(points) * BEGAN_LATE;
}

/** Whether the count, at its end, is no higher than it had been before the late half, and came down from: nothing new was kept. */
function wasThereBefore(points: readonly Point[], late: readonly Point[], slack: number): boolean {
  return (late.at(-1)?.value ?? 0) <= heightBefore(points, late) + slack;
}

/** The highest reading before the late ones; less than any number where there is none. */
function heightBefore(points: readonly Point[], late: readonly Point[]): number {
  const before = points.filter(({ iteration }) => iteration < (late[0]?.iteration ?? 0));
  return Math.max(...before.map(({ value }) => value));
}

/** Whether a count rises and falls by more than its slack, and was read often enough for an interval. */
export function isRestless(points: readonly Point[], { slack, confidence }: CountRule): boolean {
  return widestSwing(points) > slack && points.length >= pointsNeeded(confidence);
}

/**
 * Of a count that rises and falls: whether its slope over the late readings is certain to be more than none. Where it is not, what
 * fluctuates is no leak larger than the detection limit says. Nor is it one where it slows down, as a cache that fills up under load
 * does. In a long run the count must also have become higher than ever: a walk within bounds rises for a while, too, but no further
 * than it had been.
 */
function risesAmidNoise(points: readonly Point[], late: readonly Point[], rule: CountRule): CountState {
  if (rule.even || !isRestless(late, rule)) return 'flat';
  const highest = Math.max(...late.map(({ value }) => value));
  if (rule.long && highest <= heightBefore(points, late) + rule.slack) return 'flat';
  if (robustSlope(late, rule.confidence).low * span(late) <= rule.slack) return 'flat';
  return slowsDown(late, rule.slack) ? 'filling' : 'grows';
}

/** Whether growth exceeds the threshold without its largest steps, and few steps are all alike. */
function growsBySteps(points: readonly Point[], threshold: number, slack: number, even: boolean): boolean {
  const all = steps(thinned(points, MOST_STEPS + 1));
  const rises = all.map(({ rise }) => rise).toSorted((a, b) => b - a);
  const oneOffs = rises.slice(0, Math.ceil(rises.length * ONE_OFF_SHARE));
  const rest = oneOffs.reduce((left, rise) => left - rise, netGrowth(points));
  const pace = netGrowth(points) / span(points);
  const isFair = all.every(({ rise, width }) => {
    const share = pace * width;
    // Among hundreds of counts the slack excuses no step that should have brought more than it.
    return rise >= share * FAIR_SHARE - (even && share > slack ? 0 : slack);
  });
  return rest > threshold && (isFair || (!even && all.length >= MANY_STEPS));
}

/** How far readings stray from the straight line through the first and the last, both ways together: by a batch at most where there are any. */
function unevenness(points: readonly Point[]): number {
  const strays = residuals(points, netGrowth(points) / span(points));
  return Math.max(...strays) - Math.min(...strays);
}

/** 1 for growth that comes by chance, less for such as comes evenly. */
function randomness(points: readonly Point[], strays: number): number {
  if (points.length < EVEN_READINGS) return 1;
  return Math.min(1, strays / (RANDOM_STRAY * Math.sqrt(Math.max(1, netGrowth(points)))));
}

/**
 * Whether some last stretch, up to four fifths of the steps, brought clearly less than the readings before it promised. What
 * lies before the first growth promises nothing. A leak may come in batches and beneath a sawtooth: a batch and a tooth at
 * either end may always be missing.
 */
function slowsDown(points: readonly Point[], slack: number): boolean {
  const first = steps(points).findIndex(({ rise }) => rise > 0);
  const growing = points.slice(Math.max(0, first));
  const rises = steps(growing).map(({ rise }) => rise);
  const largest = rises.length < MANY_STEPS ? 0 : Math.max(...rises);
  const teeth = 2 * tallestTooth(points);
  for (let length = 1; length <= rises.length * LONGEST_STRETCH; length++) {
    const before = growing.slice(0, -length);
    const after = growing.slice(-1 - length);
    const promised = (netGrowth(before) / span(before)) * span(after);
    const strays = unevenness(before);
    const chance = slack + 1 + MISSING * randomness(before, strays) * Math.sqrt(Math.max(0, promised));
    const batch = Math.min(largest, strays);
    const least = Math.max(promised * (1 - SLOWED), chance, batch) + teeth;
    if (promised - netGrowth(after) > least) return true;
  }
  return false;
}
