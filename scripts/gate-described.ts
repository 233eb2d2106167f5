import { availableParallelism } from 'node:os';
import type { Base } from '../harness/base.ts';
import { UsageError } from '../harness/errors.ts';
import {
  type Environment,
  isNullRun,
  type Report,
  type ScenarioDescription,
  type Shard,
  type ShardOfPlan,
  type Trial,
} from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import { buildReport } from '../harness/report.ts';
import { shardOf } from '../harness/shard.ts';
import type { GateRequest } from './gate.ts';
import { type MeasureRequest, measure } from './measure.ts';
import { checkNodeFlags } from './node-flags.ts';
import { folderFor, OutputFolder } from './output-folder.ts';
import { Reporters } from './reporters.ts';
import type { Surroundings } from './surroundings.ts';

/** What one run of the gate is given by whoever started it. */
interface GateRun {
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  /** Called when there is a folder with results. */
  readonly begun: () => void;
}

/** What is known before anything is measured. */
interface Known {
  readonly descriptions: readonly ScenarioDescription[];
  readonly environment: Environment;
}

/** The gate on scenarios of which it is known what they are; returns the exit code. */
export async function gateDescribed(
  request: GateRequest,
  known: Known,
  { surroundings, signal, begun }: GateRun,
): Promise<number> {
  const cwd = surroundings.cwd();
  const { descriptions } = known;
  if (request.mustTime && !drivesEngine(descriptions)) throw nothingToTime(descriptions);
  const planned = await planOf(request, descriptions, cwd);
  // Only now, and first all that may fail, so that a mistake on the command line leaves an older report where it is.
  const output = new OutputFolder(folderFor(request.out, cwd, request.name));
  begun();
  const reporters = new Reporters(request, output.path, surroundings);
  output.begin();
  await reporters.begin(() => unfinished(known));
  const isFirst = (planned.shard?.index ?? 1) === 1;
  const measured = measure(
    {
      ...known,
      ...planned,
      jobs: request.jobs ?? availableParallelism(),
      heapDiff: request.heapDiff,
      ...(request.evidence && { evidence: request.evidence }),
      // Once in a whole run: they are of the engine, whatever its scenario.
      ...(request.timings && isFirst && drivesEngine(descriptions) && { timings: request.timings }),
      output,
    },
    surroundings,
    signal,
  );
  // Loaded while the first trials run. Where it cannot be, that is told when they have ended.
  const telling = import('./tell-results.ts');
  telling.catch(() => {});
  const report = await measured;
  const { tellResults } = await telling;
  await tellResults(report, request, { folder: output.path, reporters, surroundings, signal });
  // An end while leaks are being explained takes nothing from what was measured.
  if (report.exitCode === 2) signal.throwIfAborted();
  request.done?.(report);
  return report.exitCode;
}

/** The trials to run, and what they are judged against. */
async function planOf(
  request: GateRequest,
  descriptions: readonly ScenarioDescription[],
  cwd: string,
): Promise<Pick<MeasureRequest, 'trials' | 'base' | 'shard'>> {
  const base = request.base === undefined ? undefined : await baseOf(request.base, cwd);
  const whole = plan(descriptions, {
    ...request,
    nullRun: true,
    ...(base?.from === 'build' && { baseBuild: base.name }),
  });
  const part = partOf(whole, request.shard, base);
  checkNodeFlags(part.trials.map(({ options }) => options.nodeFlags));
  return { ...part, ...(base && { base }) };
}

/** Reading one takes modules that other runs do without. */
async function baseOf(name: string, cwd: string): Promise<Base> {
  const file = await import('./base-file.ts');
  return file.baseOf(name, cwd);
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

/** The report of a run that was killed before it had one. */
function unfinished(known: Known): Report {
  return buildReport({
    ...known,
    results: [],
    timings: [],
    heapDiffs: [],
    evidence: [],
    warnings: [],
    elapsed: 0,
    interrupted: true,
  });
}

function nothingToTime(descriptions: readonly ScenarioDescription[]): UsageError {
  const names = descriptions.map(({ name }) => name).join(', ');
  return new UsageError(
    `Cannot time at --ages as a scenario must drive leakgate's own engine, which alone is timed: none of ${names} does`,
  );
}
