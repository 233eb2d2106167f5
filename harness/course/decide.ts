import { inspectionsOf, inspectionsOfClass } from '../judge/suspicion.ts';
import { inputOf, type Judgement, judgeClosely } from '../judge.ts';
import {
  endOf,
  isNullRun,
  type Milliseconds,
  type Stage,
  type StageReason,
  type TrialOptions,
} from '../model.ts';
import type { TrialSoFar } from '../spawn/spawn.ts';
import { affordableStage, LONG_RUN } from '../stages.ts';
import type { Next } from '../worker/protocol.ts';
import { isCertain } from './certain.ts';
import { type NativeFirst, nativeFirst } from './native-first.ts';
import { isOvert } from './overt.ts';

/**
 * Whether a trial goes on, after each of its samples. Within a stage only an overt leak ends it. At the end
 * of a stage a verdict beyond doubt does. Otherwise, within the options' budget and limit: a leak is
 * confirmed by as many iterations again, which have to show it by themselves and which a cache that was still
 * filling does not survive; an open verdict is resolved; a faint growth is inspected with heap snapshots, of
 * native memory without, but not that of the null run.
 */
export function decide(soFar: TrialSoFar): Next {
  const { trial, samples, stages } = soFar;
  const [last, sample] = [stages.at(-1), samples.at(-1)];
  if (!last || !sample) return { do: 'go-on' };
  if (sample.iteration < endOf(last)) return { do: isOvert(soFar) ? 'stop' : 'go-on' };

  const judgement = judgeClosely(inputOf(soFar));
  const native = isNullRun(trial) ? 'no' : nativeFirst(judgement.readings, judgement.found, stages);
  const reason = doubtOf(judgement, native, soFar);
  const stage = reason && affordableStage(last, reason, sample.elapsed, trial.options);
  if (!stage) return { do: 'stop' };
  const waits = native === 'before-others' && mayFollow(stage, sample.elapsed * 2, trial.options);
  return {
    do: 'prolong',
    stage: waits || native === 'alone' ? { ...stage, snapshots: false } : stage,
  };
}

/** Whether yet another stage could follow this one, after so much time. */
function mayFollow(stage: Stage, elapsed: Milliseconds, options: TrialOptions): boolean {
  return affordableStage(stage, 'inspect', elapsed, options) !== undefined;
}

/** Why the trial should go on; undefined if its verdict is certain. */
function doubtOf(judgement: Judgement, native: NativeFirst, soFar: TrialSoFar): StageReason | undefined {
  switch (judgement.outcome) {
    case 'inconclusive':
      return isBeyondLooks(judgement, soFar) ? undefined : 'resolve';
    case 'steady':
      return isToBeInspected(judgement, native, soFar) ? 'inspect' : undefined;
    case 'leak': {
      const leak = judgement.verdict();
      return leak.outcome === 'leak' && isCertain(leak, soFar) ? undefined : 'confirm';
    }
  }
}

/** Whether what is in doubt could be told by snapshots alone, which cannot be had, so that going on for long is in vain. */
function isBeyondLooks(judgement: Judgement, { stages }: TrialSoFar): boolean {
  const verdict = judgement.verdict();
  const isTooLarge = verdict.outcome === 'inconclusive' && verdict.reason === 'too-large';
  return isTooLarge && stages.length >= LONG_RUN;
}

/**
 * A look without snapshots, for the sake of native memory, is none for anything else; that memory is looked
 * at once. What the harness itself adds is not worth the wait of any.
 */
function isToBeInspected(
  { readings, classes }: Judgement,
  native: NativeFirst,
  { trial, stages }: TrialSoFar,
): boolean {
  if (isNullRun(trial)) return false;
  if (native === 'alone') return stages.length <= 1;
  const later = stages.slice(1);
  const looks = trial.options.snapshots === 'never' ? later : later.filter(({ snapshots }) => snapshots);
  return looks.length < Math.max(0, ...classes.map(inspectionsOfClass), ...readings.map(inspectionsOf));
}
