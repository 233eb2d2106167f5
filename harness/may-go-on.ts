import type { Sample, Stage, TrialOptions } from './model.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { affordableStage } from './stages.ts';

/** Whether a trial can afford another stage as a closer look; an open verdict may be followed for one more. */
export function mayGoOn({
  options,
  samples,
  stages = [],
}: {
  readonly options: Partial<TrialOptions>;
  readonly samples: readonly Sample[];
  readonly stages?: readonly Stage[];
}): boolean {
  const [last, elapsed] = [stages.at(-1), samples.at(-1)?.elapsed ?? 0];
  return (
    last !== undefined &&
    affordableStage(last, 'inspect', elapsed, { ...DEFAULT_OPTIONS, ...options }) !== undefined
  );
}
