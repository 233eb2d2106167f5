import { Command, InvalidArgumentError, Option } from 'commander';
import { BUILDS, type BuildName } from '../harness/engine/builds.ts';
import { CorefileError } from '../harness/engine/corefile/error.ts';
import { LeakgateError } from '../harness/errors.ts';
import type { Json, Milliseconds, Parameters, SnapshotPolicy, TrialOptions } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { FORMAT_NAMES, type Format } from '../reports/index.ts';
import { UnreadableFile } from '../reports/saved.ts';
import { BASELINE_FILE, baseline } from './baseline.ts';
import { bench } from './bench.ts';
import { charts } from './charts.ts';
import { compare } from './compare.ts';
import { DETECTOR_NAMES } from './detectors/index.ts';
import { type DetectorsRequest, detectors } from './detectors.ts';
import { doctor } from './doctor.ts';
import { version } from './environment.ts';
import { type GateRequest, gate } from './gate.ts';
import { list } from './list.ts';
import { HEADLINE } from './scenario-files.ts';
import { serve } from './serve.ts';
import type { Surroundings } from './surroundings.ts';
import { DEFAULT_AGES } from './timings.ts';

/** Parses the command line, runs the command, returns the exit code. Never throws for a user's mistake. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  const program = createProgram(args, surroundings, code => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return failure(error, surroundings);
  }
}

function failure(error: unknown, { stderr, env }: Surroundings): number {
  // commander has printed its own message; help and version count as success.
  if (isCommanderError(error)) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof LeakgateError || isExpected(error)) {
    stderr.write(`leakgate: ${error.message}\n`);
    if (env.LEAKGATE_DEBUG) stderr.write(`${error.stack ?? ''}\n`);
  } else {
    stderr.write(`leakgate: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
  return 2;
}

function isCommanderError(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** A bad configuration or report, and errors of the system (a busy port, a missing file): the message says it all. */
function isExpected(error: unknown): error is Error {
  if (error instanceof CorefileError || error instanceof UnreadableFile) return true;
  return error instanceof Error && 'syscall' in error;
}

function createProgram(
  args: readonly string[],
  surroundings: Surroundings,
  done: (exitCode: number) => void,
): Command {
  const program = new Command('leakgate')
    .description('Does doing this again and again leave anything behind?')
    .version(version())
    // Else `bench` would take the options of `bench detectors` for its own.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: text => surroundings.stdout.write(text),
      writeErr: text => surroundings.stderr.write(text),
    });

  measuring(program.command('run'))
    .description(`measure, judge and report scenarios: the CI gate (default: ${HEADLINE})`)
    .option('--base <what>', 'judge growth beyond this: a build, a saved report, or a baseline file')
    .option('--jit', "one more trial per build with V8's default flags, shown but not judged", false)
    .action(async (scenarios: string[], options: MeasuringOptions & { jit: boolean; base?: string }) => {
      const named = scenarios.length > 0 ? scenarios : [HEADLINE];
      done(
        await gate(
          {
            ...requestOf(named, options, args),
            ...(options.base !== undefined && { base: options.base }),
            jit: options.jit ? 'every' : 'none',
            name: 'run',
            png: false,
          },
          surroundings,
        ),
      );
    });

  measuring(program.command('baseline'))
    .description(`run scenarios and keep how they grow, for run --base (default: ${HEADLINE})`)
    .option('--file <path>', 'baseline to write or update', BASELINE_FILE)
    .action(async (scenarios: string[], options: MeasuringOptions & { file: string }) => {
      const named = scenarios.length > 0 ? scenarios : [HEADLINE];
      done(await baseline({ ...requestOf(named, options, args), file: options.file }, surroundings));
    });

  program
    .command('compare')
    .description('what got better or worse between two saved reports')
    .argument('<base>', 'report.json, its folder, or a baseline')
    .argument('<head>', 'the same of the later run')
    .option('--json', 'print only JSON', false)
    .action((base: string, head: string, { json }: { json: boolean }) =>
      done(compare({ base, head, json }, surroundings)),
    );

  const benchmark = measuring(program.command('bench'))
    .description('every scenario and build, growth tables, timings under leak, charts')
    .enablePositionalOptions()
    .option('--ages <n,n...>', `reloads before each timing (${DEFAULT_AGES.join(',')})`, ages)
    .action(async (scenarios: string[], options: MeasuringOptions & { ages?: number[] }) => {
      const request = requestOf(scenarios, options, args);
      done(await bench({ ...request, ...(options.ages && { ages: options.ages }) }, surroundings));
    });

  benchmark
    .command('detectors')
    .description('a corpus of leaks and decoys, judged by leakgate and by other leak detectors')
    .argument('[corpus]', "folder with leaks/ and decoys/ (default: leakgate's own, in a checkout)")
    .option('--only <names>', 'only these cases, parted by commas', names, [])
    .option('--detectors <names>', `only these of ${DETECTOR_NAMES.join(', ')}`, names, [])
    .option('--jobs <n>', 'cases at once', count, 2)
    .option('--out <folder>', 'folder for the results (default: a new one under out/)')
    .option('--json', 'print only JSON', false)
    .action(async (corpus: string | undefined, options: Omit<DetectorsRequest, 'corpus' | 'command'>) => {
      const request = { ...options, ...(corpus !== undefined && { corpus }), command: args };
      done(await detectors(request, surroundings));
    });

  program
    .command('render')
    .description('show a saved report again and redraw its charts, without a new run')
    .argument('[report]', 'report.json or its folder (default: the newest run in out/)')
    .addOption(new Option('--format <name>', 'print this format instead').choices(FORMAT_NAMES))
    .option('--out <folder>', "folder for the charts (default: the report's)")
    .action((report: string | undefined, options: { format?: Format; out?: string }) => {
      done(charts({ ...options, ...(report !== undefined && { report }) }, surroundings));
    });

  program
    .command('list')
    .description('scenarios, their builds and sizes, probes, options, report formats')
    .option('--json', 'print only JSON', false)
    .action(async ({ json }: { json: boolean }) => done(await list(surroundings, json)));

  program
    .command('serve')
    .description('run the DNS engine alone; SIGUSR1 reloads, SIGTERM and SIGINT stop')
    .requiredOption('--conf <Corefile>', 'configuration')
    .option('--port <n>', 'port of server blocks that name none', port, 53)
    .addOption(new Option('--build <name>', 'engine build').choices(Object.keys(BUILDS)).default('fixed'))
    .action(async (options: { conf: string; port: number; build: BuildName }) =>
      done(await serve(options, surroundings)),
    );

  program
    .command('doctor')
    .description('say what this machine offers and what is missing')
    .action(async () => done(await doctor(surroundings)));

  return program;
}

interface MeasuringOptions extends Partial<Pick<TrialOptions, NumericOption>> {
  build: string[];
  repetitions: number;
  set: Parameters;
  option: Parameters;
  nodeFlags?: string;
  jobs?: number;
  out?: string;
  json: boolean;
  heapDiff?: 'memwatch';
  snapshots?: SnapshotPolicy;
}

type NumericOption =
  | 'iterations'
  | 'warmup'
  | 'windows'
  | 'maxIterations'
  | 'budget'
  | 'allowance'
  | 'deadline'
  | 'seed';

function measuring(command: Command): Command {
  const { iterations, warmup, windows, budget, allowance, deadline, seed, nodeFlags, snapshots } =
    DEFAULT_OPTIONS;
  return command
    .argument('[scenario...]', 'names (see list) or paths of scenario modules')
    .option('--build <name>', 'only this build; may be given again', collect, [])
    .option('--iterations <n>', `measured iterations at least (${iterations}, or the scenario's)`, count)
    .option('--warmup <n>', `warm-up iterations at least (${warmup})`, count)
    .option('--windows <n>', `samples wanted (${windows})`, count)
    .option('--max-iterations <n>', 'prolong a trial in doubt up to this many (8 times iterations)', count)
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
    .option('--repetitions <n>', 'trials per scenario and build', count, 1)
    .option('--allowance <bytes>', `heap growth per iteration that is accepted (${allowance})`, amount)
    .option('--deadline <ms>', `end a trial after this time (${deadline})`, count)
    .option('--seed <n>', `seed of everything random (${seed})`, amount)
    .option('--set <name=value>', 'a size or setting of the scenario; may be given again', assign, {})
    .option('--option <name=value>', 'any other option of a trial (see list); may be given again', assign, {})
    .option('--node-flags <flags>', `flags of the measured process (${nodeFlags.join(' ')})`)
    .option('--jobs <n>', 'trials at once (default: one per core)', count)
    .addOption(
      new Option('--heap-diff <tool>', 'one more trial per build with a class-by-class heap diff').choices([
        'memwatch',
      ]),
    )
    .option('--out <folder>', 'folder for the results (default: a new one under out/)')
    .option('--json', 'print only JSON', false);
}

function requestOf(
  scenarios: readonly string[],
  options: MeasuringOptions,
  command: readonly string[],
): Omit<GateRequest, 'jit' | 'name' | 'png'> {
  const { iterations, warmup, windows, maxIterations, budget, snapshots } = options;
  const { allowance, deadline, seed, nodeFlags, jobs, out } = options;
  return {
    scenarios,
    builds: options.build,
    repetitions: options.repetitions,
    parameters: options.set,
    overrides: {
      ...(options.option as Partial<TrialOptions>),
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
    json: options.json,
    heapDiff: options.heapDiff === 'memwatch',
    command,
  };
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

function names(value: string): string[] {
  return value.split(',').filter(name => name !== '');
}

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 999999999.');
  return Number(text);
}

function amount(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 0 to 999999999.');
  return Number(text);
}

const UNITS: { readonly [unit: string]: Milliseconds } = { ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** `30s`, `500ms`, `2min`; a bare number is in seconds. */
function duration(text: string): Milliseconds {
  const [, value, unit = 's'] = /^(\d{1,6}(?:\.\d+)?)(ms|s|min|m)?$/.exec(text) ?? [];
  if (value === undefined) throw new InvalidArgumentError('It must be a time such as 30s, 500ms or 2min.');
  return Number(value) * (UNITS[unit] ?? 1000);
}

function ages(text: string): number[] {
  if (!/^\d{1,9}(,\d{1,9})*$/.test(text))
    throw new InvalidArgumentError('It must be whole numbers from 0 to 999999999, parted by commas.');
  return text.split(',').map(Number);
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError('It must be a port from 0 to 65535.');
  return Number(text);
}

/** `name=value`; the value is read as JSON where it is JSON, else as text. */
function assign(text: string, previous: Parameters): Parameters {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It must have the form name=value.');
  return { ...previous, [name]: jsonOrText(value) };
}

function jsonOrText(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
