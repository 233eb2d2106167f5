import { UsageError } from './errors.ts';
import { checkSettings } from './merge-settings.ts';
import type {
  Environment,
  JudgedTrial,
  Milliseconds,
  NamedReport,
  Report,
  ReportPart,
  Warning,
} from './model.ts';
import { exitCode, isWrong, SCHEMA_VERSION } from './report.ts';

/**
 * One report of several: the shards of one run, all of them, or runs of different scenarios. Trials keep
 * their verdicts and stand in the order of the plan; the exit code is that of a run that had done them all.
 * @throws {UsageError} if one measured nothing, if a trial is in two of them, if shards are of different plans or options, or
 * if one is missing.
 */
export function mergeReports(named: readonly NamedReport[]): Report {
  const [first] = named;
  if (!first) throw new UsageError('Cannot merge as there must be a report: none was given');
  checkMeasured(named);
  checkDuplicates(named);
  checkShards(named);
  checkSettings(named.filter(({ report }) => report.shard));
  const reports = named.map(({ report }) => report);
  const parts = reports.flatMap(partsOf);
  const trials = inOrder(reports);
  const nullRun = worst(parts.flatMap(part => part.nullRun ?? []));
  const interrupted = reports.some(report => report.interrupted);
  return {
    schemaVersion: SCHEMA_VERSION,
    environment: first.report.environment,
    scenarios: scenariosOf(reports),
    trials,
    ...(nullRun && { nullRun }),
    timings: reports.flatMap(({ timings }) => timings),
    heapDiffs: reports.flatMap(({ heapDiffs }) => heapDiffs),
    evidence: reports.flatMap(({ evidence }) => evidence),
    warnings: [...differences(parts), ...reports.flatMap(({ warnings }) => warnings)],
    elapsed: Math.max(...reports.map(({ elapsed }) => elapsed)),
    measuringShare: measuringShare(reports),
    parts,
    ...(interrupted && { interrupted: true as const }),
    exitCode: interrupted ? 2 : exitCode(trials, nullRun),
  };
}

/** A report that was merged before is taken apart again. */
function partsOf({ environment, trials, shard, nullRun, elapsed, parts }: Report): readonly ReportPart[] {
  if (parts) return parts;
  return [
    {
      environment,
      trials: trials.map(({ result }) => result.trial.id),
      ...(shard && { shard: { index: shard.index, count: shard.count } }),
      ...(nullRun && { nullRun }),
      elapsed,
    },
  ];
}

/** That of `leakgate explain` has evidence and no verdict. */
function checkMeasured(named: readonly NamedReport[]): void {
  const explained = named.find(
    ({ report: { trials, evidence } }) => trials.length === 0 && evidence.length > 0,
  );
  if (!explained) return;
  throw new UsageError(
    `Cannot merge as each report must be of a run that measured: ${explained.name} only explains`,
  );
}

function checkDuplicates(named: readonly NamedReport[]): void {
  const seen = new Map<string, string>();
  for (const { name, report } of named) {
    for (const { result } of report.trials) {
      const { id } = result.trial;
      const other = seen.get(id);
      if (other !== undefined) {
        throw new UsageError(
          `Cannot merge as each trial must be in one report: ${id} is in ${other} and ${name}`,
        );
      }
      seen.set(id, name);
    }
  }
}

/** Shards must be those of one plan, and all be there: else a green report could hide what was never run. */
function checkShards(named: readonly NamedReport[]): void {
  const sharded = named.flatMap(({ name, report: { shard } }) => (shard ? [{ name, shard }] : []));
  const [first] = sharded;
  if (!first) return;
  const { plan, count } = first.shard;
  const places = new Map<number, string>();
  for (const { name, shard } of sharded) {
    if (shard.count !== count || shard.plan.join('\n') !== plan.join('\n')) {
      throw new UsageError(
        `Cannot merge as shards must be of one plan: ${first.name} is ${first.shard.index}/${count} of ${plan.length} trials, ` +
          `${name} is ${shard.index}/${shard.count} of ${shard.plan.length}${shard.count === count ? ', or of others' : ''}`,
      );
    }
    const other = places.get(shard.index);
    if (other !== undefined) {
      throw new UsageError(
        `Cannot merge as each shard must be given once: ${shard.index}/${count} is in ${other} and ${name}`,
      );
    }
    places.set(shard.index, name);
  }
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter(index => !places.has(index));
  if (missing.length > 0) {
    const names = missing.map(index => `${index}/${count}`).join(', ');
    throw new UsageError(`Cannot merge as every shard must be there: missing ${names}`);
  }
}

/** As planned where there is a plan; what belongs to none follows in the order in which it was given. */
function inOrder(reports: readonly Report[]): JudgedTrial[] {
  const plan = reports.find(({ shard }) => shard)?.shard?.plan ?? [];
  const trials = reports.flatMap(report => report.trials);
  const place = ({ result: { trial } }: JudgedTrial) => {
    const at = plan.indexOf(trial.id);
    return at < 0 ? plan.length : at;
  };
  return trials.toSorted((left, right) => place(left) - place(right));
}

function scenariosOf(reports: readonly Report[]): Report['scenarios'] {
  const scenarios = reports.flatMap(report => report.scenarios);
  return scenarios.filter(({ name }, at) => scenarios.findIndex(other => other.name === name) === at);
}

/** One that says that the harness leaks by itself, else one that is unsure, else any. */
function worst(nullRuns: readonly JudgedTrial[]): JudgedTrial | undefined {
  return nullRuns.find(isWrong) ?? nullRuns.find(({ asExpected }) => !asExpected) ?? nullRuns[0];
}

const SETTINGS = ['leakgate', 'node', 'arch', 'commit'] as const satisfies readonly (keyof Environment)[];

function differences(parts: readonly ReportPart[]): Warning[] {
  return SETTINGS.flatMap(setting => {
    const values = [...new Set(parts.map(({ environment }) => environment[setting]))];
    return values.length > 1 ? [{ code: 'parts-differ', setting, values } as const] : [];
  });
}

/** Of all trials' time, as in each report. */
function measuringShare(reports: readonly Report[]): number {
  const walls = reports.map(wallOf);
  const wall = walls.reduce((sum, one) => sum + one, 0);
  const measuring = reports.reduce((sum, report, at) => sum + report.measuringShare * (walls[at] ?? 0), 0);
  return wall > 0 ? measuring / wall : 0;
}

/** Of all its trials. */
export function wallOf({ trials, nullRun }: Report): Milliseconds {
  return [...trials, ...(nullRun ? [nullRun] : [])].reduce((sum, { result }) => sum + result.wall, 0);
}
