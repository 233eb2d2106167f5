import { type InconclusiveReason, isHeap, type Metric, type Sample } from '../model.ts';
import type { Assessment, AssessRule } from './assessment.ts';

/** Why a trial in which nothing is known to leak is not steady either. */
export interface Doubt {
  readonly reason: InconclusiveReason;
  readonly metric?: Metric;
}

/** What stands in the way of `steady`, the gravest first; undefined if nothing does. */
export function doubt(
  assessed: readonly Assessment[],
  samples: readonly Sample[],
  { allowance }: Pick<AssessRule, 'allowance'>,
): Doubt | undefined {
  if (!assessed.some(({ metric }) => isHeap(metric))) return { reason: 'too-few-samples' };

  const filling = assessed.find(goesOnGrowing);
  if (filling) return { reason: 'still-filling', metric: filling.metric };
  const unclear = assessed.find(({ state }) => state === 'unclear');
  if (unclear) return { reason: whyUnclear(unclear, samples, allowance), metric: unclear.metric };
  const unread = assessed.find(({ state }) => state === 'unread');
  return unread && { reason: 'too-few-samples', metric: unread.metric };
}

function goesOnGrowing({ state, goesOn }: Assessment): boolean {
  return ['filling', 'grows', 'steps'].includes(state) || (state === 'unread' && goesOn === true);
}

function whyUnclear(
  { metric, late, unwitnessed }: Assessment,
  samples: readonly Sample[],
  allowance: number,
): InconclusiveReason {
  const unsettled = samples.filter(({ settled }) => !settled).length;
  if (unsettled * 2 > samples.length) return 'not-settled';
  if (unwitnessed) return 'unwitnessed';
  const hasRisen = metric.kind === 'bytes' && late !== undefined && late.high <= allowance;
  return hasRisen ? 'rose-late' : 'interval-spans-allowance';
}
