import {
  endOf,
  type Iterations,
  type Milliseconds,
  type Sample,
  type Stage,
  type TrialOptions,
} from '../model.ts';
import { DEFAULT_OPTIONS } from '../options.ts';
import { affordableStage } from '../stages.ts';

/** How far a trial has come. */
interface SoFar {
  readonly options: Partial<TrialOptions>;
  readonly samples: readonly Sample[];
  readonly stages?: readonly Stage[];
}

/** Whether a trial can afford another stage as a closer look; an open verdict may be followed for one more. */
export function mayGoOn({ options, samples, stages = [] }: SoFar): boolean {
  return closerLook(stages.at(-1), samples.at(-1)?.elapsed ?? 0, options) !== undefined;
}

/** Measured iterations of a trial after all the closer looks that it can afford, at the pace it has gone so far. */
export function reach({ options, samples, stages = [] }: SoFar): Iterations {
  let [stage, elapsed] = [stages.at(-1), samples.at(-1)?.elapsed ?? 0];
  for (let next = stage; next; elapsed *= 2) {
    stage = next;
    next = closerLook(stage, elapsed, options);
  }
  return stage ? endOf(stage) : (samples.at(-1)?.iteration ?? 0);
}

function closerLook(
  last: Stage | undefined,
  elapsed: Milliseconds,
  options: Partial<TrialOptions>,
): Stage | undefined {
  return last && affordableStage(last, 'inspect', elapsed, { ...DEFAULT_OPTIONS, ...options });
}
