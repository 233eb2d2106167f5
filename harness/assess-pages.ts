import type { AssessRule } from './assess.ts';
import type { Bytes, Iterations } from './model.ts';
import type { ByteState } from './stats/byte-growth.ts';

/*
 * Memory that the system counts in pages, part of which the process keeps free for itself: an allocator spreads over more of it for a
 * while in a clean subject too, by megabytes and evenly at times, and gives little of it back. So it is judged only by far growth over a
 * long run.
 */

/** Growth over the judged half that is accepted: a clean subject's readings stay within 10 kB of each other once they rest. */
const LEAST_GROWTH: Bytes = 2 ** 19;
/** By as much per iteration two runs of 2,000 iterations may thus differ. */
export const PAGES_DIFFERENCE: Bytes = 512;
/** Multiple of the plan after which it is a leak: an allocator is as large as it becomes by then, */
const CONFIRMED = 4;
/** if these are so many iterations, which a short plan may not come to, */
const LEAST_RUN: Iterations = 8000;
/** or it has grown by so much. */
const FAR_GROWTH: Bytes = 16 * 2 ** 20;
/** More than any allocator keeps free is one at once. */
const ENOUGH_GROWTH: Bytes = 64 * 2 ** 20;

/** Bytes per iteration that are accepted. */
export function pagesAllowance({ allowance, end }: Pick<AssessRule, 'allowance' | 'end'>): Bytes {
  return Math.max(allowance, (LEAST_GROWTH * 2) / Math.max(1, end));
}

/** Only growth that is certain says anything: `filling` for as long as it may be an allocator's, then `grows`; all else is flat. */
export function pagesState(
  state: ByteState,
  growth: Bytes,
  { end, planned = end }: Pick<AssessRule, 'end' | 'planned'>,
): 'flat' | 'filling' | 'grows' {
  if (state !== 'grows') return 'flat';
  if (growth >= ENOUGH_GROWTH) return 'grows';
  const isLong = end >= CONFIRMED * planned && (end >= LEAST_RUN || growth >= FAR_GROWTH);
  return isLong ? 'grows' : 'filling';
}
