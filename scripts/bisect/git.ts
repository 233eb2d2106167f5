import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { HarnessError } from '../../harness/errors.ts';

interface GitResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A hook's environment would name another repository than the folder's, and a pager or a prompt would wait
 * for ever.
 */
const ENVIRONMENT = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** A terminal's Ctrl-C ends git too, before this process hears of it. */
export class GitInterrupted extends Error {
  override readonly name = 'GitInterrupted';
}

/**
 * Runs git in a folder, without the hooks of its repository, and returns how it ended.
 * @throws {HarnessError} if there is no git.
 * @throws {GitInterrupted} if it was ended from outside.
 */
export function tryGit(folder: string, ...args: string[]): GitResult {
  const { status, signal, stdout, stderr, error } = spawnSync(
    'git',
    ['-c', `core.hooksPath=${devNull}`, ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...ENVIRONMENT },
      maxBuffer: 2 ** 28,
    },
  );
  if (error) throw new HarnessError(`Cannot bisect as git must be installed: ${error.message}`);
  if (signal === 'SIGINT' || signal === 'SIGTERM')
    throw new GitInterrupted(`Cannot go on as git ${args[0]} must end by itself: ${signal} ended it`);
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

/**
 * Output of git, which must succeed.
 * @throws {HarnessError} with what git says.
 */
export function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = tryGit(folder, ...args);
  if (status === 0) return stdout;
  throw new HarnessError(
    `Cannot go on as git ${args[0]} must succeed: ${stderr || `it ended with ${status}`}`,
  );
}
