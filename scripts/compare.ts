import { differingSettings } from '../harness/base.ts';
import { compareEntries } from '../harness/compare-entries.ts';
import { UsageError } from '../harness/errors.ts';
import { type BaseEntry, type ComparedBuild, isNative, type RunComparison } from '../harness/model.ts';
import { renderComparison } from '../reports/comparison.ts';
import { metricName } from '../reports/wording.ts';
import { readGrowth, type SavedGrowth } from './base-file.ts';
import { type Surroundings, styleFor } from './surroundings.ts';

export interface CompareRequest {
  /** Paths of reports, of the folders that hold them, or of baselines. */
  readonly base: string;
  readonly head: string;
  readonly json: boolean;
}

/**
 * Says what got better or worse between two saved runs; measures nothing. Returns 0 if nothing got worse, 1
 * if something did, or if a build of the base faulted in the head, 3 if that is unclear, if what was steady leaks,
 * if a build faulted in one of them that the other lacks or that faulted in the base, or if one was interrupted.
 * @throws {UsageError} if a file cannot be read, or they have no scenario and build in common.
 */
export function compare({ base, head, json }: CompareRequest, surroundings: Surroundings): number {
  const { stdout, env } = surroundings;
  const [before, after] = [readGrowth(base, surroundings.cwd()), readGrowth(head, surroundings.cwd())];
  const builds = compareEntries(before.entries, after.entries);
  const broken = after.faulted.filter(name => has(before, name));
  const unknown = before.faulted.filter(
    name => !has(before, name) && [...after.entries.map(nameOf), ...after.faulted].includes(name),
  );
  const cut = [...(before.interrupted ? [base] : []), ...(after.interrupted ? [head] : [])];
  if (builds.length === 0 && broken.length === 0 && unknown.length === 0 && cut.length === 0) {
    throw new UsageError(
      `Cannot compare as both must have a scenario and build in common: ${base} has ${namesOf(before)}, ${head} has ${namesOf(after)}`,
    );
  }
  const comparison: RunComparison = {
    base,
    head,
    builds,
    notes: [
      ...cut.map(name => `${name} was interrupted, so that it decides nothing`),
      ...after.faulted.map(name => `${name}: faulted in ${head}`),
      ...unknown.map(name => `${name}: faulted in ${base}, so not compared`),
      ...missing(before, after, head),
      ...missing(after, before, base),
      ...builds.filter(leaksNow).map(one => `${nameOf(one)}: steady in ${base}, a leak in ${head}`),
      ...builds.flatMap(one => exchangedNote(one, base, head)),
      ...uncompared(builds, after.entries, head),
      ...uncompared(builds, before.entries, base),
      ...otherSettings(before, after),
    ],
    ...(cut.length > 0 && { interrupted: true as const }),
    exitCode:
      cut.length > 0 ? 3 : exitCode(builds, broken.length > 0, after.faulted.length + unknown.length > 0),
  };
  if (json) stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else stdout.write(renderComparison(comparison, styleFor(stdout, env)));
  return comparison.exitCode;
}

/** @param isOpen a build of which nothing is known, as it faulted */
function exitCode(
  builds: readonly ComparedBuild[],
  isBroken: boolean,
  isOpen: boolean,
): RunComparison['exitCode'] {
  const changes = builds.flatMap(({ comparisons }) => comparisons.map(({ change }) => change));
  if (isBroken || changes.includes('worse')) return 1;
  const isUnclear = changes.includes('unclear') || builds.some(one => leaksNow(one) || one.exchanged);
  return isOpen || isUnclear ? 3 : 0;
}

/** Though no metric may have grown by more for certain. */
function leaksNow({ verdicts }: ComparedBuild): boolean {
  return verdicts.base === 'steady' && verdicts.head === 'leak';
}

function exchangedNote(one: ComparedBuild, base: string, head: string): string[] {
  if (!one.exchanged) return [];
  const name = metricName(one.exchanged);
  return [
    `${nameOf(one)}: ${name} grows in ${head}, and what grows in ${base} grows less there: another leak, or the same by another name`,
  ];
}

function missing(from: SavedGrowth, other: SavedGrowth, name: string): string[] {
  const known = new Set([...other.entries.map(nameOf), ...other.faulted]);
  return [...from.entries.map(nameOf), ...from.faulted]
    .filter(own => !known.has(own))
    .map(own => `${own}: not in ${name}`);
}

/** Metrics that only one of two runs of a build has; native memory is read in some runs only. */
function uncompared(builds: readonly ComparedBuild[], entries: readonly BaseEntry[], name: string): string[] {
  return builds.flatMap(build => {
    const compared = new Set(build.comparisons.map(({ metric }) => metric.name));
    const entry = entries.find(other => nameOf(other) === nameOf(build));
    const others = (entry?.growths ?? [])
      .map(({ metric }) => metric)
      .filter(metric => !isNative(metric) && !compared.has(metric.name));
    const names = others.map(metricName).join(', ');
    return names === '' ? [] : [`${nameOf(build)}: only in ${name}, so not compared: ${names}`];
  });
}

/** Growth may differ for these alone. */
function otherSettings(before: SavedGrowth, after: SavedGrowth): string[] {
  return after.entries.flatMap(entry => {
    const base = before.entries.find(other => nameOf(other) === nameOf(entry));
    if (!base) return [];
    return differingSettings(base, entry).map(
      ({ setting, was, is }) => `${nameOf(entry)}: ${setting} differ: ${was || 'none'}, then ${is || 'none'}`,
    );
  });
}

function has({ entries }: SavedGrowth, name: string): boolean {
  return entries.some(entry => nameOf(entry) === name);
}

function namesOf({ entries, faulted }: SavedGrowth): string {
  return [...entries.map(nameOf), ...faulted.map(name => `${name} (faulted)`)].join(', ') || 'none';
}

function nameOf({ scenario, build }: Pick<BaseEntry, 'scenario' | 'build'>): string {
  return `${scenario} ${build}`;
}
