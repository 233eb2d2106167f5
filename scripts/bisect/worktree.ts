import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../../harness/spawn/at-exit.ts';
import { git, tryGit } from './git.ts';

/**
 * A second working tree of a repository in a temporary folder. What git bisect keeps is kept per worktree, so that the
 * repository's own files, index and a bisection of its own are left alone.
 */
export class Worktree {
  readonly path: string;
  /** Beside the tree, for results. */
  readonly scratch: string;
  readonly #repository: string;
  readonly #takeBack: () => void;

  /** @throws {HarnessError} if git refuses. */
  constructor(repository: string, commit: string) {
    this.#repository = repository;
    this.scratch = realpathSync(mkdtempSync(join(tmpdir(), 'leakgate-bisect-')));
    this.path = join(this.scratch, 'tree');
    // A second Ctrl-C ends the process without a turn of the event loop.
    this.#takeBack = atExit(() => this.remove());
    try {
      git(repository, 'worktree', 'add', '--detach', '--force', this.path, commit);
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  get head(): string {
    return git(this.path, 'rev-parse', 'HEAD');
  }

  checkOut(commit: string): void {
    this.clean();
    git(this.path, 'checkout', '--quiet', '--detach', '--force', commit);
  }

  /** Back to what is committed. What was installed stays: installing again is what takes long. */
  clean(): void {
    git(this.path, 'reset', '--quiet', '--hard');
    git(this.path, 'clean', '-ffdxq', '-e', 'node_modules');
  }

  /** Does not throw, and may be called again. */
  remove(): void {
    this.#takeBack();
    tryGit(this.#repository, 'worktree', 'remove', '--force', '--force', this.path);
    rmSync(this.scratch, { recursive: true, force: true });
    tryGit(this.#repository, 'worktree', 'prune');
  }
}
