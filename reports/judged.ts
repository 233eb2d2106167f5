/** What reporters look up in a report again and again. */
import {
  decides,
  type Estimate,
  type Evidence,
  HEAP_EXTERNAL,
  HEAP_USED,
  HEAP_WORKERS,
  isResource,
  type JudgedTrial,
  type Metric,
  NATIVE_MEMORY,
  type Report,
  type Series,
} from '../harness/model.ts';

/** A verdict's outcome, or `fault` for a trial that ended before its time. */
export type Outcome = 'leak' | 'steady' | 'inconclusive' | 'fault';

/** All trials of one scenario. */
export interface ScenarioGroup {
  readonly name: string;
  readonly description: string;
  /** What one iteration is called, singular. */
  readonly per: string;
  readonly trials: readonly JudgedTrial[];
}

/** The report's trials by scenario, in the order of the run; scenarios without a trial are left out. */
export function scenarioGroups(report: Report): readonly ScenarioGroup[] {
  const names = new Set(report.trials.map(judged => judged.result.trial.scenario));
  return [...names].map(name => ({
    name,
    description: report.scenarios.find(scenario => scenario.name === name)?.description ?? '',
    per: unitOf(report, name),
    trials: report.trials.filter(judged => judged.result.trial.scenario === name),
  }));
}

/** Whether it says what builds keep and judges none: the report of `leakgate explain`. */
export function isExplained({ trials, evidence }: Report): boolean {
  return trials.length === 0 && evidence.length > 0;
}

/** Whether a verdict says that the build leaks of which evidence was taken. */
export function isOfLeak({ scenario, build }: Evidence, { trials }: Pick<Report, 'trials'>): boolean {
  return trials.some(
    judged =>
      judged.result.trial.scenario === scenario &&
      judged.result.trial.build === build &&
      judged.result.trial.variant === 'stable' &&
      outcomeOf(judged) === 'leak',
  );
}

/** What one iteration of a scenario is called, singular. */
export function unitOf(report: Report, name: string): string {
  return report.scenarios.find(scenario => scenario.name === name)?.unit ?? 'iteration';
}

/**
 * The scenario that shows most: the first with a leak that should not be, else with a leak and a steady build beside
 * it, else with a leak, else the first that was sampled.
 */
export function headline(groups: readonly ScenarioGroup[]): ScenarioGroup | undefined {
  const has = (outcome: Outcome) => (group: ScenarioGroup) =>
    group.trials.some(judged => decides(judged) && outcomeOf(judged) === outcome);
  const leaking = groups.filter(has('leak'));
  return (
    leaking.find(isMissed) ?? leaking.find(has('steady')) ?? leaking[0] ?? groups.find(isSampled) ?? groups[0]
  );
}

export function isSampled({ trials }: ScenarioGroup): boolean {
  return trials.some(judged => judged.series.length > 0);
}

function isMissed({ trials }: ScenarioGroup): boolean {
  return trials.some(judged => outcomeOf(judged) === 'leak' && standingOf(judged) === 'missed');
}

export function outcomeOf(judged: JudgedTrial): Outcome {
  return judged.result.outcome === 'faulted' ? 'fault' : judged.verdict.outcome;
}

/**
 * How a trial stands to what its scenario expects: `met` or `missed` where it decides; what it is where it
 * decides nothing.
 */
export type Standing = 'met' | 'missed' | 'base' | 'jit' | 'interrupted';

export function standingOf(judged: JudgedTrial): Standing {
  if (isInterrupted(judged)) return 'interrupted';
  if (decides(judged)) return judged.asExpected ? 'met' : 'missed';
  return judged.isBase ? 'base' : 'jit';
}

/** How many of the trials that decide did what their scenario expects: `2 of 3`. */
export function metText({ trials }: Report): string {
  const standings = trials.map(standingOf);
  const met = standings.filter(standing => standing === 'met').length;
  const missed = standings.filter(standing => standing === 'missed').length;
  return `${met} of ${met + missed}`;
}

/** The same in the column `expected` of a table. */
export const EXPECTED_TEXTS: { readonly [standing in Standing]: string } = {
  met: 'yes',
  missed: 'NO',
  base: 'is the base',
  jit: 'shown only',
  interrupted: 'shown only',
};

/** Ended by Ctrl-C: as little a fault of the subject as a verdict on it. */
export function isInterrupted({ result }: JudgedTrial): boolean {
  return result.outcome === 'faulted' && result.fault.kind === 'interrupted';
}

/** Build, variant and repetition as far as they tell the trials of a group apart: `leaky`, `leaky (JIT on) #2`. */
export function trialLabel(judged: JudgedTrial, group: ScenarioGroup): string {
  const { build, variant, repetition } = judged.result.trial;
  const alike = group.trials.filter(
    other => other.result.trial.build === build && other.result.trial.variant === variant,
  );
  const name = variant === 'jit' ? `${build} (JIT on)` : build;
  return alike.length > 1 ? `${name} #${repetition}` : name;
}

export function estimateOf(judged: JudgedTrial, metric: string): Estimate | undefined {
  return judged.verdict.estimates.find(estimate => estimate.metric.name === metric);
}

export function seriesOf(judged: JudgedTrial, metric: string): Series | undefined {
  return judged.series.find(series => series.metric.name === metric);
}

/**
 * The count that a scenario's charts show beside the heap: timers where they leak, else the first that does; where
 * none does, timers if there are more at the end of a trial than at its beginning.
 */
export function leadingCount(trials: readonly JudgedTrial[]): string | undefined {
  const found = trials.flatMap(({ verdict }) => (verdict.outcome === 'leak' ? verdict.findings : []));
  // Watched classes have a panel of their own; the population and classes in snapshots are read a few times only.
  const counts = found.map(({ metric }) => metric).filter(isResource);
  if (counts.some(({ name }) => name === TIMERS)) return TIMERS;
  return counts[0]?.name ?? (trials.some(judged => hasRisen(judged, TIMERS)) ? TIMERS : undefined);
}

function hasRisen(judged: JudgedTrial, metric: string): boolean {
  const points = seriesOf(judged, metric)?.points ?? [];
  return (points.at(-1)?.value ?? 0) > (points[0]?.value ?? 0);
}

const TIMERS = 'timers';

/**
 * What leaks besides the heap, or instead: memory outside it, then heaps of worker threads, then native
 * memory; undefined where none does.
 */
export function leadingMemory(trials: readonly JudgedTrial[]): Metric | undefined {
  const found = trials.flatMap(({ verdict }) => (verdict.outcome === 'leak' ? verdict.findings : []));
  const names = [HEAP_EXTERNAL, HEAP_WORKERS, NATIVE_MEMORY];
  return names.map(name => found.find(({ metric }) => metric.name === name)?.metric).find(Boolean);
}

/** Whether it leaks faster than the heap does in every trial that says so. */
export function outgrowsHeap({ name }: Metric, trials: readonly JudgedTrial[]): boolean {
  return trials.every(judged => {
    const slope = (metric: string) => estimateOf(judged, metric)?.slope ?? 0;
    const leaks =
      judged.verdict.outcome === 'leak' && judged.verdict.findings.some(({ metric }) => metric.name === name);
    return !leaks || slope(name) > slope(HEAP_USED);
  });
}

/** Samples the trial kept: readings of the metric that was read most often. */
export function sampleCount(judged: JudgedTrial): number {
  return Math.max(0, ...judged.series.map(series => series.points.length));
}
