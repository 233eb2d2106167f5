import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HarnessError } from '../harness/errors.ts';
import type { RunEvent } from '../harness/model.ts';
import { makeFolder } from './make-folder.ts';
import { messageOf } from './message-of.ts';
import { checkOlderResults, removeOlderResults } from './older-results.ts';
import type { Recorded, RunBegin } from './recovered-run.ts';
import { RESULT_FILES, SAMPLES_FILE } from './result-files.ts';

/**
 * `out/<run>/`: made before the first trial, so that a bad path fails at once; every event is appended to
 * `samples.jsonl` as it happens, so that a crash loses nothing that was measured.
 */
export class OutputFolder {
  readonly path: string;
  readonly #samples: string;
  #begin = performance.now();

  /**
   * Makes the folder where it is missing.
   * @throws {HarnessError} if it cannot be made.
   * @throws {UsageError} if it has files of somebody else's that would be written over.
   */
  constructor(path: string) {
    this.path = resolve(path);
    this.#samples = join(this.path, SAMPLES_FILE);
    writing(() => makeFolder(this.path));
    checkOlderResults(this.path, RESULT_FILES);
  }

  /**
   * Removes older results; apart, as there may be more that a run fails for before it begins.
   * @param options `samples`: whether there will be events to append
   * @throws {HarnessError} if the folder cannot be written to.
   */
  begin({ samples = true }: { readonly samples?: boolean } = {}): void {
    writing(() => {
      removeOlderResults(this.path, RESULT_FILES);
      if (samples) writeFileSync(this.#samples, '');
    });
    this.#begin = performance.now();
  }

  append(event: RunBegin | RunEvent): void {
    const recorded: Recorded<typeof event> = { ...event, at: Math.round(performance.now() - this.#begin) };
    appendFileSync(this.#samples, `${JSON.stringify(recorded)}\n`);
  }
}

/**
 * The folder that was asked for, or else a fresh one.
 * @throws {HarnessError} if that cannot be made.
 */
export function folderFor(out: string | undefined, cwd: string, command: string): string {
  return out ? resolve(cwd, out) : freshFolder(cwd, command, new Date());
}

/**
 * Makes a new folder under `out/`, named after the moment and the command, and returns its path. Two runs that begin at
 * once get two folders.
 * @throws {HarnessError} if it cannot be made.
 */
export function freshFolder(cwd: string, command: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const base = join(cwd, 'out', `${stamp}-${command}`);
  return writing(() => {
    makeFolder(join(cwd, 'out'));
    let path = base;
    for (let number = 2; !made(path); number++) path = `${base}-${number}`;
    return path;
  });
}

/** False if it was there already. */
function made(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @throws {HarnessError} where `write` throws. */
export function writing<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new HarnessError(`Cannot write results as the folder must be writable: ${messageOf(error)}`);
  }
}
