import { availableParallelism } from 'node:os';
import type { Base } from '../harness/base.ts';
import {
  type GivenOptions,
  isNullRun,
  type Parameters,
  type Report,
  type ScenarioDescription,
  type Shard,
  type ShardOfPlan,
  type Timing,
  type Trial,
} from '../harness/model.ts';
import { type PlanRequest, plan } from '../harness/plan.ts';
import { shardOf } from '../harness/shard.ts';
import { describe } from '../harness/worker/describe.ts';
import { render } from '../reports/index.ts';
import { baseOf } from './base-file.ts';
import { writeCharts } from './chart-files.ts';
import type { EvidenceWish } from './explain-leaks.ts';
import { untilInterrupted } from './interruption.ts';
import { measure } from './measure.ts';
import { checkNodeFlags } from './node-flags.ts';
import { folderFor, OutputFolder } from './output-folder.ts';
import type { ReporterRequest } from './reporter-option.ts';
import { Reporters } from './reporters.ts';
import { scenarioFile } from './scenario-files.ts';
import { type Surroundings, styleFor } from './surroundings.ts';

/** What `run` and `bench` take from the command line. */
export interface GateRequest {
  /** Names or paths. */
  readonly scenarios: readonly string[];
  /** Empty: every build of each scenario. */
  readonly builds: readonly string[];
  readonly repetitions: number;
  readonly overrides: GivenOptions;
  readonly parameters: Parameters;
  readonly jit: PlanRequest['jit'];
  /** Trials at once; default: the number of cores. */
  readonly jobs?: number;
  readonly out?: string;
  /** Run only this part of the plan. */
  readonly shard?: Shard;
  readonly reporters: readonly ReporterRequest[];
  /** Annotations and a job summary in GitHub Actions. */
  readonly github: boolean;
  readonly json: boolean;
  readonly heapDiff: boolean;
  /** How builds that leak are explained; missing: not at all. */
  readonly evidence?: EvidenceWish;
  /** Of the engine: left out where no scenario drives it. */
  readonly timings?: (signal: AbortSignal) => Promise<Timing[]>;
  /** Draw the chart as PNG too. */
  readonly png: boolean;
  /** Names the output folder. */
  readonly name: string;
  readonly command: readonly string[];
  /** What builds that should be steady are judged against: a file, or a build. */
  readonly base?: string;
  /** The exit code of the command is not that of the run: its meaning is not printed. */
  readonly quietExitCode?: boolean;
  /** Gets the report of a run that was not interrupted. */
  readonly done?: (report: Report) => void;
}

/**
 * Measures, judges, reports; returns the exit code: 0 as expected, 1 not, 2 failure, 3 inconclusive, 130
 * interrupted.
 */
export async function gate(request: GateRequest, surroundings: Surroundings): Promise<number> {
  const cwd = surroundings.cwd();
  const scenarioPaths = request.scenarios.map(scenario => scenarioFile(scenario, cwd));
  const base = request.base === undefined ? undefined : baseOf(request.base, cwd);
  let output: OutputFolder | undefined;
  const work = async (signal: AbortSignal) => {
    const descriptions = await describe(scenarioPaths, signal);
    const whole = plan(descriptions, {
      ...request,
      nullRun: true,
      ...(base?.from === 'build' && { baseBuild: base.name }),
    });
    const { shard, trials } = partOf(whole, request.shard, base);
    checkNodeFlags(trials);
    // Only now, and first all that may fail, so that a mistake on the command line leaves an older report where it is.
    output = new OutputFolder(folderFor(request.out, cwd, request.name));
    const reporters = new Reporters(request, output.path, surroundings);
    output.begin();
    reporters.begin();
    const report = await measure(
      {
        descriptions,
        trials,
        ...(base && { base }),
        jobs: request.jobs ?? availableParallelism(),
        heapDiff: request.heapDiff,
        ...(request.evidence && { evidence: request.evidence }),
        ...(shard && { shard }),
        // Once in a whole run: they are of the engine, whatever its scenario.
        ...(request.timings &&
          (shard?.index ?? 1) === 1 &&
          drivesEngine(descriptions) && { timings: request.timings }),
        command: request.command,
        output,
      },
      surroundings,
      signal,
    );
    // First: whatever cannot be written then, the verdict is known.
    print(report, request, surroundings);
    output.write(report);
    surroundings.stderr.write(`Results in ${output.path}\n`);
    reporters.write(report);
    // After Ctrl-C nobody waits for it.
    if (request.png && !signal.aborted) writeCharts(report, output.path);
    // An end while leaks are being explained takes nothing from what was measured.
    if (report.exitCode === 2) signal.throwIfAborted();
    request.done?.(report);
    return report.exitCode;
  };
  return untilInterrupted(
    surroundings,
    work,
    () => output && 'Interrupted: the results so far decide nothing',
  );
}

/** Builds that are judged against each other stay in one shard. */
function partOf(
  plan: readonly Trial[],
  shard: Shard | undefined,
  base: Base | undefined,
): { readonly shard?: ShardOfPlan; readonly trials: readonly Trial[] } {
  if (!shard) return { trials: plan };
  const subjects = plan.filter(trial => !isNullRun(trial));
  return {
    shard: { ...shard, plan: subjects.map(({ id }) => id) },
    trials: shardOf(plan, shard, base?.from === 'build' ? 'scenario' : 'build'),
  };
}

function drivesEngine(descriptions: readonly ScenarioDescription[]): boolean {
  return descriptions.some(({ target }) => target === 'engine');
}

function print(report: Report, request: GateRequest, surroundings: Surroundings): void {
  const { stdout, env } = surroundings;
  if (request.json) stdout.write(render(report, 'json'));
  else {
    const exitCode = request.quietExitCode === true ? 'none' : 'meaning';
    stdout.write(render(report, 'text', { ...styleFor(stdout, env), exitCode }));
  }
}
