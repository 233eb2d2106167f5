import { type Command, Option } from 'commander';
import type { Parameters, Shard } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { FORMAT_NAMES } from '../reports/format-names.ts';
import type { GateRequest } from './gate.ts';
import { collect, count, repetitionCount } from './option-values.ts';
import { type ReporterRequest, reporter } from './reporter-option.ts';
import { addSettings, addTrialFlags, type FlagOptions, overridesOf, type TrialFlag } from './trial-flags.ts';

/** Options of trials, and of nothing that is written about them. */
export interface RunningOptions extends FlagOptions<TrialFlag> {
  build: string[];
  repetitions?: number;
  set: Parameters;
  nodeFlags?: string;
  jobs?: number;
  json: boolean;
  config?: string;
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

/** How long a trial runs, and how closely it is looked at. */
const LENGTH_FLAGS = ['iterations', 'warmup', 'windows', 'maxIterations', 'budget', 'snapshots'] as const;
const OTHER_FLAGS = ['allowance', 'deadline', 'seed'] as const;

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
  const { nodeFlags } = DEFAULT_OPTIONS;
  command
    .argument('[scenario...]', 'names (see list), paths or patterns of scenario modules')
    .option('--build <name>', 'only this build; may be given again', collect, []);
  addTrialFlags(command, LENGTH_FLAGS).option(
    '--repetitions <n>',
    'trials per scenario and build (1)',
    repetitionCount,
  );
  return addSettings(addTrialFlags(command, OTHER_FLAGS))
    .option('--node-flags <flags>', `flags of the measured process, in place of ${nodeFlags.join(' ')}`)
    .option('--jobs <n>', 'trials at once (default: one per core)', count)
    .option(
      '--no-evidence',
      'do not run one more trial of each build in which something grows to the end, to say why',
    )
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
  const { nodeFlags, jobs, out, shard } = options;
  return {
    scenarios,
    builds: options.build,
    repetitions: options.repetitions ?? 1,
    parameters: options.set,
    overrides: {
      ...overridesOf(options, [...LENGTH_FLAGS, ...OTHER_FLAGS]),
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
