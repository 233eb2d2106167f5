import type { Bytes, Iterations, Series } from '../model.ts';
import { netGrowth, type Point } from '../stats/point.ts';
import { assessBytes } from './assess-bytes.ts';
import type { Assessment, AssessRule } from './assessment.ts';

/*
 * Memory that the system counts in pages, part of which the process keeps free for itself: an allocator
 * spreads over more of it for a while in a clean subject too, by megabytes and evenly at times, and gives
 * little of it back. So it is judged only by far growth over a long run.
 */

/**
 * Growth over the judged half that is accepted: over that of the plan nine in ten look-alikes of the corpus
 * move by less.
 */
const ACCEPTED_GROWTH: Bytes = 2 ** 19;
/** Multiple of the plan after which it may be a leak: an allocator is as large as it becomes by then. */
const CONFIRMED = 4;
/** Iterations that this takes at least, which a short plan may not come to, unless it has grown far. */
const LEAST_RUN: Iterations = 8000;
/** Growth that takes the place of so many iterations. */
const FAR_GROWTH: Bytes = 16 * 2 ** 20;
/** Growth that is a leak at once: more than any allocator keeps free. */
const BEYOND_ALLOCATORS: Bytes = 64 * 2 ** 20;

/** Readings that a heap snapshot or worker threads ended tell nothing, except that they rose. */
export function assessPages(series: Series, rule: AssessRule): Assessment | undefined {
  const asBytes = pagesRule(series.points, rule);
  const { plateau: _, ...assessed } = assessBytes(series, asBytes);
  const slows = assessed.state === 'filling' && (assessed.late?.low ?? 0) > asBytes.allowance;
  const hasEnded = asBytes.end < rule.end;
  if (assessed.state !== 'grows' && !slows) return hasEnded ? undefined : { ...assessed, state: 'flat' };
  const state = hasEnded ? 'untold' : pagesState(netGrowth(assessed.judged), { ...rule, slows });
  if (state === 'untold') return { ...assessed, state: 'flat', accepted: { because: 'untold' } };
  return { ...assessed, state, ...(slows && { goesOn: true }) };
}

/** By which readings of native memory are judged as bytes are: no further than they go. */
export function pagesRule(
  points: readonly Point[],
  rule: AssessRule,
): AssessRule & { readonly leaps: false } {
  const end = points.at(-1)?.iteration ?? 0;
  return { ...rule, end, allowance: pagesAllowance({ ...rule, end }), leaps: false };
}

/** Bytes per iteration that are accepted over so many iterations. */
export function pagesAllowance({ allowance, end }: Pick<AssessRule, 'allowance' | 'end'>): Bytes {
  return Math.max(allowance, (ACCEPTED_GROWTH * 2) / Math.max(1, end));
}

/** Whether a run that may come so far tells certain growth from an allocator that spreads. */
export function tellsPages({
  end,
  planned = end,
  reach = end,
}: Pick<AssessRule, 'end' | 'planned' | 'reach'>): boolean {
  return reach >= Math.max(CONFIRMED * planned, LEAST_RUN);
}

/**
 * What certain growth is: a leak unless it slows down, `filling` for as long as a longer run may tell,
 * `untold` where none can follow, and where it still slows down in a long run.
 */
export function pagesState(
  growth: Bytes,
  {
    end,
    planned = end,
    ends = false,
    long = false,
    slows = false,
  }: Pick<AssessRule, 'end' | 'planned' | 'ends' | 'long'> & { readonly slows?: boolean },
): 'grows' | 'filling' | 'untold' {
  const isLong = end >= CONFIRMED * planned && (end >= LEAST_RUN || growth >= FAR_GROWTH);
  if (!slows && (isLong || growth >= BEYOND_ALLOCATORS)) return 'grows';
  return ends || (slows && long) ? 'untold' : 'filling';
}
