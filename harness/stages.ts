import type { Bytes, Iterations, Milliseconds, Stage, StageReason, TrialOptions } from './model.ts';
import { scrambled } from './scrambled.ts';

/**
 * Windows of a stage by which a trial is prolonged, about: the more readings, the sooner a line through a
 * sawtooth is certain.
 */
const MORE_WINDOWS = 40;
/**
 * Stints from one census to the next in a stage that prolongs the trial: the same in all of them, and about
 * as many as in the first stage. A walk takes time, in which what lives for a while dies: were walks rarer in
 * later stages, more would be alive at a time there, and that would look like growth.
 */
export const STINTS_BETWEEN = 6;
/** Of which a window is a part, so that every census ends one. */
const WINDOW_STINTS: readonly number[] = [1, 2, 3, STINTS_BETWEEN];
/** How far a trial may be prolonged unless its options say otherwise, as a multiple of the iterations planned. */
const PROLONGED = 16;
/** And where the verdict is still open then. */
const PROLONGED_TO_RESOLVE = 32;
/**
 * How far a window may end from an even grid, either way, as a share of its length: two readings are a tenth
 * of it apart at least.
 */
const WINDOW_STRAY = 0.45;
/**
 * Stages of a long run, eight times its plan or more: growth by leaps, which no stage shows by itself, can be
 * told from growth that ends.
 */
export const LONG_RUN = 4;
/**
 * Heap of which a snapshot is worth what it takes: 3 s at this size. One of 108 MB, of small objects, took 18
 * s and 1.9 GB of memory (Node 20.20.2).
 */
export const LARGEST_SNAPSHOT: Bytes = 64e6;

/**
 * The iterations asked for, in windows of prime length, so that what happens every 10th iteration cannot fall
 * on every stage's end; length 1 where fewer than two iterations are wanted per window. As many whole windows
 * as the iterations need.
 */
export function plannedStage({
  iterations,
  windows,
  snapshots,
}: Pick<TrialOptions, 'iterations' | 'windows' | 'snapshots'>): Stage {
  const length = largestPrimeUpTo(Math.floor(iterations / windows)) ?? 1;
  return {
    from: 0,
    windows: Math.ceil(iterations / length),
    length,
    stint: length,
    reason: 'planned',
    snapshots: snapshots === 'always',
  };
}

/**
 * As many iterations as all stages before had together; undefined where the options allow no more. Its
 * windows are longer, and the subject comes to rest as often as before: what waits for a timer would pile up
 * higher in a longer stint and look like a leak.
 */
export function nextStage(
  last: Stage,
  reason: StageReason,
  options: Pick<TrialOptions, 'iterations' | 'maxIterations' | 'snapshots'>,
): Stage | undefined {
  // `endOf` is the model's, of which the measured process loads nothing.
  const from = windowEnd(last, last.windows);
  const most =
    options.maxIterations || options.iterations * (reason === 'resolve' ? PROLONGED_TO_RESOLVE : PROLONGED);
  if (wantedBy(from, options) * 2 > most) return undefined;
  const { stint } = last;
  const stints = Math.round(from / MORE_WINDOWS / stint);
  const length = stint * (WINDOW_STINTS.findLast(part => part <= stints) ?? 1);
  return {
    from,
    windows: Math.ceil(from / length),
    length,
    stint,
    reason,
    snapshots: options.snapshots !== 'never',
  };
}

/** Iterations asked for of all stages up to this end, which is later by what whole windows take. */
function wantedBy(end: Iterations, { iterations }: Pick<TrialOptions, 'iterations'>): Iterations {
  return iterations * 2 ** Math.floor(Math.log2(end / iterations));
}

/** The next stage, if the time that the trial took so far may be spent again within its budget. */
export function affordableStage(
  last: Stage,
  reason: StageReason,
  elapsed: Milliseconds,
  options: Pick<TrialOptions, 'iterations' | 'maxIterations' | 'snapshots' | 'budget'>,
): Stage | undefined {
  return elapsed * 2 <= options.budget ? nextStage(last, reason, options) : undefined;
}

/**
 * Measured iterations done when so many windows of a stage are. Windows end at uneven distances, at the same
 * places in every run. On an even grid what comes round after nearly a window, such as a batch written every
 * 96 iterations, would be read a little later in its round each time and seem to grow steadily (H. S. Shapiro
 * and R. A. Silverman 1960, "Alias-free sampling of random noise"). The middle of the first stage keeps its
 * place, for what grew before it is no leak. Nothing is left out where it is not needed, so that V8 has
 * compiled it all before the first sample that counts.
 */
export function windowEnd({ from, windows, length }: Stage, window: number): Iterations {
  const isMiddle = from === 0 && window === Math.floor(windows / 2);
  const stray = (scrambled(from, window) / 2 ** 31 - 1) * WINDOW_STRAY * length;
  const keepsPlace = window === 0 || isMiddle || window >= windows;
  return from + window * length + (keepsPlace ? 0 : Math.trunc(stray));
}

function largestPrimeUpTo(limit: number): number | undefined {
  for (let candidate = limit; candidate >= 2; candidate--) if (isPrime(candidate)) return candidate;
  return undefined;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++)
    if (candidate % divisor === 0) return false;
  return true;
}
