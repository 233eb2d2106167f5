import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Base } from '../harness/base.ts';
import { UsageError } from '../harness/errors.ts';
import type {
  Environment,
  Metric,
  Milliseconds,
  Report,
  RunEvent,
  Sample,
  ScenarioDescription,
  ShardOfPlan,
  Stage,
  Trial,
  TrialResult,
  Warmup,
} from '../harness/model.ts';
import { buildReport } from '../harness/report.ts';
import { plannedStage } from '../harness/stages.ts';
import { renderJson } from '../reports/json.ts';
import { readSaved } from '../reports/saved.ts';
import { readReport } from '../reports/saved-report.ts';
import { environment, READABLE_MAJOR, shardOfPlan } from '../reports/schema.ts';
import { scenario } from '../reports/schema-trial.ts';
import { messageOf } from './message-of.ts';
import { readGiven } from './read-given.ts';

/** The first line of a run's events: what else its report is made of. */
export interface RunBegin {
  readonly type: 'begin';
  /** That of the report. */
  readonly schemaVersion: string;
  /** Of the process. */
  readonly pid: number;
  readonly environment: Environment;
  readonly scenarios: readonly ScenarioDescription[];
  readonly base?: Base;
  readonly shard?: ShardOfPlan;
}

/** As a line of the file. */
export type Recorded<Event> = Event & {
  /** When it was written, since the run began. */
  readonly at: Milliseconds;
};

type Line = Recorded<RunEvent>;

const BEGIN: z.ZodType<RunBegin> = z.object({
  type: z.literal('begin'),
  schemaVersion: z.string(),
  pid: z.number().int().positive(),
  environment,
  scenarios: z.array(scenario),
  base: z.custom<Base>(value => typeof value === 'object' && value !== null).exactOptional(),
  shard: shardOfPlan.exactOptional(),
});

const EVENT = z.looseObject({ type: z.string(), at: z.number() });

/**
 * The report of a run that was killed before it wrote one, from the events it left: trials that had ended are
 * judged, those that ran count as interrupted with the samples they had, and so does the run. Snapshots of heaps
 * are lost, and so is all that follows the trials: evidence, timings.
 * @param path of its `samples.jsonl`
 * @throws {UsageError} if that cannot be read, or is not that of a run.
 */
export function recoveredRun(path: string): Report {
  try {
    return readReport(renderJson(fromEvents(path)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unrecoverable('its events must be as this leakgate writes them', path, error);
  }
}

function fromEvents(path: string): Report {
  const [first, ...others] = linesOf(path);
  const { environment, scenarios, base, shard } = beginOf(first, path);
  const lines = others.map((line, at) => eventOf(line, `${path}:${at + 2}`));
  return buildReport({
    environment,
    descriptions: scenarios,
    results: resultsOf(lines),
    timings: [],
    heapDiffs: [],
    evidence: [],
    warnings: lines.flatMap(line => (line.type === 'warning' ? line.warning : [])),
    ...(base && { base }),
    ...(shard && { shard }),
    elapsed: lines.at(-1)?.at ?? 0,
    interrupted: true,
  });
}

function beginOf(line: string | undefined, path: string): RunBegin {
  if (line === undefined) throw unrecoverable('it must have begun: there is no event', path);
  return readGiven(`${path}:1`, () =>
    readSaved(line, { what: 'run', major: READABLE_MAJOR, field: 'scenarios', schema: BEGIN }),
  );
}

function eventOf(line: string, place: string): Line {
  try {
    return EVENT.parse(JSON.parse(line)) as Line;
  } catch (error) {
    throw unrecoverable('each line must be an event as JSON', place, error);
  }
}

/** Of the trials that had begun, in the order of the plan. */
function resultsOf(lines: readonly Line[]): TrialResult[] {
  const planned = lines.flatMap(line => (line.type === 'plan' ? line.trials : []));
  const told = new Map<string, Line[]>();
  for (const line of lines) {
    if (!('trial' in line)) continue;
    const own = told.get(line.trial);
    if (own) own.push(line);
    else told.set(line.trial, [line]);
  }
  return planned.flatMap(trial => {
    const own = told.get(trial.id);
    return own ? resultOf(trial, own) : [];
  });
}

/** As it was told at its end, else what was known of it. */
function resultOf(trial: Trial, lines: readonly Line[]): TrialResult {
  let metrics: readonly Metric[] = [];
  let warmup: Warmup | undefined;
  const samples: Sample[] = [];
  const stages: Stage[] = [plannedStage(trial.options)];
  for (const line of lines) {
    if (line.type === 'trial:end') return line.result;
    if (line.type === 'metrics') metrics = line.metrics;
    if (line.type === 'warmup') warmup = line.warmup;
    if (line.type === 'sample') samples.push(line.sample);
    if (line.type === 'stage') stages.push(line.stage);
  }
  const last = samples.at(-1);
  const during = warmup ? `the iterations from ${last?.iteration ?? 0} on` : 'setup or warm-up';
  const [start = 0, second = start] = lines.map(({ at }) => at);
  return {
    outcome: 'faulted',
    fault: { kind: 'interrupted', message: `Interrupted during ${during}`, detail: '', during },
    trial,
    metrics,
    samples,
    stages,
    heapTables: [],
    ...(warmup && { warmup }),
    notes: {},
    wall: (lines.at(-1)?.at ?? start) - start,
    startup: second - start,
  };
}

/** The last line may have been cut off. */
function linesOf(path: string): string[] {
  return read(path).split('\n').slice(0, -1);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unrecoverable('its events must be readable', path, error);
  }
}

function unrecoverable(state: string, place: string, error?: unknown): UsageError {
  const reason = error === undefined ? '' : `: ${messageOf(error)}`;
  return new UsageError(`Cannot recover the run as ${state}: ${place}${reason}`);
}
