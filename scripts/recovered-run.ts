import { readFileSync, statSync } from 'node:fs';
import type { Base } from '../harness/base.ts';
import { UsageError } from '../harness/errors.ts';
import type {
  Environment,
  Metric,
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
import { messageOf } from './message-of.ts';

/** Where a run leaves its events, in its folder. */
export const SAMPLES_FILE = 'samples.jsonl';

/** The first line of a run's events: what else its report is made of. */
export interface RunBegin {
  readonly type: 'begin';
  readonly environment: Environment;
  readonly scenarios: readonly ScenarioDescription[];
  readonly base?: Base;
  readonly shard?: ShardOfPlan;
}

/**
 * The report of a run that was killed before it wrote one, from the events it left: trials that had ended are
 * judged, those that ran count as interrupted with the samples they had. Snapshots of heaps are lost, and so
 * is evidence.
 * @param path of its `samples.jsonl`
 * @throws {UsageError} if that cannot be read, or does not begin as those of runs do.
 */
export function recoveredRun(path: string): Report {
  const [begin, ...events] = linesOf(path);
  if (begin?.type !== 'begin') {
    throw new UsageError(
      `Cannot recover the run as its events must begin with what was run, as this leakgate writes them: ${path}`,
    );
  }
  const told = events.filter(event => event.type !== 'begin');
  const planned = told.flatMap(event => (event.type === 'plan' ? event.trials : []));
  const started = planned.filter(({ id }) =>
    told.some(event => event.type === 'trial:start' && event.trial === id),
  );
  const results = started.map(trial => resultOf(trial, told));
  const { environment, scenarios, base, shard } = begin;
  return buildReport({
    environment,
    descriptions: scenarios,
    results,
    timings: [],
    heapDiffs: [],
    evidence: [],
    warnings: told.flatMap(event => (event.type === 'warning' ? event.warning : [])),
    ...(base && { base }),
    ...(shard && { shard }),
    elapsed: Math.max(0, statSync(path).mtimeMs - Date.parse(environment.date)),
    interrupted: !planned.every(({ id }) =>
      results.some(result => result.trial.id === id && !isCutOff(result)),
    ),
  });
}

function isCutOff(result: TrialResult): boolean {
  return result.outcome === 'faulted' && result.fault.kind === 'interrupted';
}

/** As it was told at its end, else what was known of it. */
function resultOf(trial: Trial, events: readonly RunEvent[]): TrialResult {
  let metrics: readonly Metric[] = [];
  let warmup: Warmup | undefined;
  const samples: Sample[] = [];
  const stages: Stage[] = [plannedStage(trial.options)];
  for (const event of events) {
    if (!('trial' in event) || event.trial !== trial.id) continue;
    if (event.type === 'trial:end') return event.result;
    if (event.type === 'metrics') metrics = event.metrics;
    if (event.type === 'warmup') warmup = event.warmup;
    if (event.type === 'sample') samples.push(event.sample);
    if (event.type === 'stage') stages.push(event.stage);
  }
  const last = samples.at(-1);
  const during = last ? `iteration ${last.iteration}` : warmup ? 'measuring' : 'warm-up';
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
    wall: (warmup?.elapsed ?? 0) + (last?.elapsed ?? 0),
    startup: 0,
  };
}

/** The last line may have been cut off. */
function linesOf(path: string): (RunBegin | RunEvent)[] {
  const lines = read(path).split('\n');
  lines.pop();
  return lines.map((line, at) => {
    try {
      return JSON.parse(line) as RunBegin | RunEvent;
    } catch (error) {
      throw new UsageError(
        `Cannot recover the run as each line of its events must be JSON: ${path}:${at + 1}: ${messageOf(error)}`,
      );
    }
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot recover the run as its events must be readable: ${messageOf(error)}`);
  }
}
