import { type Bytes, endOf, type TrialOptions, type TrialRecord } from '../model.ts';
import { LONG_RUN } from '../stages.ts';
import type { AssessRule } from './assessment.ts';
import { mayGoOn, reach } from './may-go-on.ts';

/** What a trial's readings are judged by, given how far it has come. */
export function assessRule({
  samples,
  warmup,
  options,
  stages = [],
}: Pick<TrialRecord, 'samples' | 'warmup'> &
  Partial<Pick<TrialRecord, 'stages'>> & {
    readonly options: Pick<TrialOptions, 'allowance' | 'confidence'> & Partial<TrialOptions>;
  }): AssessRule {
  const end = samples.at(-1)?.iteration ?? 0;
  const long = stages.length >= LONG_RUN;
  const ends = !mayGoOn({ options, samples, stages });
  return {
    allowance: allowanceOver(options, end),
    confidence: atLook(options.confidence, Math.max(1, stages.length)),
    warmup: warmup?.iterations ?? 0,
    end,
    long,
    ends,
    reach: reach({ options, samples, stages }),
    ...(stages[0] && { planned: endOf(stages[0]) }),
  };
}

/**
 * Bytes that a heap may gain over the judged half of a run, however short: readings of clean subjects stray
 * by up to half as much.
 */
const LEAST_GROWTH: Bytes = 4096;

/** Bytes per iteration that are accepted over so many: short runs are too noisy for a small allowance. */
export function allowanceOver({ allowance }: Pick<TrialOptions, 'allowance'>, iterations: number): Bytes {
  return Math.max(allowance, (LEAST_GROWTH * 2) / Math.max(1, iterations));
}

/**
 * Each stage of a trial is one look at its readings: of the probability of error that `confidence` leaves,
 * look k gets the share 1 / (k (k + 1)), which over any number of looks sums up to no more than all of it.
 */
function atLook(confidence: number, look: number): number {
  return 1 - (1 - confidence) / (look * (look + 1));
}
