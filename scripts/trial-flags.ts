import { type Command, Option } from 'commander';
import type { GivenOptions, Parameters, TrialOptions } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { assign, duration, numberFor, timeLimit } from './option-values.ts';

const { iterations, warmup, windows, budget, snapshots, allowance, deadline, seed } = DEFAULT_OPTIONS;

/** The options of a trial that have a flag of their own. */
const FLAGS = {
  iterations: () =>
    new Option(
      '--iterations <n>',
      `measured iterations at least (${iterations}, or the scenario's)`,
    ).argParser(numberFor('iterations')),
  warmup: () =>
    new Option('--warmup <n>', `warm-up iterations at least (${warmup})`).argParser(numberFor('warmup')),
  windows: () => new Option('--windows <n>', `samples wanted (${windows})`).argParser(numberFor('windows')),
  maxIterations: () =>
    new Option(
      '--max-iterations <n>',
      'double a trial in doubt up to this many, beside what whole windows take (16 times iterations; 32 while open)',
    ).argParser(numberFor('maxIterations')),
  budget: () =>
    new Option(
      '--budget <time>',
      `and while it is expected to end within this time (${budget / 1000}s; 0: never)`,
    ).argParser(duration),
  snapshots: () =>
    new Option('--snapshots <when>', `compare heap snapshots by class (${snapshots})`).choices([
      'in-doubt',
      'always',
      'never',
    ]),
  allowance: () =>
    new Option('--allowance <bytes>', `heap growth per iteration that is accepted (${allowance})`).argParser(
      numberFor('allowance'),
    ),
  deadline: () =>
    new Option(
      '--deadline <time>',
      `end a trial of which one iteration takes longer (${deadline / 1000}s)`,
    ).argParser(timeLimit),
  seed: () => new Option('--seed <n>', `seed of everything random (${seed})`).argParser(numberFor('seed')),
} satisfies { readonly [name in keyof TrialOptions]?: () => Option };

export type TrialFlag = keyof typeof FLAGS;

/** What a command was given of them, and `--option`. */
export type FlagOptions<Flag extends TrialFlag> = Partial<Pick<TrialOptions, Flag>> & { option: Parameters };

/** Adds these flags, in their order. */
export function addTrialFlags(command: Command, flags: readonly TrialFlag[]): Command {
  for (const flag of flags) command.addOption(FLAGS[flag]());
  return command;
}

/** Adds `--set` and `--option`. */
export function addSettings(command: Command): Command {
  return command
    .option('--set <name=value>', 'a size or setting of the scenario; may be given again', assign, {})
    .option(
      '--option <name=value>',
      'any other option of a trial (see list); may be given again',
      assign,
      {},
    );
}

/** What `--option` gave, and over it what was given by these flags. */
export function overridesOf<Flag extends TrialFlag>(
  options: FlagOptions<Flag>,
  flags: readonly Flag[],
): GivenOptions {
  const given = flags.flatMap(flag => (options[flag] === undefined ? [] : [[flag, options[flag]]]));
  return { ...(options.option as GivenOptions), ...(Object.fromEntries(given) as GivenOptions) };
}
