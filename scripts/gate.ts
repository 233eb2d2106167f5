import type { GivenOptions, Parameters, Report, Shard } from '../harness/model.ts';
import type { PlanRequest } from '../harness/plan.ts';
import { describe } from '../harness/spawn/describe.ts';
import { environment } from './environment.ts';
import type { EvidenceWish } from './explain-leaks.ts';
import { untilInterrupted } from './interruption.ts';
import { loadingOptions } from './loading-options.ts';
import type { ReporterRequest } from './reporter-option.ts';
import { scenarioFiles } from './scenario-files.ts';
import type { Surroundings } from './surroundings.ts';
import type { Timed } from './timings.ts';

/** One run of the gate, as a command or a test asks for it. */
export interface GateRequest {
  /** Names or paths. */
  readonly scenarios: readonly string[];
  /** Empty: every build of each scenario. */
  readonly builds: readonly string[];
  readonly repetitions: number;
  readonly overrides: GivenOptions;
  readonly parameters: Parameters;
  readonly jit: Required<PlanRequest>['jit'];
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
  /** How builds are explained in which something grows to the end; missing: not at all. */
  readonly evidence?: EvidenceWish;
  /** Of the engine: left out where no scenario drives it. */
  readonly timings?: (signal: AbortSignal) => Promise<Timed>;
  /** They were asked for: without the engine there is no run. */
  readonly mustTime?: boolean;
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
  const paths = scenarioFiles(request.scenarios, surroundings.cwd());
  const loading = loadingOptions(request.overrides);
  let hasBegun = false;
  const begun = () => {
    hasBegun = true;
  };
  const work = async (signal: AbortSignal) => {
    // What the scenarios are is asked of other processes; meanwhile the rest is loaded, which takes as long.
    const failed = new AbortController();
    const [descriptions, measuredIn, { gateDescribed }] = await Promise.all([
      describe(paths, { ...loading, signal }),
      environment(request.command, surroundings.cwd(), AbortSignal.any([signal, failed.signal])),
      import('./gate-described.ts'),
    ]).catch(error => {
      failed.abort();
      throw error;
    });
    return gateDescribed(request, { descriptions, environment: measuredIn }, { surroundings, signal, begun });
  };
  return untilInterrupted(surroundings, work, () =>
    hasBegun ? 'Interrupted: the results so far decide nothing' : undefined,
  );
}
