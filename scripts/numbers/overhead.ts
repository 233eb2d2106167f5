import type { Iterations, Milliseconds, Sample, TrialRecord } from '../../harness/model.ts';
import { spreadOf } from './spread.ts';

/** Where the time of one trial went. */
interface TrialTimes {
  /** From the start of its process to the first message. */
  readonly startup: Milliseconds;
  readonly warmup: Milliseconds;
  /** Settling and cheap probes, of samples without a census. */
  readonly samples: Milliseconds;
  /** Samples with a census: settling, all probes, the walks. */
  readonly censuses: Milliseconds;
  /** The measured iterations themselves, with talking to the parent. */
  readonly iterations: Milliseconds;
  /** Loading the scenario before the warm-up, and ending. */
  readonly rest: Milliseconds;
  readonly wall: Milliseconds;
}

export function trialTimes(
  { startup, warmup, wall }: Pick<TrialRecord, 'startup' | 'warmup' | 'wall'>,
  samples: readonly Sample[],
): TrialTimes {
  const steps = samples.map(({ measuring, readings }, place) => ({
    cost: measuring - (samples[place - 1]?.measuring ?? 0),
    isCensus: readings.population !== undefined,
  }));
  const cost = (census: boolean) =>
    steps.filter(({ isCensus }) => isCensus === census).reduce((sum, step) => sum + step.cost, 0);
  const [last] = samples.slice(-1);
  const measured = last?.elapsed ?? 0;
  const warm = warmup?.elapsed ?? 0;
  return {
    startup,
    warmup: warm,
    samples: cost(false),
    censuses: cost(true),
    iterations: measured - (last?.measuring ?? 0),
    rest: wall - startup - warm - measured,
    wall,
  };
}

/** One comparison of the loop alone with the same loop in a trial and under the whole command. */
export interface OverheadRun {
  readonly bare: Milliseconds;
  readonly command: Milliseconds;
  readonly trial: TrialTimes;
}

export interface OverheadSummary {
  readonly iterations: Iterations;
  readonly bare: Milliseconds;
  /** Medians, and how much longer they are than the bare loop's. */
  readonly command: Milliseconds;
  readonly trial: Milliseconds;
  readonly commandOverhead: number;
  readonly trialOverhead: number;
  /** Of the trial, medians. */
  readonly parts: TrialTimes;
}

/** @throws {RangeError} if there is no run. */
export function overheadOf(runs: readonly OverheadRun[], iterations: Iterations): OverheadSummary {
  const bare = median(runs.map(run => run.bare));
  const command = median(runs.map(run => run.command));
  const trial = median(runs.map(run => run.trial.wall));
  const part = (name: keyof TrialTimes) => median(runs.map(run => run.trial[name]));
  return {
    iterations,
    bare,
    command,
    trial,
    commandOverhead: command / bare - 1,
    trialOverhead: trial / bare - 1,
    parts: {
      startup: part('startup'),
      warmup: part('warmup'),
      samples: part('samples'),
      censuses: part('censuses'),
      iterations: part('iterations'),
      rest: part('rest'),
      wall: trial,
    },
  };
}

export function describeOverhead({ bare, command, trial, parts, ...summary }: OverheadSummary): string {
  const ms = (time: Milliseconds) => `${time.toFixed(0)} ms`.padStart(8);
  const more = (share: number) => `${share >= 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
  return [
    `bare loop      ${ms(bare)}  ${summary.iterations} iterations in a process of their own`,
    `trial          ${ms(trial)}  ${more(summary.trialOverhead)}`,
    `  start        ${ms(parts.startup)}`,
    `  warm-up      ${ms(parts.warmup)}`,
    `  iterations   ${ms(parts.iterations)}`,
    `  samples      ${ms(parts.samples)}  settling and cheap probes`,
    `  censuses     ${ms(parts.censuses)}  the same with a walk over the heap`,
    `  rest         ${ms(parts.rest)}  loading the scenario, ending`,
    `whole command  ${ms(command)}  ${more(summary.commandOverhead)}`,
  ].join('\n');
}

function median(values: readonly number[]): number {
  const spread = spreadOf(values);
  if (!spread) throw new RangeError('Cannot compare as there must be at least one run: there is none');
  return spread.median;
}
