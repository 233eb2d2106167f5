import type { Iterations, Milliseconds, Stage, TrialOptions } from '../model.ts';
import { LONG_RUN, STINTS_BETWEEN, windowEnd } from '../stages.ts';

/*
 * When to measure. Measuring a clean subject is cheap; that of a leaky one grows with its heap: at 350 MB one
 * collection takes some 200 ms and one walk over the heap 3-4 s. So samples are taken while measuring stays
 * within its share of the trial's time, and what is left out are later samples, never the ones a verdict
 * cannot do without.
 */

/** Measuring that is always affordable, so that quick scenarios get all their samples. */
const FREE: Milliseconds = 700;
/**
 * Measuring that is affordable while the heap has not grown much: there a verdict needs all samples, however busy
 * the machine.
 */
const FREE_WHILE_FLAT: Milliseconds = 20_000;
/**
 * Samples of a stage taken whatever they cost, spread evenly, the first and the last among them: at the fifth
 * look and the sixth an interval needs 8 of the late half.
 */
const LEAST_SAMPLES = 9;
/** Samples of a stage that is to tell, spread evenly, while they are cheap: the noise of a large heap is large, too. */
const RESOLVING_SAMPLES = 20;
/** What a sample may cost to be one of those of a stage that is to tell. */
const RESOLVING_COST: Milliseconds = 200;
/** Power of an even place that gives the uneven one; chosen so that the late half of a run begins with a census. */
const UNEVEN = 1.6;
/** Times longer that a walk over the heap is expected to take than its size alone suggests. */
const CENSUS_MARGIN = 1.2;

/*
 * The censuses that say most are judged by their own cost alone.
 */

/** Multiple of the plan from which on a stage is a late one: the first that is makes a long run of a trial. */
const LATE = 2 ** (LONG_RUN - 2);
/**
 * Of the censuses in turn of a late stage those that tell whether a count has come to its end (`fullPart`): each
 * after so many turns, which are fewer than a plan has, and as many before the last, so that the end has four.
 */
const TELLING_TURNS = 3;
/** What one of these may cost that lies before the end. */
const SPREAD_CENSUS: Milliseconds = 500;
/** What the last census of a stage may cost, and those in the end of a late one. */
const LAST_CENSUS: Milliseconds = 1000;
/** What one in the middle or at the end of a stage may cost that is to tell whether a heap that has grown is full. */
const RESOLVING_CENSUS: Milliseconds = 3000;
/** A heap that has grown, or will have grown, this many times is treated as a leaky subject's. */
export const FAST_GROWTH = 2;

/** Where a stage stands after a window, and what a sample was worth. */
export interface Standing {
  /** Whole windows of the stage done; 0 before the first. */
  readonly window: number;
  readonly elapsed: Milliseconds;
  /** Of `elapsed`, spent on samples, and on censuses. */
  readonly sampling: Milliseconds;
  readonly walking: Milliseconds;
  /** What the last sample took. */
  readonly sampleCost: Milliseconds;
  /** The last heap reading as a multiple of the first. */
  readonly heapGrowth: number;
}

/** The readings of the costly probes so far. */
export interface Censuses {
  readonly taken: number;
  /** What the last one took. */
  readonly cost: Milliseconds;
  /** Heap in bytes at the first and at the last one. */
  readonly firstHeap: number;
  readonly lastHeap: number;
}

/** Whether to settle and read the cheap probes now. */
export function wantsSample(
  stage: Stage,
  { measuringShare: share, iterations }: Pick<TrialOptions, 'measuringShare' | 'iterations'>,
  standing: Standing,
): boolean {
  const { window, sampling, walking, sampleCost, elapsed } = standing;
  const withinShare = sampling + walking + sampleCost <= share * (elapsed + sampleCost);
  const price = priceOfCensus(stage, window, iterations);
  const resolves = sampleCost <= RESOLVING_COST && isSpread(window, stage.windows, RESOLVING_SAMPLES);
  return (
    withinShare ||
    sampling + sampleCost <= freeOf(standing) ||
    isSpread(window, stage.windows, LEAST_SAMPLES) ||
    (stage.reason === 'resolve' && (resolves || sampleCost <= price))
  );
}

/** Windows from one census to the next in a stage that prolongs the trial. */
function windowsBetween({ stint, length }: Stage): number {
  return Math.max(1, Math.round((STINTS_BETWEEN * stint) / length));
}

/**
 * What the census after this window may cost of a late stage that is to tell, whatever measuring has cost so
 * far: were all left out once it has used up its share, a run could not show that nothing grows any more.
 */
function priceOfCensus(stage: Stage, window: number, iterations: Iterations): Milliseconds {
  const between = windowsBetween(stage);
  const isInTurn = stage.from >= LATE * iterations && window % between === 0;
  const isAtEnd = stage.windows - window <= TELLING_TURNS * between;
  const isTelling = window % (TELLING_TURNS * between) === 0;
  if (!isInTurn) return 0;
  if (isAtEnd) return LAST_CENSUS;
  return isTelling ? SPREAD_CENSUS : 0;
}

/**
 * Whether a snapshot belongs to the census after this window: in the middle of a stage and at its end, and at
 * its quarters where it is so long that windows are joined: in seven snapshots a class that comes and goes
 * rises each time once in a thousand runs.
 */
export function wantsSnapshot({ snapshots, windows, length, stint }: Stage, window: number): boolean {
  const parts = length > stint ? 4 : 2;
  for (let place = 1; place <= parts; place++)
    if (Math.round((place * windows) / parts) === window) return snapshots;
  return false;
}

/**
 * Whether to read the costly probes again, given the heap just read: where a trial is prolonged, every few
 * stints if that can be afforded, and now and then in any case where a late stage is to tell. The first census
 * is taken before the first iteration, and a second in every trial: after the first window if the heap grows
 * fast, else in its turn, at the latest at the end. Everything is worked out each time, so that V8 has compiled
 * it all before the first sample that counts.
 */
export function wantsCensus(
  stage: Stage,
  { measuringShare, censuses, iterations }: Pick<TrialOptions, 'measuringShare' | 'censuses' | 'iterations'>,
  standing: Standing,
  past: Censuses,
  heap: number,
): boolean {
  const { window, sampling, walking, elapsed, heapGrowth } = standing;
  const last = window === stage.windows;
  const cost = past.cost * Math.max(1, heap / past.lastHeap) * CENSUS_MARGIN;
  const affordable =
    sampling + walking + cost <= Math.max(freeOf(standing), measuringShare * (elapsed + cost));
  const growsFast = willGrowFast(stage, window, past.firstHeap, heap);
  const inTurn = isCensusWindow(window, stage.windows, censuses);
  const inLaterTurn = window % windowsBetween(stage) === 0 || wantsSnapshot(stage, window);
  const resolves = stage.reason === 'resolve';
  const isMiddle = window === Math.round(stage.windows / 2);
  const price = priceOfCensus(stage, window, iterations);
  if (window === 0) return false;
  if (last && (past.taken === 1 || heapGrowth < FAST_GROWTH || cost <= LAST_CENSUS)) return true;
  if (past.taken === 1 && growsFast) return true;
  if (resolves && (last || isMiddle) && cost <= RESOLVING_CENSUS) return true;
  if (resolves && cost <= price) return true;
  return affordable && (stage.from > 0 ? inLaterTurn : inTurn);
}

/** Measuring that needs no share. */
function freeOf({ heapGrowth }: Standing): Milliseconds {
  return heapGrowth < FAST_GROWTH ? FREE_WHILE_FLAT : FREE;
}

function willGrowFast(stage: Stage, window: number, firstHeap: number, heap: number): boolean {
  const done = windowEnd(stage, window) - stage.from;
  const grown = ((heap - firstHeap) / done) * (stage.windows * stage.length);
  return firstHeap + grown >= firstHeap * FAST_GROWTH;
}

/** Whether `window` is one of `points` places spread evenly over 0 to `windows`, both ends included. */
function isSpread(window: number, windows: number, points: number): boolean {
  const gaps = points - 1;
  if (windows <= gaps) return true;
  return Math.round((Math.round((window * gaps) / windows) * windows) / gaps) === window;
}

/**
 * Whether `window` is one of `points` places over 0 to `windows`, both ends included, at growing distances
 * (four lie at 0, 17, 52 and 100 %): at even ones a count that rises and falls in step with them would seem
 * to rise evenly.
 */
function isCensusWindow(window: number, windows: number, points: number): boolean {
  const gaps = points - 1;
  if (windows <= gaps) return true;
  for (let place = 0; place <= gaps; place++)
    if (Math.round((place / gaps) ** UNEVEN * windows) === window) return true;
  return false;
}
