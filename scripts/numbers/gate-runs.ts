import { wallOf } from '../../harness/merge.ts';
import type { Fraction, JudgedTrial, Milliseconds, Report } from '../../harness/model.ts';
import { describeSpread, type Spread, spreadOf } from './spread.ts';

/** What one run of the gate on auto-reload came to. */
export interface GateRun {
  /** From the start of the command to its end. */
  readonly wall: Milliseconds;
  /** Build to outcome. */
  readonly verdicts: { readonly [build: string]: string };
  /** Build to growth per reload of timers and of zones; missing where it was not estimated. */
  readonly timers: { readonly [build: string]: number };
  readonly zones: { readonly [build: string]: number };
  /** Of the trials' time, settling, probes and process start. */
  readonly measuringShare: Fraction;
  /** The same time as a share of `wall`, summed up even where trials ran side by side. */
  readonly measuringOfWall: Fraction;
  /** From the start of the leaky trial's process to its end. */
  readonly leakyTrial: Milliseconds;
  /** Both verdicts, and timers and zones to the last one. */
  readonly isRight: boolean;
}

/** One run of the command with nothing but the leaky build, from its start. */
export interface AloneRun {
  /** To its end, evidence and reports included. */
  readonly wall: Milliseconds;
  /** Until it says that the build leaks; NaN if it never did. */
  readonly told: Milliseconds;
}

/** @param zones that every reload loads: as many zones and timers must leak, exactly. */
export function gateRun(report: Report, wall: Milliseconds, zones: number): GateRun {
  const run = {
    wall,
    verdicts: byBuild(report, ({ verdict }) => verdict.outcome),
    timers: byBuild(report, trial => growthOf(trial, 'timers')),
    zones: byBuild(report, trial => growthOf(trial, 'instances.Zone')),
    measuringShare: report.measuringShare,
    measuringOfWall: (report.measuringShare * wallOf(report)) / wall,
    leakyTrial: report.trials.find(({ result }) => result.trial.build === 'leaky')?.result.wall ?? Number.NaN,
  };
  return { ...run, isRight: report.exitCode === 0 && isExact(run, zones) };
}

/** A run that ended without a report. */
export function failedRun(wall: Milliseconds): GateRun {
  const unknown = { measuringShare: Number.NaN, measuringOfWall: Number.NaN, leakyTrial: Number.NaN };
  return { wall, verdicts: {}, timers: {}, zones: {}, ...unknown, isRight: false };
}

function isExact({ verdicts, timers, zones: instances }: Omit<GateRun, 'isRight'>, zones: number): boolean {
  if (verdicts.fixed !== 'steady' || verdicts.leaky !== 'leak') return false;
  return [timers, instances].every(({ fixed, leaky }) => fixed === 0 && leaky === zones);
}

function byBuild<Value>(
  { trials }: Report,
  pick: (trial: JudgedTrial) => Value | undefined,
): { readonly [build: string]: Value } {
  const entries = trials.map(trial => [trial.result.trial.build, pick(trial)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

function growthOf({ verdict }: JudgedTrial, metric: string): number | undefined {
  return verdict.estimates.find(estimate => estimate.metric.name === metric)?.slope;
}

/** One line. */
export function describeGateRun({ wall, verdicts, timers, zones, ...run }: GateRun): string {
  const builds = Object.entries(verdicts).map(
    ([build, outcome]) => `${build} ${outcome} ${show(timers[build])} timers ${show(zones[build])} zones`,
  );
  const share = `measuring ${(run.measuringShare * 100).toFixed(0)} % of the trials, ${(run.measuringOfWall * 100).toFixed(0)} % of the command`;
  const leaky = `leaky trial ${seconds(run.leakyTrial)}`;
  return [run.isRight ? 'right' : 'WRONG', seconds(wall), ...builds, leaky, share].join(', ');
}

export interface GateSummary {
  readonly runs: number;
  readonly right: number;
  /** In seconds. */
  readonly wall?: Spread;
  /** In percent: of the trials' time, and of the whole command's. */
  readonly measuringShare?: Spread;
  readonly measuringOfWall?: Spread;
  /** In seconds: the leaky trial beside the other trials. */
  readonly leakyTrial?: Spread;
  /** In seconds: the command with nothing but the leaky build, until it says that it leaks, and to its end. */
  readonly leakyTold?: Spread;
  readonly leakyAlone?: Spread;
}

export function summarize(runs: readonly GateRun[], alone: readonly AloneRun[]): GateSummary {
  const spreads = {
    wall: spreadOf(runs.map(({ wall }) => wall / 1000)),
    measuringShare: spreadOf(runs.map(run => run.measuringShare * 100)),
    measuringOfWall: spreadOf(runs.map(run => run.measuringOfWall * 100)),
    leakyTrial: spreadOf(runs.map(run => run.leakyTrial / 1000)),
    leakyTold: spreadOf(alone.map(({ told }) => told / 1000)),
    leakyAlone: spreadOf(alone.map(({ wall }) => wall / 1000)),
  };
  const known = Object.fromEntries(Object.entries(spreads).filter(([, spread]) => spread));
  return { runs: runs.length, right: runs.filter(({ isRight }) => isRight).length, ...known };
}

export function describeSummary(summary: GateSummary): string {
  return [
    `right            ${summary.right} of ${summary.runs}`,
    `wall             ${describeSpread(summary.wall, 's', 2)}`,
    `measuring        ${describeSpread(summary.measuringShare, '%', 0)} of the trials' time`,
    `                 ${describeSpread(summary.measuringOfWall, '%', 0)} of the whole command's`,
    `leaky trial      ${describeSpread(summary.leakyTrial, 's', 2)}`,
    `leaky told       ${describeSpread(summary.leakyTold, 's', 2)}, from the start of a command with it alone`,
    `leaky alone      ${describeSpread(summary.leakyAlone, 's', 2)}, from the start of the command to its end`,
  ].join('\n');
}

function show(rate: number | undefined): string {
  return rate === undefined ? '?' : String(rate);
}

function seconds(time: Milliseconds): string {
  return `${(time / 1000).toFixed(2)} s`;
}
