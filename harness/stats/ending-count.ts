import type { CountRule } from './count-growth.ts';
import { lateHalf, netGrowth, type Point, span, steps, tallestTooth, widestSwing } from './point.ts';
import { medianSlope } from './slope.ts';
import { countSlowsDown, LEAST_READINGS } from './slowing-count.ts';

/*
 * Growth that ends though nothing shows it within the late half of a run: each doubling of the run brings as
 * much as the one before, or less, where a leak brings twice as much.
 */

/**
 * More than expected by so many standard deviations of a random count is no chance, even where some objects
 * come at a time.
 */
const CLEARLY = 6.6;
/** At least this share of the slope before: half-way between going on and growing by a logarithm. */
const AS_STEEP = 3 / 4;
/** Less than this share is worth a longer run. */
const NOTICEABLY = 9 / 10;
/**
 * What comes after a flat part of a run, in multiples of the slack and of what came in the part, to say that
 * it was a pause.
 */
const RESUMED = 2;
/** Share of a part that readings reach over, if none was left out. */
const WELL_READ = 3 / 4;

/**
 * Whether a count that slows down over the whole run does so over its late three quarters, too, and not only
 * as something had filled up before. Keys that are drawn at random seem to grow evenly within the late half,
 * but not over it and the half of the half before. A leak that is much faster than chance is told from them
 * at once, a slow one when the run has doubled, and has left behind what filled up beside it.
 */
export function endsByDoublings(points: readonly Point[], late: readonly Point[], rule: CountRule): boolean {
  const lastThreeQuarters = threeQuartersOf(points, rule);
  return (
    countSlowsDown(lastThreeQuarters, rule.slack) &&
    !keepsPace(late, rule) &&
    !(tallestTooth(lastThreeQuarters) > rule.slack && isAsSteep(late, lastThreeQuarters))
  );
}

/** A quarter of all iterations is left out, warm-up included, as the late half is half of them. */
function threeQuartersOf(points: readonly Point[], { warmup }: Pick<CountRule, 'warmup'>): readonly Point[] {
  const end = points.at(-1)?.iteration ?? 0;
  return points.filter(({ iteration }) => iteration >= (end - 3 * warmup) / 4);
}

/**
 * Whether a count that never falls grows noticeably less steeply over the late half than over the half of the
 * half before it, be that for chance. Of one that rises and falls the slopes say too little.
 */
export function flattens(points: readonly Point[], rule: Pick<CountRule, 'warmup' | 'slack'>): boolean {
  const lastThreeQuarters = threeQuartersOf(points, rule);
  if (netGrowth(lastThreeQuarters) <= rule.slack || tallestTooth(lastThreeQuarters) > rule.slack)
    return false;
  const share = steepness(lateHalf(points, rule.warmup), lastThreeQuarters);
  return share !== undefined && share < NOTICEABLY;
}

/**
 * Whether the late half is about as steep as the half of the half before it: of growth by a logarithm it is
 * half as steep. Of a leak beneath a sawtooth a few early readings may begin at the foot of a tooth and end
 * at the top of one, and promise much more than ever comes; the median of all slopes does not heed which they
 * are. Without a tooth a count has no such readings, and chance alone would let some that slow down pass.
 */
function isAsSteep(late: readonly Point[], lastThreeQuarters: readonly Point[]): boolean {
  const share = steepness(late, lastThreeQuarters);
  return share !== undefined && share >= AS_STEEP;
}

/**
 * The slope of the late half as a share of that of the half of the half before it; undefined where either was
 * hardly read, or nothing grew before.
 */
function steepness(late: readonly Point[], lastThreeQuarters: readonly Point[]): number | undefined {
  const before = lastThreeQuarters.filter(({ iteration }) => iteration <= (late[0]?.iteration ?? 0));
  if (Math.min(before.length, late.length) < LEAST_READINGS) return undefined;
  const slope = medianSlope(before);
  return slope > 0 ? medianSlope(late) / slope : undefined;
}

/**
 * Whether the second half of the late readings brought clearly more than would come of the first if growth
 * were that of a logarithm, which brings the same with each doubling.
 */
function keepsPace(late: readonly Point[], { slack, warmup }: CountRule): boolean {
  const [first, last] = [late[0], late.at(-1)];
  if (!first || !last) return false;
  const half = (first.iteration + last.iteration) / 2;
  const middle = late.find(({ iteration }) => iteration >= half) ?? last;
  const doublings = (from: Point, to: Point) =>
    Math.log((to.iteration + warmup) / Math.max(1, from.iteration + warmup));
  const expected = ((middle.value - first.value) * doublings(middle, last)) / doublings(first, middle);
  const brought = last.value - middle.value;
  return brought - expected > slack + CLEARLY * Math.sqrt(Math.max(0, brought + expected));
}

/**
 * Of a long run whose late half slows down: its end, as long as the run was planned, if a run of that length
 * would be flat that had these readings. What else it holds is how it came there. Undefined where it is not
 * flat, or the late three quarters were so before and growth went on, as in the pause between two batches, or
 * may have been so unread.
 */
export function fullPart(
  points: readonly Point[],
  late: readonly Point[],
  rule: CountRule,
): readonly Point[] | undefined {
  const { planned, end, slack } = rule;
  if (planned === undefined || !countSlowsDown(late, slack)) return undefined;
  const last = points.filter(({ iteration }) => iteration >= end - planned);
  const isFull = last.length >= LEAST_READINGS && growthOver(planned, last) <= slack + widestSwing(last);
  const judged = threeQuartersOf(points, rule);
  const isRead = steps(judged).every(({ width }) => width <= planned);
  const paused = judged.some((_, at) => pausesAt(judged.slice(at), planned, slack));
  return isFull && isRead && !paused ? last : undefined;
}

/** Whether a part of planned length that begins here brought no more than the slack, and what follows much more. */
function pausesAt(points: readonly Point[], planned: number, slack: number): boolean {
  const begin = points[0]?.iteration ?? 0;
  const part = points.filter(({ iteration }) => iteration <= begin + planned);
  const came = growthOver(planned, part);
  const after = points.slice(part.length - 1);
  return part.length > 1 && came <= slack && netGrowth(after) > RESUMED * (slack + Math.max(0, came));
}

/** What a part of planned length brought; of one that was read in part only, what it would have at its pace. */
function growthOver(planned: number, part: readonly Point[]): number {
  const share = span(part) / planned;
  return share > 0 && share < WELL_READ ? netGrowth(part) / share : netGrowth(part);
}
