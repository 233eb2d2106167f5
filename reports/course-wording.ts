/** How far a trial went, and how to go further, in words. */
import {
  endOf,
  type Iterations,
  iterationsDone,
  type JudgedTrial,
  type Milliseconds,
  type StageReason,
} from '../harness/model.ts';
import { formatCount, formatDuration, formatNumber } from './format.ts';

/**
 * Why the run was longer or shorter than planned, and what its length leaves open; empty where there is
 * nothing to say.
 */
export function courseText({ result, series, verdict }: JudgedTrial, per: string): string {
  if (result.outcome === 'faulted') return '';
  const done = iterationsDone({ series });
  const { iterations } = result.trial.options;
  if (done < iterations) {
    const [planned] = result.stages;
    const wanted = planned ? endOf(planned) : iterations;
    return `ended after ${formatCount(done, per)} of ${formatNumber(wanted)}, being beyond doubt`;
  }
  const reason = result.stages.at(-1)?.reason ?? 'planned';
  const ranOn =
    reason === 'planned' ? '' : `ran on to ${formatCount(done, per)} to ${STAGE_PURPOSES[reason]}`;
  return verdict.outcome === 'leak' && verdict.mayFill
    ? `${ranOn || `seen over ${formatCount(done, per)}`}; ${mayFillText(result.wall)} (${furtherText(done)})`
    : ranOn;
}

/**
 * What a run leaves open of growth that may be a cache's, which is bound by the number of its entries or by
 * their age.
 */
function mayFillText(wall: Milliseconds): string {
  return `a cache or pool that takes longer than that to fill, or keeps things for more than ${formatDuration(wall)}, looks the same`;
}

/**
 * `--iterations 4000 goes further`: a round number of iterations with which a run does, and further still to
 * confirm a leak.
 */
export function furtherText(done: Iterations): string {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, done)));
  return `--iterations ${(Math.floor(done / magnitude) + 1) * magnitude} goes further`;
}

const STAGE_PURPOSES: { readonly [reason in Exclude<StageReason, 'planned'>]: string } = {
  confirm: 'confirm it',
  resolve: 'tell',
  inspect: 'look closer',
};
