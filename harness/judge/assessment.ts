import type { Estimate, Iterations, Metric, Plateau, TrialOptions } from '../model.ts';
import type { ByteState } from '../stats/byte-growth.ts';
import type { CountState } from '../stats/count-growth.ts';
import type { Point } from '../stats/point.ts';
import type { Slope } from '../stats/slope.ts';
import type { Held } from './held.ts';

/** What is known of one metric of one trial. */
export interface Assessment {
  readonly metric: Metric;
  readonly state: ByteState | CountState;
  /** The readings that decided. */
  readonly judged: readonly Point[];
  readonly estimate: Estimate;
  /** Growth is the same whole multiple of the iterations between all judged readings. */
  readonly exactMultiple: boolean;
  readonly plateau?: Plateau;
  /** Why it is flat, though it may seem to have grown. */
  readonly accepted?: Acceptance;
  /** Of a class or native memory that fills up: its late half by itself grows. Of stores: one stage more would tell. */
  readonly goesOn?: true;
  /** Unclear only because nothing that was counted grew as well. */
  readonly unwitnessed?: true;
  /** What old objects say of a class that grew and of which there are too few snapshots to judge. */
  readonly oldObjects?: OldObjects;
  /** Of a class: its old objects grow, all of them do not bear that out so far, and a longer run may tell. */
  readonly mayBearOut?: true;
  /** Of bytes: growth per iteration over the late half alone. */
  readonly late?: Slope;
  /** Of a count that rises and falls: its growth per iteration, as if it were bytes. */
  readonly restless?: Slope;
}

/**
 * `turnover`: what it holds comes and goes but for what is `held`, as snapshots say; `share` and `swing`: it may as
 * well have shrunk, and may have gained a small share of what it gained before, or of its swings; `untold`: nothing can
 * be told of it, though it rose.
 */
type Acceptance =
  | { readonly because: 'turnover'; readonly held: Held }
  | { readonly because: 'share' | 'swing' | 'untold' };

/**
 * `bear-it-out`: it grew evenly, and they became more at the same pace; `deny-it`: of what it gained, they are less than
 * their share.
 */
type OldObjects = 'bear-it-out' | 'deny-it';

/** Native memory that rose, of which nothing can be told. */
export function isUntold({ accepted }: Assessment): boolean {
  return accepted?.because === 'untold';
}

/** Whether it was read too seldom to say that it grows, and nothing denies that it does. */
export function isUndeniedUnread({ state, oldObjects }: Assessment): boolean {
  return state === 'unread' && oldObjects !== 'deny-it';
}

/** What a series is judged by. */
export interface AssessRule extends Pick<TrialOptions, 'allowance' | 'confidence'> {
  /** Warm-up iterations, before the first reading. */
  readonly warmup: Iterations;
  /** Last measured iteration. */
  readonly end: Iterations;
  /** The run has been prolonged to eight times its planned length or more. */
  readonly long?: boolean;
  /** Measured iterations of its plan. */
  readonly planned?: Iterations;
  /**
   * It can be looked at no closer, for want of time or because it was prolonged as far as a look is worth; it
   * may go on while its verdict is open.
   */
  readonly ends?: boolean;
  /** As far as it may be looked at more closely. */
  readonly reach?: Iterations;
}
