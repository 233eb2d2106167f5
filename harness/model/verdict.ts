import type { Metric } from './metric.ts';
import type { Bytes, Fraction, Iterations } from './units.ts';

/** One metric over one trial: at least one point, ordered by iteration. */
export interface Series {
  readonly metric: Metric;
  readonly points: readonly Point[];
}

export interface Point {
  readonly iteration: Iterations;
  readonly value: number;
}

/** Growth per iteration with its interval, in the metric's unit. */
export interface Estimate {
  readonly metric: Metric;
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: Fraction;
  readonly points: number;
  /** `exact`: difference of counts over iterations; `theil-sen`: median of pairwise slopes. */
  readonly method: 'exact' | 'theil-sen';
}

/** One thing that grew. */
export interface Finding {
  readonly metric: Metric;
  readonly estimate: Estimate;
  /** Growth over the judged part of the run. */
  readonly growth: number;
  readonly from: Iterations;
  readonly to: Iterations;
  /** Growth is the same whole multiple of the iterations in every window. */
  readonly exactMultiple: boolean;
}

/** Growth that stopped: a cache that reached its bound. */
export interface Plateau {
  readonly metric: Metric;
  /** Measured iterations after which nothing grew any more, about. */
  readonly after: Iterations;
  readonly growth: number;
}

/** What this run would have caught, from its own residuals. */
export interface DetectionLimit {
  /** Any steady growth of the heap of at least this much per iteration. */
  readonly bytesPerIteration: Bytes;
  /** The same of memory outside the heap that V8 knows of; missing where it was not read. */
  readonly offHeapBytesPerIteration?: Bytes;
  /**
   * The same of native memory, as far as it was read; missing where it was not, or the run may not be long
   * enough to tell.
   */
  readonly nativeBytesPerIteration?: Bytes;
  /**
   * Any object kept once in at most this many iterations, or where that is less than 1 so many in each that one
   * through their number is at most this; 0 where the population was not read twice.
   */
  readonly objectEvery: Iterations;
  /** The same of any timer, handle, descriptor or listener. */
  readonly handleEvery: Iterations;
}

/** Bytes that are steady although their interval reaches beyond the allowance, or a count that became more. */
export interface Accepted {
  readonly metric: Metric;
  /**
   * `turnover`: hardly anything made in the late half is still held; `level`: neither the lowest nor the
   * highest readings rose beyond the allowance from one half to the other; `short-run`: a run this short is
   * allowed more; `share`: over the late half it may as well have shrunk, and gained a twentieth of what it
   * had gained before at most; `swing`: the same, and three quarters of its widest swing there at most, or of a
   * count, that it rises and falls;
   * `untold`: of native memory, which rose for as long as it was read, but not for long enough, or too
   * unevenly, to tell a leak from an allocator that spreads.
   */
  readonly because: 'turnover' | 'level' | 'short-run' | 'share' | 'swing' | 'untold';
  /** What this run was allowed per iteration; 0 of a count. */
  readonly allowance: Bytes;
}

/**
 * `unwitnessed`: a heap that grew gave back as much on the way, and nothing that was counted became more;
 * `too-large`: a heap that grows for certain, within the allowance, is too large for the snapshots that would
 * say by what; `exchanged`: a class grows that the base lacks, where one that the base has grows less.
 */
export type InconclusiveReason =
  | 'too-few-samples'
  | 'not-settled'
  | 'still-filling'
  | 'interval-spans-allowance'
  | 'unwitnessed'
  | 'rose-late'
  | 'too-large'
  | 'exchanged'
  | 'trial-faulted';

export interface LeakVerdict {
  readonly outcome: 'leak';
  readonly findings: readonly [Finding, ...Finding[]];
  /**
   * Of timers, handles, descriptors and listeners of `process` so few grew, if any, that a cache or pool may
   * be filling up for longer than the run. Missing in older reports.
   */
  readonly mayFill?: true;
  readonly estimates: readonly Estimate[];
  readonly plateaus: readonly Plateau[];
}

export type Verdict =
  | LeakVerdict
  | {
      readonly outcome: 'steady';
      readonly limit: DetectionLimit;
      readonly estimates: readonly Estimate[];
      readonly plateaus: readonly Plateau[];
      /** Missing: no interval needs an explanation. */
      readonly accepted?: readonly Accepted[];
    }
  | {
      readonly outcome: 'inconclusive';
      readonly reason: InconclusiveReason;
      readonly metric?: Metric;
      readonly estimates: readonly Estimate[];
      readonly plateaus: readonly Plateau[];
    };
