import { Command, Option } from 'commander';
import { BUILDS, type BuildName } from '../harness/engine/builds.ts';
import { CorefileError } from '../harness/engine/corefile/error.ts';
import { LeakgateError } from '../harness/errors.ts';
import { BASELINE_FILE } from './baseline-file.ts';
import { addCertify } from './certify-command.ts';
import type { ChartsRequest } from './charts.ts';
import { withConfig } from './config/apply-config.ts';
import { DETECTOR_NAMES } from './detectors/index.ts';
import type { DetectorsRequest } from './detectors.ts';
import { version } from './environment.ts';
import { explaining } from './explain-options.ts';
import {
  type MeasuringOptions,
  measuring,
  NO_REPORTS,
  type RunningOptions,
  reporting,
  requestOf,
  running,
} from './measuring-options.ts';
import type { MergeRequest } from './merge.ts';
import { ages, count, names, pixels, port, shard } from './option-values.ts';
import type { ReporterRequest } from './reporter-option.ts';
import type { Surroundings } from './surroundings.ts';
import { DEFAULT_AGES } from './timings.ts';

type MergeOptions = Omit<MergeRequest, 'reports' | 'reporters'> & { reporter: readonly ReporterRequest[] };

type BisectOptions = RunningOptions & {
  good: string;
  bad: string;
  buildCommand?: string;
  currentScenario: boolean;
};

// Each command loads what it needs when it runs: reports, charts and the engine would make `--help` wait for them.

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
  if (error instanceof CorefileError) return true;
  return error instanceof Error && ('syscall' in error || error.name === 'UnreadableFile');
}

/** Defaults that say nothing are left out: an empty list, `false`. */
function describeOption(option: Option): string {
  const says = typeof option.defaultValue === 'string' || typeof option.defaultValue === 'number';
  const shown = option.defaultValueDescription ?? String(option.defaultValue);
  return says ? `${option.description} (default: ${shown})` : option.description;
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
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: text => surroundings.stdout.write(text),
      writeErr: text => surroundings.stderr.write(text),
    });

  measuring(program.command('run'))
    .description('measure, judge and report scenarios: the CI gate')
    .option('--shard <index/count>', 'run only this part of the plan, for leakgate merge', shard)
    .option('--base <what>', 'judge growth beyond this: a build, a saved report, or a baseline file')
    .option('--jit', "one more trial per build with V8's default flags, shown but not judged", false)
    .action(async (named: string[], given: MeasuringOptions & { jit: boolean; base?: string }) => {
      const { scenarios, options } = await withConfig(named, given, surroundings.cwd());
      const { gate } = await import('./gate.ts');
      done(
        await gate(
          {
            ...requestOf(scenarios, options, args),
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
    .description('run scenarios and keep how they grow, for run --base')
    .option('--file <path>', 'baseline to write or update', BASELINE_FILE)
    .action(async (named: string[], given: MeasuringOptions & { file: string }) => {
      const { scenarios, options } = await withConfig(named, given, surroundings.cwd());
      const { baseline } = await import('./baseline.ts');
      done(await baseline({ ...requestOf(scenarios, options, args), file: options.file }, surroundings));
    });

  explaining(program, args, surroundings, done);

  program
    .command('compare')
    .description('what got better or worse between two saved reports')
    .argument('<base>', 'report.json, its folder, or a baseline')
    .argument('<head>', 'the same of the later run')
    .option('--json', 'print only JSON', false)
    .action(async (base: string, head: string, { json }: { json: boolean }) => {
      const { compare } = await import('./compare.ts');
      done(compare({ base, head, json }, surroundings));
    });

  running(program.command('bisect'))
    .description('find the commit with which a leak came, by git bisect and the gate')
    .requiredOption('--good <rev>', 'a revision that is steady')
    .requiredOption('--bad <rev>', 'a later revision that leaks')
    .option(
      '--build-command <line>',
      'makes a commit ready, for the shell (default: install by the lock file, then the build script)',
    )
    .option('--current-scenario', 'use the scenario as it is now, even where a commit has its own', false)
    .action(async (named: string[], given: BisectOptions) => {
      const told = { ...given, ...NO_REPORTS };
      const { scenarios, options } = await withConfig(named, told, surroundings.cwd(), []);
      const { bisect } = await import('./bisect/bisect.ts');
      const { good, bad, buildCommand, currentScenario } = options;
      const ends = { good, bad, currentScenario, ...(buildCommand !== undefined && { buildCommand }) };
      done(await bisect({ ...requestOf(scenarios, options, args), ...ends }, surroundings));
    });

  const benchmark = measuring(program.command('bench'))
    .description('every scenario and build, growth tables, timings under leak, charts')
    .enablePositionalOptions()
    .option('--shard <index/count>', 'run only this part of the plan, for leakgate merge', shard)
    .option('--ages <n,n...>', `reloads before each timing (${DEFAULT_AGES.join(',')})`, ages)
    .action(async (named: string[], given: MeasuringOptions & { ages?: number[] }) => {
      const { scenarios, options } = await withConfig(named, given, surroundings.cwd(), []);
      const request = requestOf(scenarios, options, args);
      const { bench } = await import('./bench.ts');
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
      const { detectors } = await import('./detectors.ts');
      done(await detectors(request, surroundings));
    });

  addCertify(program, args, surroundings, done);

  reporting(program.command('merge'))
    .description('one report of several: the shards of a run, or runs of different scenarios')
    .argument('<report...>', 'report.json, its folder, or a folder of such folders')
    .option('--out <folder>', 'folder for the results (default: a new one under out/)')
    .option('--json', 'print only JSON', false)
    .action(async (reports: string[], { reporter, ...options }: MergeOptions) => {
      const { merge } = await import('./merge.ts');
      done(merge({ ...options, reporters: reporter, reports }, surroundings));
    });

  program
    .command('render')
    .description(
      'show saved reports or a certification again and redraw their charts, without a new run; several reports stand side by side',
    )
    .argument(
      '[report...]',
      'report.json, certification.json, or its folder (default: the newest run in out/)',
    )
    .option('--format <name>', 'print this format instead (see list)')
    .option('--chart <name>', 'what to draw: heap, timers, handles or all (default: heap)')
    .option('--trend <folder>', 'draw how growth went over the reports in this folder instead')
    .option('--width <pixels>', 'of the chart', pixels(400))
    .option('--height <pixels>', "of one scenario's panels", pixels(100))
    .option('--dark', 'light lines on a dark ground')
    .option('--out <folder>', "folder for what is drawn (default: the last report's)")
    .action(async (reports: string[], options: Omit<ChartsRequest, 'reports'>) => {
      const { charts } = await import('./charts.ts');
      done(charts({ ...options, reports }, surroundings));
    });

  program
    .command('list')
    .description('scenarios, their builds and sizes, probes, options, report formats')
    .option('--config <path>', 'configuration file to show, instead of the one found upward')
    .option('--json', 'print only JSON', false)
    .action(async (options: { json: boolean; config?: string }) => {
      const { list } = await import('./list.ts');
      done(await list(surroundings, options));
    });

  program
    .command('serve')
    .description('run the DNS engine alone; SIGUSR1 reloads, SIGTERM and SIGINT stop')
    .requiredOption('--conf <Corefile>', 'configuration')
    .option('--port <n>', 'port of server blocks that name none', port, 53)
    .addOption(new Option('--build <name>', 'engine build').choices(Object.keys(BUILDS)).default('fixed'))
    .action(async (options: { conf: string; port: number; build: BuildName }) => {
      const { serve } = await import('./serve.ts');
      done(await serve(options, surroundings));
    });

  program
    .command('init')
    .description('set an existing project up: a scenario, a configuration, a workflow')
    .option('--yes', 'take every default instead of asking; files that are there are kept', false)
    .action(async (options: { yes: boolean }) => {
      const { init } = await import('./init/init.ts');
      done(await init(options, surroundings, process));
    });

  program
    .command('doctor')
    .description('say what this machine offers and what is missing')
    .option('--config <path>', 'configuration file to check, instead of the one found upward')
    .action(async (options: { config?: string }) => {
      const { doctor } = await import('./doctor.ts');
      done(await doctor(options, surroundings));
    });

  return program;
}
