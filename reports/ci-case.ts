/** What every format for CI is made from: one case per scenario and build, with what went wrong and where. */
import { type JudgedTrial, type Milliseconds, NULL_SCENARIO, type Report } from '../harness/model.ts';
import { badge } from './badge.ts';
import { isInterrupted, outcomeOf, type ScenarioGroup, scenarioGroups, standingOf } from './judged.ts';
import { printable } from './printable.ts';
import { verdictLine } from './verdict.ts';
import { exitText } from './wording.ts';

/**
 * `leaked`: it should not; `not-caught`: it should have leaked; `errored`: a trial ended in a fault, or
 * leakgate could not do its work; `undecided`: inconclusive; `skipped`: it decides nothing.
 */
type CaseState = 'passed' | 'leaked' | 'not-caught' | 'errored' | 'undecided' | 'skipped';

export interface CiCase {
  readonly scenario: string;
  readonly build: string;
  /** Absolute path of the scenario; empty for leakgate itself. */
  readonly path: string;
  /** What one iteration is called. */
  readonly per: string;
  readonly state: CaseState;
  /** One line for a person, without the name: `LEAK, should be steady`. */
  readonly summary: string;
  /** One line per repetition: its verdict with what it rests on, named where there are several. */
  readonly facts: readonly string[];
  /** Stack or last output of faults. */
  readonly stacks: readonly string[];
  /** The same, and what was printed before. */
  readonly details: readonly string[];
  /** The trials that decide, or those of the base. */
  readonly trials: readonly JudgedTrial[];
  /** Their wall time. */
  readonly elapsed: Milliseconds;
}

/**
 * One case per scenario and build, its repetitions taken together, in the order of the run; trials with V8's
 * default flags are left out. Where leakgate could not do its work, or nothing but its null run is inconclusive, one
 * more case says so: no format may be green then.
 */
export function ciCases(report: Report): readonly CiCase[] {
  const shown = printable(report);
  const cases = scenarioGroups(shown).flatMap(group => {
    const judging = group.trials.filter(({ result }) => result.trial.variant === 'stable');
    const builds = [...new Set(judging.map(({ result }) => result.trial.build))];
    return builds.map(build => buildCase(group, build));
  });
  return needsOwnCase(shown, cases) ? [...cases, ownCase(shown)] : cases;
}

/** The cases that keep a run from being green. */
export function problems(cases: readonly CiCase[]): readonly CiCase[] {
  return cases.filter(({ state }) => state !== 'passed' && state !== 'skipped');
}

function buildCase(group: ScenarioGroup, build: string): CiCase {
  const trials = group.trials.filter(
    ({ result }) => result.trial.build === build && result.trial.variant === 'stable',
  );
  const lines = trials.map(judged => ({ judged, line: verdictLine(judged, group) }));
  const state = worstOf(trials.map(stateOf));
  const expect = trials[0]?.result.trial.expect ?? 'steady';
  const badges = [...new Set(trials.map(badge))].join(', ');
  return {
    scenario: group.name,
    build,
    path: trials[0]?.result.trial.scenarioPath ?? '',
    per: group.per,
    state,
    summary: summaryOf(state, badges, expect, trials),
    facts: lines.map(({ line: { badge: verdict, label, facts } }) =>
      label === build ? `${verdict}: ${facts}` : `${verdict} ${label}: ${facts}`,
    ),
    stacks: lines.map(({ line }) => line.detail).filter(detail => detail !== ''),
    details: lines.flatMap(({ line }) => [line.detail, line.printed]).filter(detail => detail !== ''),
    trials,
    elapsed: trials.reduce((sum, { result }) => sum + result.wall, 0),
  };
}

function summaryOf(
  state: CaseState,
  badges: string,
  expect: 'steady' | 'leak',
  trials: readonly JudgedTrial[],
): string {
  const wanted = expect === 'leak' ? 'leak' : 'be steady';
  if (trials.every(isInterrupted)) return `${badges}, decides nothing`;
  if (state === 'skipped') return `${badges}, the base, decides nothing`;
  return state === 'passed' ? `${badges}, as expected` : `${badges}, should ${wanted}`;
}

function needsOwnCase({ exitCode }: Report, cases: readonly CiCase[]): boolean {
  return exitCode === 2 || (exitCode === 3 && problems(cases).length === 0);
}

/** The harness itself is at fault or in doubt, or had nothing to judge. */
function ownCase(report: Report): CiCase {
  const { nullRun } = report;
  const group: ScenarioGroup = { name: NULL_SCENARIO, description: '', per: 'iteration', trials: [] };
  const line = nullRun && !nullRun.asExpected ? verdictLine(nullRun, group) : undefined;
  return {
    scenario: 'leakgate',
    build: 'itself',
    path: '',
    per: 'iteration',
    state: report.exitCode === 3 ? 'undecided' : 'errored',
    summary: exitText(report),
    facts: line ? [`${line.badge} empty scenario: ${line.facts}`] : [],
    stacks: [],
    details: [],
    trials: [],
    elapsed: 0,
  };
}

function stateOf(judged: JudgedTrial): CaseState {
  const standing = standingOf(judged);
  if (standing === 'met') return 'passed';
  if (standing !== 'missed') return 'skipped';
  return UNEXPECTED[outcomeOf(judged)];
}

const UNEXPECTED = {
  leak: 'leaked',
  steady: 'not-caught',
  inconclusive: 'undecided',
  fault: 'errored',
} as const;

const WORST_FIRST: readonly CaseState[] = [
  'leaked',
  'not-caught',
  'errored',
  'undecided',
  'passed',
  'skipped',
];

function worstOf(states: readonly CaseState[]): CaseState {
  return WORST_FIRST.find(state => states.includes(state)) ?? 'skipped';
}
