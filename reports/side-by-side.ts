import type { Environment, JudgedTrial, NamedReport, Report } from '../harness/model.ts';
import { scenarioGroups } from './judged.ts';

/**
 * Several runs as one report, for any format: each build of a scenario becomes a scenario of its own, and in
 * it each run stands where a build stood. Trials with V8's default flags, timings, heap diffs and evidence
 * are left out.
 */
export function sideBySide(runs: readonly NamedReport[]): Report {
  const pairs = runs.flatMap(({ report }) => pairsOf(report));
  const titles = [...new Map(pairs.map(pair => [titleOf(pair), pair])).values()];
  const [first] = runs;
  if (first === undefined)
    throw new RangeError('Cannot set runs side by side as there must be one: there is none');
  return {
    schemaVersion: first.report.schemaVersion,
    environment: environmentOf(runs),
    measuringShare: runs.reduce((sum, { report }) => sum + report.measuringShare, 0) / runs.length,
    ...(runs.some(({ report }) => report.interrupted) && { interrupted: true as const }),
    scenarios: titles.flatMap(pair => {
      const described = runs
        .flatMap(({ report }) => report.scenarios)
        .find(({ name }) => name === pair.scenario);
      return described === undefined ? [] : [{ ...described, name: titleOf(pair) }];
    }),
    trials: titles.flatMap(pair => runs.flatMap(run => renamed(run, pair))),
    timings: [],
    heapDiffs: [],
    evidence: [],
    warnings: [],
    elapsed: runs.reduce((sum, { report }) => sum + report.elapsed, 0),
    exitCode: worstExitCode(runs.map(({ report }) => report.exitCode)),
  };
}

/** The last one's, with every value where they differ. */
function environmentOf(runs: readonly NamedReport[]): Environment {
  const all = runs.map(({ report }) => report.environment);
  const last = all.at(-1) as Environment;
  const every = (field: (typeof NAMED)[number]) =>
    [...new Set(all.map(environment => environment[field]))].join(', ');
  return { ...last, ...Object.fromEntries(NAMED.map(field => [field, every(field)])) };
}

const NAMED = [
  'leakgate',
  'node',
  'v8',
  'os',
  'arch',
  'cpu',
  'commit',
] as const satisfies readonly (keyof Environment)[];

interface Pair {
  readonly scenario: string;
  readonly build: string;
}

function pairsOf(report: Report): readonly Pair[] {
  return scenarioGroups(report).flatMap(({ trials }) =>
    trials.map(({ result: { trial } }) => ({ scenario: trial.scenario, build: trial.build })),
  );
}

function titleOf({ scenario, build }: Pair): string {
  return `${scenario} ${build}`;
}

function renamed({ name, report }: NamedReport, pair: Pair): readonly JudgedTrial[] {
  return report.trials.flatMap(judged => {
    const { trial } = judged.result;
    if (trial.scenario !== pair.scenario || trial.build !== pair.build || trial.variant === 'jit') return [];
    const id = `${titleOf(pair)}/${name}/${trial.repetition}`;
    const result = { ...judged.result, trial: { ...trial, id, scenario: titleOf(pair), build: name } };
    return [{ ...judged, result }];
  });
}

const GRAVEST_FIRST: readonly Report['exitCode'][] = [2, 1, 3, 0];

function worstExitCode(codes: readonly Report['exitCode'][]): Report['exitCode'] {
  return GRAVEST_FIRST.find(code => codes.includes(code)) ?? 0;
}
