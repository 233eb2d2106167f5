import type { Sample, Stage, StageReason, TrialOptions } from './model.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { affordableStage } from './stages.ts';

/** Whether a trial can afford another stage for this reason. */
export function mayGoOn(
  reason: StageReason,
  {
    options,
    samples,
    stages = [],
  }: {
    readonly options: Partial<TrialOptions>;
    readonly samples: readonly Sample[];
    readonly stages?: readonly Stage[];
  },
): boolean {
  const [last, elapsed] = [stages.at(-1), samples.at(-1)?.elapsed ?? 0];
  return (
    last !== undefined &&
    affordableStage(last, reason, elapsed, { ...DEFAULT_OPTIONS, ...options }) !== undefined
  );
}
