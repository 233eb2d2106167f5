import { type Bytes, type HeapTable, type Iterations, isHeap, isPopulation } from '../model.ts';
import { lateHalfBegin, netGrowth, tallestTooth } from '../stats/point.ts';
import { type Assessment, type AssessRule, isUndeniedUnread } from './assessment.ts';
import { type Held, heldOfLateHalf } from './held.ts';

/*
 * What lives for a while, and is more at a time late in a run, looks like growth and is no leak.
 */

/** More objects than these that stay of a late half are no chance. */
const STAYING = 24;
/** A heap that grows by more than so many times the allowance is not doubted. */
const CERTAIN_SLOPE = 2;

/**
 * What is held of a heap or population that leaves a doubt, while snapshots say that hardly anything made in
 * the late half is: what it holds comes and goes. More of it at a time is no leak, unless it grows without
 * end. Undefined where it is not so.
 */
export function turnoverOf(
  { metric, state, estimate }: Assessment,
  tables: readonly HeapTable[],
  rule: AssessRule,
): Held | undefined {
  const ofHeap = isHeap(metric);
  if (!ofHeap && !isPopulation(metric)) return undefined;
  if (!['unclear', 'filling', 'steps'].includes(state)) return undefined;
  if (ofHeap && estimate.slope > CERTAIN_SLOPE * rule.allowance) return undefined;
  const held = heldOfLateHalf(tables, rule);
  const isLittle = held && held.objects <= STAYING && held.bytesPerIteration < rule.allowance / 2;
  return isLittle ? held : undefined;
}

/**
 * What would not have passed for something that comes and goes: the smallest growth in bytes per iteration,
 * and the rarest object. Where less stays than before, as much may have been kept in its place.
 */
export function turnoverLimit(
  { objects, iterations, bytesPerIteration }: Held,
  { allowance }: Pick<AssessRule, 'allowance'>,
): { readonly bytesPerIteration: Bytes; readonly objectEvery: Iterations } {
  return {
    bytesPerIteration: allowance / 2 - Math.min(0, bytesPerIteration),
    objectEvery: wholeIterations(iterations / (STAYING + 1 - Math.min(0, objects))),
  };
}

/** Of a limit: whole iterations, or a share of one. */
export function wholeIterations(every: number): Iterations {
  return every >= 1 ? Math.floor(every) : every;
}

/** Snapshots with which a class of what was kept would at least seem to grow. */
const TELLING_SNAPSHOTS = 3;

/**
 * A heap that rises, and over the late half has given back as much as that on the way, while nothing that was
 * counted grows, neither all objects nor any class in the snapshots: what lives for a while was more at a
 * time. What is kept for good and is in no class, such as code, gives nothing back.
 */
export function lacksWitness(
  { metric, state, judged }: Assessment,
  all: readonly Assessment[],
  { tables, rule }: { readonly tables: readonly HeapTable[]; readonly rule: AssessRule },
): boolean {
  if (!isHeap(metric) || state !== 'grows' || tables.length < TELLING_SNAPSHOTS) return false;
  const begin = lateHalfBegin(rule.end, rule.warmup);
  const late = judged.filter(({ iteration }) => iteration >= begin);
  const isCounted = all.some(
    other => other.metric.kind === 'exact' && (other.state === 'grows' || isUndeniedUnread(other)),
  );
  return !isCounted && tallestTooth(late) >= netGrowth(late);
}
