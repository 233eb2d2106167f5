import type { Base } from '../harness/base.ts';
import { decide } from '../harness/course/decide.ts';
import { heapDiff } from '../harness/evidence/heap-diff.ts';
import { judgeClosely } from '../harness/judge.ts';
import {
  type Environment,
  type HeapDiff,
  isNullRun,
  type Report,
  type RunEvent,
  type ScenarioDescription,
  type ShardOfPlan,
  type Timing,
  type Trial,
  type TrialResult,
  type Verdict,
  type Warning,
} from '../harness/model.ts';
import { buildReport, SCHEMA_VERSION } from '../harness/report.ts';
import { run } from '../harness/run.ts';
import { loadMemwatch } from '../harness/worker/memwatch.ts';
import { Progress } from '../reports/progress.ts';
import { type EvidenceWish, explainLeaks } from './explain-leaks.ts';
import type { OutputFolder } from './output-folder.ts';
import { type Surroundings, styleFor } from './surroundings.ts';

export interface MeasureRequest {
  readonly descriptions: readonly ScenarioDescription[];
  readonly trials: readonly Trial[];
  /** Trials at once. */
  readonly jobs: number;
  readonly base?: Base;
  readonly shard?: ShardOfPlan;
  readonly heapDiff: boolean;
  /** Given: builds that leak are explained by one more trial each. */
  readonly evidence?: EvidenceWish;
  /** Runs after the trials, alone. */
  readonly timings?: (signal: AbortSignal) => Promise<Timing[]>;
  /** At the begin of the run. */
  readonly environment: Environment;
  readonly output: OutputFolder;
}

/** Runs and judges what was planned; everything measured goes to the output folder as it comes. */
export async function measure(
  request: MeasureRequest,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Report> {
  const { descriptions, trials, environment } = request;
  const results: TrialResult[] = [];
  const warnings: Warning[] = [];
  const progress = progressOf(surroundings, descriptions, signal);
  const begin = performance.now();
  request.output.append({
    type: 'begin',
    schemaVersion: SCHEMA_VERSION,
    pid: process.pid,
    environment,
    scenarios: descriptions,
    ...(request.base && { base: request.base }),
    ...(request.shard && { shard: request.shard }),
  });

  for await (const event of run(trials, { jobs: request.jobs, decide, signal })) {
    request.output.append(event);
    progress(event, request.base ? undefined : outcomeOf(event));
    if (event.type === 'trial:end') results.push(event.result);
    if (event.type === 'warning') warnings.push(event.warning);
  }
  const heapDiffs = request.heapDiff ? await diffHeaps(trials, warnings, signal) : [];
  const timings = request.timings && !signal.aborted ? await request.timings(signal) : [];

  const judged = buildReport({
    environment,
    descriptions,
    results: inOrderOf(trials, results),
    timings,
    heapDiffs,
    evidence: [],
    warnings,
    ...(request.base && { base: request.base }),
    ...(request.shard && { shard: request.shard }),
    elapsed: performance.now() - begin,
    interrupted: signal.aborted,
  });
  const evidence =
    request.evidence && !signal.aborted
      ? await explainLeaks(judged, request.evidence, request.output, surroundings, signal)
      : [];
  return { ...judged, evidence, elapsed: performance.now() - begin };
}

/** Told as soon as it is known: to say why something leaks takes longer than to say that it does. */
function outcomeOf(event: RunEvent): Verdict['outcome'] | undefined {
  if (event.type !== 'trial:end' || event.result.outcome === 'faulted') return undefined;
  const { trial } = event.result;
  if (isNullRun(trial) || trial.variant !== 'stable') return undefined;
  return judgeClosely({ ...event.result, options: trial.options }).outcome;
}

/** Trials end as they please; the report keeps the order of the plan. */
function inOrderOf(trials: readonly Trial[], results: readonly TrialResult[]): TrialResult[] {
  return trials.flatMap(({ id }) => results.find(({ trial }) => trial.id === id) ?? []);
}

/** One extra trial per scenario and build, one after the other; a warning where memwatch cannot be had. */
async function diffHeaps(
  trials: readonly Trial[],
  warnings: Warning[],
  signal: AbortSignal,
): Promise<HeapDiff[]> {
  const memwatch = await loadMemwatch();
  if (memwatch.outcome === 'missing') {
    warnings.push({ code: 'heap-diff-skipped', reason: memwatch.reason });
    return [];
  }
  const diffs: HeapDiff[] = [];
  for (const trial of trials) {
    const extra = trial.variant === 'stable' && trial.repetition === 1 && !isNullRun(trial);
    if (!extra) continue;
    if (signal.aborted) break;
    const diff = await heapDiff(trial, signal).catch(error => {
      if (error !== signal.reason) throw error;
      return undefined;
    });
    if (diff) diffs.push(diff);
  }
  return diffs;
}

function progressOf(
  { stderr, env }: Surroundings,
  scenarios: readonly ScenarioDescription[],
  signal: AbortSignal,
): (event: RunEvent, outcome?: Verdict['outcome']) => void {
  const redraw = stderr.isTTY === true && !env.CI;
  const progress = new Progress({ redraw, ...styleFor(stderr, env), scenarios });
  signal.addEventListener('abort', () => stderr.write(progress.clear()));
  return (event, outcome) => {
    const text = progress.textFor(event, outcome);
    if (text !== '') stderr.write(text);
  };
}
