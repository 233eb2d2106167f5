import { isDeepStrictEqual } from 'node:util';
import { growthOf, growthOfFinding, joinedGrowths } from './judge/growth-of.ts';
import {
  type Alone,
  type BaseEntry,
  type BaseKind,
  type Environment,
  type Estimate,
  type Finding,
  type Growth,
  type HeapTable,
  isClass,
  isContainerStore,
  isNative,
  iterationsDone,
  type JudgedTrial,
  type Report,
  type Trial,
  type TrialBase,
  type TrialResult,
  type Verdict,
  type Warning,
} from './model.ts';

/** What a run is judged against: growth that was saved, or that of one of its own builds. */
export type Base =
  | {
      readonly from: Exclude<BaseKind, 'build'>;
      readonly name: string;
      readonly entries: readonly TrialBase[];
    }
  | { readonly from: 'build'; readonly name: string };

/**
 * How each scenario and build of a report grew, as a base for others; trials that faulted or ran with the JIT
 * on are left out.
 */
export function baseEntries({ trials, environment }: Pick<Report, 'trials' | 'environment'>): BaseEntry[] {
  const usable = trials.filter(
    ({ result }) => result.outcome === 'completed' && result.trial.variant === 'stable',
  );
  const keys = [...new Set(usable.map(({ result: { trial } }) => keyOf(trial)))];
  return keys.map(key => {
    const alike = usable.filter(({ result: { trial } }) => keyOf(trial) === key);
    return entryOf(alike, environment);
  });
}

/** What `withHeapTables` needs of a trial. */
export type Snapshotted = Pick<TrialResult, 'outcome' | 'heapTables'> & {
  readonly trial: Pick<Trial, 'scenario' | 'build' | 'variant'>;
};

/** The same, with what heap snapshots of its trials, among these, held of each class. */
export function withHeapTables(entries: readonly BaseEntry[], results: readonly Snapshotted[]): TrialBase[] {
  return entries.map(entry => ({ ...entry, heapTables: heapTablesOf(entry, results) }));
}

function heapTablesOf(
  { scenario, build }: BaseEntry,
  results: readonly Snapshotted[],
): readonly (readonly HeapTable[])[] {
  return results
    .filter(({ trial }) => trial.scenario === scenario && trial.build === build)
    .filter(({ outcome, trial }) => outcome === 'completed' && trial.variant === 'stable')
    .map(({ heapTables }) => heapTables);
}

/**
 * The entry that a trial is judged against, if the base has one; without heap snapshots where these were saved under
 * another version of Node, other flags or sizes, by which classes may differ. Builds of one run may have sizes of
 * their own.
 */
export function entryFor(
  trial: Trial,
  base: Base,
  own: readonly TrialBase[],
  { node }: Pick<Environment, 'node'>,
): TrialBase | undefined {
  const [entries, build] = base.from === 'build' ? [own, base.name] : [base.entries, trial.build];
  const found = entries.find(entry => entry.scenario === trial.scenario && entry.build === build);
  if (!found || base.from === 'build') return found;
  if (differingSettings(found, settingsOf(trial, node)).length === 0) return found;
  const { heapTables: _, ...growth } = found;
  return growth;
}

function settingsOf({ options, parameters }: Trial, node: string): Settings {
  return { node, nodeFlags: options.nodeFlags, parameters };
}

/** Whether the trial is one of the base's own. */
export function isBase({ build, variant }: Trial, base: Base): boolean {
  return base.from === 'build' && build === base.name && variant === 'stable';
}

/** Builds that should leak, and trials with the JIT on, are judged absolutely. */
export function isJudgedAgainst({ expect, variant }: Trial): boolean {
  return expect === 'steady' && variant === 'stable';
}

/** What makes a comparison with the base doubtful: metrics that it lacks, other settings. */
export function baseWarnings(
  trial: Trial,
  estimates: readonly Estimate[],
  base: Base,
  entry: BaseEntry | undefined,
  { node }: Pick<Environment, 'node'>,
): Warning[] {
  const about = { trial: trial.id, base: base.name };
  if (!entry) return [{ code: 'base-missing', ...about, from: base.from, metrics: [] }];
  const known = new Set(entry.growths.map(({ metric }) => metric.name));
  // Native memory is read in some runs only.
  const metrics = estimates
    .filter(({ metric }) => !isNative(metric))
    .map(({ metric }) => metric.name)
    .filter(name => !known.has(name));
  const missing: Warning[] =
    metrics.length > 0 ? [{ code: 'base-missing', ...about, from: base.from, metrics }] : [];
  return [...missing, ...(base.from === 'build' ? [] : differences(trial, about, entry, node))];
}

function differences(
  trial: Trial,
  about: { readonly trial: string; readonly base: string },
  entry: BaseEntry,
  node: string,
): Warning[] {
  return differingSettings(entry, settingsOf(trial, node)).map(difference => ({
    code: 'base-differs',
    ...about,
    ...difference,
  }));
}

type Settings = Pick<BaseEntry, 'node' | 'nodeFlags' | 'parameters'>;

/**
 * What growth may differ for between two runs beside the subject, in words: the major version of Node, flags,
 * sizes.
 */
export function differingSettings(
  before: Settings,
  after: Settings,
): { readonly setting: keyof Settings; readonly was: string; readonly is: string }[] {
  const same = {
    node: majorOf(before.node) === majorOf(after.node),
    nodeFlags: isDeepStrictEqual(before.nodeFlags, after.nodeFlags),
    parameters: isDeepStrictEqual(before.parameters, after.parameters),
  };
  const words = ({ node, nodeFlags, parameters }: Settings) => ({
    node,
    nodeFlags: nodeFlags.join(' '),
    parameters: JSON.stringify(parameters),
  });
  return (['node', 'nodeFlags', 'parameters'] as const)
    .filter(setting => !same[setting])
    .map(setting => ({ setting, was: words(before)[setting], is: words(after)[setting] }));
}

function entryOf(alike: readonly JudgedTrial[], { node }: Environment): BaseEntry {
  const [first] = alike as readonly [JudgedTrial, ...JudgedTrial[]];
  const { scenario, build, options, parameters } = first.result.trial;
  const growths = alike.map(judged => [...growthsOf(judged), ...classGrowthsOf(judged)]);
  const names = [...new Set(growths.flat().map(({ metric }) => metric.name))];
  return {
    scenario,
    build,
    verdict: gravest(alike),
    iterations: Math.max(...alike.map(iterationsDone)),
    allowance: options.allowance,
    confidence: options.confidence,
    node,
    nodeFlags: options.nodeFlags,
    parameters,
    growths: names.flatMap(name => {
      const [one, ...others] = growths.flat().filter(({ metric }) => metric.name === name);
      return one ? [joinedGrowths([one, ...others])] : [];
    }),
  };
}

function growthsOf({ series, verdict }: JudgedTrial): Growth[] {
  return verdict.estimates.flatMap(estimate => {
    const points = series.find(({ metric }) => metric.name === estimate.metric.name)?.points ?? [];
    // What decided is all readings or the last of them.
    const judged = points.slice(-estimate.points);
    return judged.length > 1 ? [growthOf(estimate, judged)] : [];
  });
}

/** What a trial came to without a base of its own, for others that are judged against it. */
export function aloneOf(verdict: Verdict): Alone {
  const { outcome } = verdict;
  return outcome === 'leak' ? { outcome, classes: verdict.findings.filter(isKept) } : { outcome };
}

/** Of a leak, the classes that grew, whatever a base of its own excused. */
function classGrowthsOf({ verdict, base }: JudgedTrial): Growth[] {
  const { classes = [] } = base?.alone ?? aloneOf(verdict);
  return classes.map(growthOfFinding);
}

/** Stores of containers grow by leaps. */
function isKept({ metric }: Finding): boolean {
  return isClass(metric) && !isContainerStore(metric);
}

/** A base is steady only if every trial of it was. */
function gravest(alike: readonly JudgedTrial[]): BaseEntry['verdict'] {
  const outcomes = alike.map(({ verdict, base }) => {
    if (base?.alone) return base.alone.outcome;
    // Steady against a base of its own does not say that nothing grew.
    return base && verdict.outcome === 'steady' ? 'inconclusive' : verdict.outcome;
  });
  return (['leak', 'inconclusive'] as const).find(outcome => outcomes.includes(outcome)) ?? 'steady';
}

function keyOf({ scenario, build }: Trial): string {
  return JSON.stringify([scenario, build]);
}

function majorOf(version: string): string {
  return version.replace(/^v/, '').split('.')[0] ?? '';
}
