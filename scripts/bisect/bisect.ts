import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UsageError } from '../../harness/errors.ts';
import type { Report } from '../../harness/model.ts';
import type { GateRequest } from '../gate.ts';
import { type Interruption, interruption } from '../interruption.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommitBuilder } from './build-commit.ts';
import { GitInterrupted, git, tryGit } from './git.ts';
import { type CommitVerdict, judgeCommit } from './judge-commit.ts';
import { ScenarioCopy } from './scenario-copy.ts';
import { BisectionTeller } from './teller.ts';
import { Worktree } from './worktree.ts';

export interface BisectRequest
  extends Omit<
    GateRequest,
    'jit' | 'name' | 'png' | 'base' | 'done' | 'timings' | 'out' | 'reporters' | 'github' | 'heapDiff'
  > {
  /** A revision that is steady, and a later one that leaks. */
  readonly good: string;
  readonly bad: string;
  /** A line for the shell that makes a commit ready; default: install by the lock file, then the build script. */
  readonly buildCommand?: string;
  /** Use the scenario as it is now in every commit, not only in those that have none. */
  readonly currentScenario: boolean;
}

/**
 * Finds the commit with which a leak came, by git bisect in a worktree of its own and the gate as its test.
 * Commits that do not build, cannot be run, or leave the verdict open are skipped. Returns 0 if it was found,
 * 1 if the ends do not differ or only skipped commits are left, 130 if it was interrupted.
 * @throws {UsageError} for a revision or a scenario that is not in the repository.
 */
export async function bisect(request: BisectRequest, surroundings: Surroundings): Promise<number> {
  const cwd = realpathSync(surroundings.cwd());
  const { status, stdout: repository } = tryGit(cwd, 'rev-parse', '--show-toplevel');
  if (status !== 0) throw new UsageError(`Cannot bisect as the folder must be in a git repository: ${cwd}`);
  if (request.scenarios.length === 0) {
    throw new UsageError(
      'Cannot bisect as a scenario must be named, on the command line or in a configuration file: none is',
    );
  }
  const [good, bad] = [commitOf(request.good, cwd), commitOf(request.bad, cwd)];
  if (good === bad) throw new UsageError(`Cannot bisect as good and bad must differ: both are ${good}`);
  if (tryGit(cwd, 'merge-base', '--is-ancestor', bad, good).status === 0)
    throw new UsageError(
      `Cannot bisect as good must come before bad: ${request.good} comes after ${request.bad}; are they exchanged?`,
    );
  const scenarios = request.scenarios.map(
    scenario => new ScenarioCopy(scenario, cwd, repository, request.currentScenario),
  );
  const interrupted = interruption(surroundings);
  let worktree: Worktree | undefined;
  try {
    worktree = new Worktree(repository, bad);
    const folder = relative(repository, cwd);
    return await new Bisection(request, { worktree, folder, scenarios, interrupted }, surroundings).run(
      good,
      bad,
    );
  } catch (error) {
    if (error !== interrupted.signal.reason && !(error instanceof GitInterrupted)) throw error;
    surroundings.stderr.write('Interrupted: the worktree is removed, the repository is as it was\n');
    return 130;
  } finally {
    worktree?.remove();
    interrupted.dispose();
  }
}

function commitOf(revision: string, cwd: string): string {
  const { status, stdout } = tryGit(
    cwd,
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  );
  if (status === 0) return stdout;
  throw new UsageError(`Cannot bisect as a revision must be a commit of the repository: "${revision}"`);
}

interface Place {
  readonly worktree: Worktree;
  /** The working directory from the top of the repository: there commits are built. */
  readonly folder: string;
  readonly scenarios: readonly ScenarioCopy[];
  readonly interrupted: Interruption;
}

class Bisection {
  readonly #request: BisectRequest;
  readonly #place: Place;
  readonly #surroundings: Surroundings;
  readonly #builder: CommitBuilder;
  readonly #teller: BisectionTeller;
  readonly #verdicts = new Map<string, CommitVerdict>();

  constructor(request: BisectRequest, place: Place, surroundings: Surroundings) {
    this.#request = request;
    this.#place = place;
    this.#surroundings = surroundings;
    this.#teller = new BisectionTeller(surroundings, place.worktree.path, request.json);
    const folder = join(place.worktree.path, place.folder);
    this.#builder = new CommitBuilder(folder, request.buildCommand, place.interrupted.signal);
  }

  async run(good: string, bad: string): Promise<number> {
    const { worktree } = this.#place;
    if (!(await this.#isConfirmed('bad', bad, 'leaks'))) return 1;
    if (!(await this.#isConfirmed('good', good, 'steady'))) return 1;
    worktree.clean();
    let step = git(worktree.path, 'bisect', 'start', bad, good);
    for (;;) {
      const [, first] = /^([0-9a-f]{40,}) is the first bad commit/m.exec(step) ?? [];
      if (first !== undefined) return this.#found(first);
      const { outcome } = await this.#judge(worktree.head, remaining(step));
      worktree.clean();
      const mark = { steady: 'good', leaks: 'bad', untestable: 'skip' }[outcome];
      const { status, stdout, stderr } = tryGit(worktree.path, 'bisect', mark);
      if (status !== 0) {
        this.#teller.lost(stdout, stderr);
        return 1;
      }
      step = stdout;
    }
  }

  /** An end that is not what it is said to be makes every answer wrong. */
  async #isConfirmed(end: 'good' | 'bad', commit: string, must: 'steady' | 'leaks'): Promise<boolean> {
    this.#place.worktree.checkOut(commit);
    const verdict = await this.#judge(commit, `the ${end} end`);
    if (verdict.outcome === must) return true;
    this.#teller.wrongEnd(end, commit, verdict);
    return false;
  }

  async #judge(commit: string, where: string): Promise<CommitVerdict> {
    const known = this.#verdicts.get(commit);
    if (known) return known;
    this.#teller.testing(commit, where);
    const verdict = await this.#buildAndJudge();
    this.#verdicts.set(commit, verdict);
    this.#teller.tested(verdict);
    return verdict;
  }

  async #buildAndJudge(evidence?: GateRequest['evidence']): Promise<CommitVerdict> {
    const { worktree, scenarios, folder, interrupted } = this.#place;
    const build = await this.#builder.build();
    if (!build.built) return { outcome: 'untestable', text: `it does not build: ${build.reason}` };
    const { evidence: _, ...asked } = this.#request;
    const request: GateRequest = {
      ...asked,
      scenarios: scenarios.map(scenario => scenario.in(worktree.path)),
      out: join(worktree.scratch, 'results'),
      jit: 'none',
      name: 'bisect',
      png: false,
      reporters: [],
      github: false,
      heapDiff: false,
      ...(evidence && { evidence }),
    };
    return judgeCommit(request, join(worktree.path, folder), this.#surroundings, interrupted.signal);
  }

  async #found(first: string): Promise<number> {
    const { worktree } = this.#place;
    const [, ...parents] = git(worktree.path, 'rev-list', '--parents', '--max-count=1', first).split(' ');
    for (const parent of parents) {
      // Known to be steady because a later commit is: its own line is still worth a run.
      if (!this.#verdicts.has(parent)) worktree.checkOut(parent);
      await this.#judge(parent, parents.length > 1 ? 'one of its parents' : 'its parent');
    }
    const explained = await this.#explained(first);
    const told = (commit: string) => ({ commit, verdict: this.#verdicts.get(commit)?.text ?? '' });
    this.#teller.found({ ...told(first), parents: parents.map(told), explained });
    return 0;
  }

  /** Why the commit leaks, from one more run of it; undefined where that is not wanted. */
  async #explained(first: string): Promise<Report | undefined> {
    const { evidence } = this.#request;
    if (!evidence) return undefined;
    this.#teller.explaining(first);
    this.#place.worktree.checkOut(first);
    const { report } = await this.#buildAndJudge(evidence);
    return report && withoutPrefix(report, `${this.#place.worktree.path}/`);
  }
}

/** Files as the repository knows them: the worktree is gone when they are read. */
function withoutPrefix(report: Report, prefix: string): Report {
  return JSON.parse(JSON.stringify(report).replaceAll(prefix, '')) as Report;
}

/**
 * From `Bisecting: 3 revisions left to test after this (roughly 2 steps)`. Steps alone: git counts the revisions of the
 * smaller half, and after `0 revisions` another may have to be tested.
 */
export function remaining(step: string): string {
  const [, steps] = /Bisecting: \d+ revisions? left .*roughly (\d+) steps?/.exec(step) ?? [];
  if (steps === undefined) return 'a merge base';
  return steps === '0' ? 'the last one' : `about ${steps} more after this`;
}
