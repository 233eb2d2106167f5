import { setImmediate as turn } from 'node:timers/promises';
import type { Base } from '../harness/base.ts';
import { decide } from '../harness/course/decide.ts';
import { heapDiff } from '../harness/evidence/heap-diff.ts';
import { inputOf, judgeClosely } from '../harness/judge.ts';
import {
  type Environment,
  type HeapDiff,
  isNullRun,
  type Report,
  type ScenarioDescription,
  type ShardOfPlan,
  type Trial,
  type TrialResult,
  type Verdict,
  type Warning,
} from '../harness/model.ts';
import { buildReport, judgedAlone, SCHEMA_VERSION } from '../harness/report.ts';
import { run } from '../harness/run.ts';
import { loadMemwatch } from '../harness/worker/memwatch.ts';
import { Progress, TELLING } from '../reports/progress.ts';
import { type EvidenceWish, LeakExplainer } from './explain-leaks.ts';
import type { OutputFolder } from './output-folder.ts';
import { type Surroundings, styleFor, type Terminal } from './surroundings.ts';
import type { Timed } from './timings.ts';

export interface MeasureRequest {
  readonly descriptions: readonly ScenarioDescription[];
  readonly trials: readonly Trial[];
  /** Trials at once. */
  readonly jobs: number;
  readonly base?: Base;
  readonly shard?: ShardOfPlan;
  readonly heapDiff: boolean;
  /** Given: builds in which something grows to the end are explained by one more trial each. */
  readonly evidence?: EvidenceWish;
  /** Runs after the trials, alone. */
  readonly timings?: (signal: AbortSignal) => Promise<Timed>;
  /** At the begin of the run. */
  readonly environment: Environment;
  readonly output: OutputFolder;
}

/** Runs and judges what was planned; everything measured goes to the output folder as it comes. */
export async function measure(
  request: MeasureRequest,
  { stderr, env }: Surroundings,
  signal: AbortSignal,
): Promise<Report> {
  const { descriptions, trials, environment, output } = request;
  const begin = performance.now();
  output.append({
    type: 'begin',
    schemaVersion: SCHEMA_VERSION,
    pid: process.pid,
    environment,
    scenarios: descriptions,
    ...(request.base && { base: request.base }),
    ...(request.shard && { shard: request.shard }),
  });

  const redraw = stderr.isTTY === true && !env.CI;
  const progress = new Progress({ redraw, ...styleFor(stderr, env), scenarios: descriptions });
  signal.addEventListener('abort', () => stderr.write(progress.clear()));
  const explainer =
    request.evidence &&
    new LeakExplainer(request.evidence, output, line => stderr.write(progress.textOf(line)));
  const { results, warnings, isWhole } = await runTrials(request, { stderr, progress, explainer }, signal);
  const heapDiffs = request.heapDiff ? await diffHeaps(trials, warnings, signal) : [];
  const timed = signal.aborted ? undefined : await request.timings?.(signal);
  if (timed?.failure !== undefined) warnings.push({ code: 'timings-failed', reason: timed.failure });

  const judged = buildReport({
    environment,
    descriptions,
    results: inOrderOf(trials, results),
    timings: timed?.rows ?? [],
    heapDiffs,
    evidence: [],
    warnings,
    ...(request.base && { base: request.base }),
    ...(request.shard && { shard: request.shard }),
    elapsed: performance.now() - begin,
    interrupted: signal.aborted && !isWhole,
  });
  const evidence = explainer ? await explainer.explained(judged.trials, signal) : [];
  return { ...judged, evidence, elapsed: performance.now() - begin };
}

interface Telling {
  readonly stderr: Terminal;
  readonly progress: Progress;
  readonly explainer: LeakExplainer | undefined;
}

/** What the trials came to, and whether all had ended before the signal. */
interface Measured {
  readonly results: readonly TrialResult[];
  readonly warnings: Warning[];
  readonly isWhole: boolean;
}

/**
 * Runs the trials. What grew to the end is explained right after its trial; with a base, which most verdicts wait for,
 * later.
 */
async function runTrials(
  { trials, jobs, base, output }: MeasureRequest,
  { stderr, progress, explainer }: Telling,
  signal: AbortSignal,
): Promise<Measured> {
  const results: TrialResult[] = [];
  const warnings: Warning[] = [];
  let isWhole = false;
  const explain = async (result: TrialResult, either: AbortSignal) => {
    // First its end is told.
    await turn();
    const outcome = outcomeOf(result);
    if (outcome === 'leak' || outcome === 'inconclusive')
      await explainer?.explain(judgedAlone(result), either);
  };
  const events = run(trials, { jobs, decide, signal, ...(explainer && !base && { afterTrial: explain }) });
  const ticking = setInterval(() => stderr.write(progress.textAfter(TELLING)), TELLING);
  try {
    for await (const event of events) {
      output.append(event);
      const outcome = event.type === 'trial:end' && !base ? outcomeOf(event.result) : undefined;
      const text = progress.textFor(event, outcome);
      if (text !== '') stderr.write(text);
      if (event.type === 'warning') warnings.push(event.warning);
      if (event.type !== 'trial:end') continue;
      results.push(event.result);
      isWhole = results.length === trials.length && !signal.aborted;
    }
  } finally {
    clearInterval(ticking);
  }
  return { results, warnings, isWhole };
}

/** As soon as it is known: to say why something leaks takes longer than to say that it does. */
function outcomeOf(result: TrialResult): Verdict['outcome'] | undefined {
  const { trial } = result;
  if (result.outcome === 'faulted' || isNullRun(trial) || trial.variant !== 'stable') return undefined;
  return judgeClosely(inputOf(result)).outcome;
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
