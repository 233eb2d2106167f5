import { endsByDoublings, fullPart } from './ending-count.ts';
import { lateHalf, netGrowth, type Point, span, steps, tallestTooth, thinned, widestSwing } from './point.ts';
import { pointsNeeded, robustSlope } from './slope.ts';
import { countSlowsDown, LEAST_READINGS, MANY_STEPS } from './slowing-count.ts';

/**
 * What became of a count: `flat`: no lasting growth in the late half; `grows`: it kept growing; `filling`: it
 * grew in the late half, but ever more slowly; `steps`: it grew there, but once or by fits and starts;
 * `unread`: its readings end in the first half of the run; or it grew, and the readings are too few to say more.
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
  /**
   * Every step has to bring its share, however many there are: for counts among hundreds, of which one may
   * rise by chance.
   */
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
  /**
   * Filling, but the late half by itself grows, up to its last step: rare things are new ever more rarely, or
   * a leak is slower than what fills up beside it.
   */
  readonly goesOn?: true;
}

/** Of the steps between readings, the share that may be one-off events: the largest are left out, */
const ONE_OFF_SHARE = 1 / 5;
/**
 * of at most so many steps: they are put together where there are more readings. A rare leak rises in few of
 * many steps, and all of them would be left out.
 */
const MOST_STEPS = 15;
/** Of its share, what each of few steps has to bring at least. */
const FAIR_SHARE = 1 / 2;
/** Growth of a count that three readings are enough for. */
export const LARGE_COUNT = 1024;
/** A late half that grows this many times as fast as the whole run: growth began in between. */
const BEGAN_LATE = 1.1;

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
  if (points.length < LEAST_READINGS)
    return !even && inLockstep(points) ? { state: 'grows', judged: points } : unread;
  const late = half.length >= LEAST_READINGS ? half : points.slice(-LEAST_READINGS);
  const threshold = slack + tallestTooth(points);
  const growing = [points, late].filter(
    part => growsBySteps(part, threshold, slack, even) && !countSlowsDown(part, slack),
  );
  const judged = growing.at(-1);
  const isLateAlone = growing.length === 1 && judged === late;
  if (isLateAlone && countSlowsDown(points, slack) && endsByDoublings(points, late, rule))
    return { state: 'filling', judged: late, ...(roseLast(late, slack) && { goesOn: true }) };
  if (judged) return { state: 'grows', judged: beganLate(points, late) ? judged : (growing[0] ?? judged) };
  const open = { state: countSlowsDown(points, slack) ? 'filling' : 'steps', judged: late } as const;
  return even ? open : (inNoiseOrLongRun(points, late, rule) ?? open);
}

/**
 * What may be said of a count that does not grow evenly and is not flat: that it fluctuates, or is as high as
 * it was, or full.
 */
function inNoiseOrLongRun(
  points: readonly Point[],
  late: readonly Point[],
  rule: CountRule,
): CountGrowth | undefined {
  if (isRestless(late, rule)) return { state: risesAmidNoise(points, late, rule), judged: late };
  if (!rule.long) return undefined;
  if (wasThereBefore(points, late, rule.slack)) return { state: 'flat', judged: late };
  const full = fullPart(points, late, rule);
  return full && { state: 'flat', judged: full };
}

/** Whether the last step of all brought more than the slack. */
function roseLast(points: readonly Point[], slack: number): boolean {
  return (steps(points).at(-1)?.rise ?? 0) > slack;
}

/**
 * Whether a large count rose by the same whole multiple of the iterations from each of three readings to the
 * next, which lie at uneven distances: what a fourth would confirm.
 */
function inLockstep(points: readonly Point[]): boolean {
  const [first, ...others] = steps(points).map(({ rise, width }) => rise / width);
  const isOne = first !== undefined && Number.isInteger(first) && others.length > 0;
  return isOne && others.every(pace => pace === first) && netGrowth(points) >= LARGE_COUNT;
}

/** Whether growth began during the run: all of it together would then understate the rate. */
function beganLate(points: readonly Point[], late: readonly Point[]): boolean {
  const pace = (part: readonly Point[]) => netGrowth(part) / span(part);
  return pace(late) > pace(points) * BEGAN_LATE;
}

/**
 * Whether the count, at its end, is no higher than it had been before the late half, and came down from:
 * nothing new was kept.
 */
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
 * Of a count that rises and falls: whether its slope over the late readings is certain to be more than none.
 * Where it is not, what fluctuates is no leak larger than the detection limit says. Nor is it one where it
 * slows down, as a cache that fills up under load does. In a long run the count must also have become higher
 * than ever: a walk within bounds rises for a while, too, but no further than it had been.
 */
function risesAmidNoise(points: readonly Point[], late: readonly Point[], rule: CountRule): CountState {
  if (rule.even || !isRestless(late, rule)) return 'flat';
  const highest = Math.max(...late.map(({ value }) => value));
  if (rule.long && highest <= heightBefore(points, late) + rule.slack) return 'flat';
  if (robustSlope(late, rule.confidence).low * span(late) <= rule.slack) return 'flat';
  return countSlowsDown(late, rule.slack) ? 'filling' : 'grows';
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
