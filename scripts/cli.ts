import { Command, Option } from 'commander';
import { BUILDS, type BuildName } from '../harness/engine/builds.ts';
import { CorefileError } from '../harness/engine/corefile/error.ts';
import { LeakgateError } from '../harness/errors.ts';
import { DEFAULT_CHART } from '../reports/chart.ts';
import { FORMAT_NAMES } from '../reports/index.ts';
import { UnreadableFile } from '../reports/saved.ts';
import { BASELINE_FILE, baseline } from './baseline.ts';
import { bench } from './bench.ts';
import { CHART_NAMES } from './chart-files.ts';
import { type ChartsRequest, charts } from './charts.ts';
import { compare } from './compare.ts';
import { DETECTOR_NAMES } from './detectors/index.ts';
import { type DetectorsRequest, detectors } from './detectors.ts';
import { doctor } from './doctor.ts';
import { version } from './environment.ts';
import { gate } from './gate.ts';
import { list } from './list.ts';
import { type MeasuringOptions, measuring, requestOf } from './measuring-options.ts';
import { ages, count, names, pixels, port } from './option-values.ts';
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
    .description(
      'show saved reports again and redraw their charts, without a new run; several stand side by side',
    )
    .argument('[report...]', 'report.json or its folder (default: the newest run in out/)')
    .addOption(new Option('--format <name>', 'print this format instead').choices(FORMAT_NAMES))
    .addOption(new Option('--chart <name>', 'what to draw (heap)').choices(CHART_NAMES))
    .option('--trend <folder>', 'draw how growth went over the reports in this folder instead')
    .option('--width <pixels>', `of the chart (${DEFAULT_CHART.width})`, pixels(400))
    .option('--height <pixels>', `of one scenario's panels (${DEFAULT_CHART.height})`, pixels(100))
    .option('--dark', 'light lines on a dark ground')
    .option('--out <folder>', "folder for what is drawn (default: the last report's)")
    .action((reports: string[], options: Omit<ChartsRequest, 'reports'>) => {
      done(charts({ ...options, reports }, surroundings));
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
