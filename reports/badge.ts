import type { FaultKind, JudgedTrial, Verdict } from '../harness/model.ts';
import { type Outcome, outcomeOf, standingOf } from './judged.ts';
import { drifts } from './notable.ts';

/**
 * `LEAK`, `steady`, `inconclusive`, or the kind of fault; `no worse` for growth that its base has, too, `not judged` for
 * what ran with the JIT on.
 */
export function badge(judged: JudgedTrial): string {
  if (judged.result.outcome === 'faulted') return FAULT_NAMES[judged.result.fault.kind];
  if (isShownOnly(judged)) return 'not judged';
  return drifts(judged) ? NO_WORSE : OUTCOME_NAMES[judged.verdict.outcome];
}

/** Under V8's default flags a clean program may look as if it leaked: numbers, and no verdict; but a fault is one. */
export function isShownOnly(judged: JudgedTrial): boolean {
  return standingOf(judged) === 'jit' && judged.result.outcome !== 'faulted';
}

export const NO_WORSE = 'no worse';

export const OUTCOME_NAMES: { readonly [outcome in Verdict['outcome']]: string } = {
  leak: 'LEAK',
  steady: 'steady',
  inconclusive: 'inconclusive',
};

const FAULT_NAMES: { readonly [kind in FaultKind]: string } = {
  crashed: 'CRASHED',
  'out-of-memory': 'OUT OF MEMORY',
  hung: 'HUNG',
  'scenario-error': 'SCENARIO ERROR',
  'omitted-label-unused': 'WRONG BUILD',
  interrupted: 'INTERRUPTED',
};

/** How many of the trials ended in what, in the order in which reports tell it. */
export function tally(
  trials: readonly JudgedTrial[],
): readonly { readonly name: string; readonly outcome: Outcome; readonly count: number }[] {
  const counted = (name: string, outcome: Outcome, isCounted: (judged: JudgedTrial) => boolean) => ({
    name,
    outcome,
    count: trials.filter(judged => !isShownOnly(judged) && outcomeOf(judged) === outcome && isCounted(judged))
      .length,
  });
  return [
    counted('leak', 'leak', () => true),
    counted('steady', 'steady', judged => !drifts(judged)),
    counted(NO_WORSE, 'steady', drifts),
    counted('inconclusive', 'inconclusive', () => true),
    counted('faulted', 'fault', () => true),
  ];
}
