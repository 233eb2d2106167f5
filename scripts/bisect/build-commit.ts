import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { atExit } from '../../harness/spawn/at-exit.ts';
import { lockFolder } from '../lock-folder.ts';
import { hasLockFile, manifestOf, packageManager } from '../package-manager.ts';

/** How much of a failed command is shown. */
const LINES_SHOWN = 6;

type BuildOutcome = { readonly built: true } | { readonly built: false; readonly reason: string };

/** A line for the shell, and where it runs. */
interface Step {
  readonly command: string;
  readonly folder: string;
}

/** Makes each commit that is checked out ready to run. */
export class CommitBuilder {
  readonly #folder: string;
  readonly #command: string | undefined;
  readonly #signal: AbortSignal;
  #installed = '';

  /** `command`: a line for the shell, instead of installing by the lock file and running the build script. */
  constructor(folder: string, command: string | undefined, signal: AbortSignal) {
    this.#folder = folder;
    this.#command = command;
    this.#signal = signal;
  }

  /**
   * Builds what is checked out. Installs only where the lock file, or without one the package.json, is
   * another than the one installed last.
   * @throws the signal's reason if it is aborted; nothing runs any more then.
   */
  async build(): Promise<BuildOutcome> {
    if (!existsSync(this.#folder)) {
      return { built: false, reason: 'the commit lacks the folder in which leakgate was started' };
    }
    // Before installing, which may write a lock file.
    const lock = this.#lock();
    for (const step of this.#command === undefined ? this.#usualSteps() : [this.#inFolder(this.#command)]) {
      const failure = await this.#run(step);
      if (failure !== undefined) {
        this.#installed = '';
        return { built: false, reason: `${step.command}: ${failure}` };
      }
    }
    if (this.#command === undefined) this.#installed = lock;
    return { built: true };
  }

  #usualSteps(): Step[] {
    const locked = lockFolder(this.#folder);
    const { install, run } = packageManager(locked);
    const manifest = manifestOf(this.#folder);
    const { scripts = {}, dependencies = {}, devDependencies = {} } = manifest;
    const isLocked = hasLockFile(locked);
    const needsAny = isLocked || Object.keys({ ...dependencies, ...devDependencies }).length > 0;
    const mustInstall = needsAny && this.#lock() !== this.#installed;
    return [
      ...(mustInstall ? [{ command: isLocked ? install : unlockedInstall(locked), folder: locked }] : []),
      ...(scripts.build === undefined ? [] : [this.#inFolder(`${run} build`)]),
    ];
  }

  #inFolder(command: string): Step {
    return { command, folder: this.#folder };
  }

  /** What decides about what is installed. */
  #lock(): string {
    const locked = lockFolder(this.#folder);
    const file = hasLockFile(locked) ? packageManager(locked).lockFile : 'package.json';
    const path = join(locked, file);
    return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
  }

  /** Why it failed, if it did. It gets a process group of its own, so that all it started ends with it. */
  async #run({ command, folder }: Step): Promise<string | undefined> {
    this.#signal.throwIfAborted();
    const child = spawn(command, {
      cwd: folder,
      shell: true,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (text: string) => {
      output = (output + text).slice(-20_000);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const end = () => killGroup(child.pid);
    this.#signal.addEventListener('abort', end);
    const takeBack = atExit(end);
    try {
      const [code, by] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      this.#signal.throwIfAborted();
      if (code === 0) return undefined;
      const last = stripVTControlCharacters(output)
        .split('\n')
        .filter(line => line.trim() !== '')
        .slice(-LINES_SHOWN);
      return [`ended with ${code ?? by}`, ...last].join('\n  ');
    } finally {
      takeBack();
      this.#signal.removeEventListener('abort', end);
    }
  }
}

/** Where no lock file says what to install. */
function unlockedInstall(folder: string): string {
  const { name } = packageManager(folder);
  return name === 'npm' ? 'npm install --no-package-lock --no-audit --no-fund' : `${name} install`;
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
