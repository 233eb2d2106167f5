import { type Command, Option } from 'commander';
import type { GivenOptions, Parameters, Shard, SnapshotPolicy, TrialOptions } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { FORMAT_NAMES } from '../reports/format-names.ts';
import type { GateRequest } from './gate.ts';
import {
  amount,
  assign,
  collect,
  count,
  duration,
  repetitionCount,
  timeLimit,
  wholeFor,
} from './option-values.ts';
import { type ReporterRequest, reporter } from './reporter-option.ts';

/** Options of trials, and of nothing that is written about them. */
export interface RunningOptions extends Partial<Pick<TrialOptions, NumericOption>> {
  build: string[];
  repetitions?: number;
  set: Parameters;
  option: Parameters;
  nodeFlags?: string;
  jobs?: number;
  json: boolean;
  config?: string;
  snapshots?: SnapshotPolicy;
  evidence: boolean;
}

export interface MeasuringOptions extends RunningOptions {
  out?: string;
  reporter: readonly ReporterRequest[];
  github: boolean;
  shard?: Shard;
  heapDiff?: 'memwatch';
  keepSnapshots: boolean;
}

/** Of a command that writes no report. */
export const NO_REPORTS = {
  reporter: [],
  github: false,
  keepSnapshots: false,
} satisfies Partial<MeasuringOptions>;

type NumericOption =
  | 'iterations'
  | 'warmup'
  | 'windows'
  | 'maxIterations'
  | 'budget'
  | 'allowance'
  | 'deadline'
  | 'seed';

/** Adds what every command that runs trials and reports them takes. */
export function measuring(command: Command): Command {
  return reporting(running(command))
    .addOption(
      new Option('--heap-diff <tool>', 'one more trial per build with a class-by-class heap diff').choices([
        'memwatch',
      ]),
    )
    .option(
      '--keep-snapshots',
      'keep the heap snapshots that evidence comes from, for Chrome DevTools',
      false,
    )
    .option('--out <folder>', 'folder for the results (default: a new one under out/)');
}

/** Adds what every command that runs trials takes. */
export function running(command: Command): Command {
  const { iterations, warmup, windows, budget, allowance, deadline, seed, nodeFlags, snapshots } =
    DEFAULT_OPTIONS;
  return command
    .argument('[scenario...]', 'names (see list), paths or patterns of scenario modules')
    .option('--build <name>', 'only this build; may be given again', collect, [])
    .option(
      '--iterations <n>',
      `measured iterations at least (${iterations}, or the scenario's)`,
      wholeFor('iterations'),
    )
    .option('--warmup <n>', `warm-up iterations at least (${warmup})`, wholeFor('warmup'))
    .option('--windows <n>', `samples wanted (${windows})`, wholeFor('windows'))
    .option(
      '--max-iterations <n>',
      'double a trial in doubt up to this many, beside what whole windows take (16 times iterations; 32 while open)',
      wholeFor('maxIterations'),
    )
    .option(
      '--budget <time>',
      `and while it is expected to end within this time (${budget / 1000}s; 0: never)`,
      duration,
    )
    .addOption(
      new Option('--snapshots <when>', `compare heap snapshots by class (${snapshots})`).choices([
        'in-doubt',
        'always',
        'never',
      ]),
    )
    .option('--repetitions <n>', 'trials per scenario and build (1)', repetitionCount)
    .option('--allowance <bytes>', `heap growth per iteration that is accepted (${allowance})`, amount)
    .option(
      '--deadline <time>',
      `end a trial of which one iteration takes longer (${deadline} ms)`,
      timeLimit,
    )
    .option('--seed <n>', `seed of everything random (${seed})`, amount)
    .option('--set <name=value>', 'a size or setting of the scenario; may be given again', assign, {})
    .option('--option <name=value>', 'any other option of a trial (see list); may be given again', assign, {})
    .option('--node-flags <flags>', `flags of the measured process, in place of ${nodeFlags.join(' ')}`)
    .option('--jobs <n>', 'trials at once (default: one per core)', count)
    .option('--no-evidence', 'do not run one more trial of each build that leaks, to say why')
    .option('--config <path>', 'configuration file (default: leakgate.config.{ts,mjs,json} found upward)')
    .option('--json', 'print only JSON', false);
}

/** Adds what every command that writes a report takes. */
export function reporting(command: Command): Command {
  return command
    .option(
      '--reporter <format[=path]>',
      `write this format too (${FORMAT_NAMES.join(', ')}); may be given again`,
      reporter,
      [],
    )
    .option('--no-github', 'no annotations and no job summary in GitHub Actions');
}

/** What the command line asks for. */
export function requestOf(
  scenarios: readonly string[],
  options: MeasuringOptions,
  command: readonly string[],
): Omit<GateRequest, 'jit' | 'name' | 'png'> {
  const { iterations, warmup, windows, maxIterations, budget, snapshots } = options;
  const { allowance, deadline, seed, nodeFlags, jobs, out, shard } = options;
  return {
    scenarios,
    builds: options.build,
    repetitions: options.repetitions ?? 1,
    parameters: options.set,
    overrides: {
      ...(options.option as GivenOptions),
      ...(iterations !== undefined && { iterations }),
      ...(warmup !== undefined && { warmup }),
      ...(windows !== undefined && { windows }),
      ...(maxIterations !== undefined && { maxIterations }),
      ...(budget !== undefined && { budget }),
      ...(snapshots !== undefined && { snapshots }),
      ...(allowance !== undefined && { allowance }),
      ...(deadline !== undefined && { deadline }),
      ...(seed !== undefined && { seed }),
      ...(nodeFlags !== undefined && { nodeFlags: nodeFlags.split(/\s+/).filter(flag => flag !== '') }),
    },
    ...(jobs !== undefined && { jobs }),
    ...(out !== undefined && { out }),
    ...(shard !== undefined && { shard }),
    reporters: options.reporter,
    github: options.github,
    json: options.json,
    heapDiff: options.heapDiff === 'memwatch',
    ...(options.evidence && { evidence: { keepSnapshots: options.keepSnapshots } }),
    command,
  };
}
