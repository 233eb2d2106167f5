import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Milliseconds } from '../model.ts';

/** A process of another container may share the folder, and its id says nothing here: none measures for so long. */
const OLD: Milliseconds = 24 * 60 * 60 * 1000;

/** Removes what processes that were killed have left: their ids are in the names of their folders. */
export function removeLeftFolders(parent: string, now = Date.now()): void {
  for (const name of namesIn(parent)) {
    const [, pid] = /^leakgate-(\d+)-\w{6}$/.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(parent, name);
    try {
      const state = lstatSync(path);
      if (state.isDirectory() && now - state.mtimeMs > OLD) rmSync(path, { recursive: true, force: true });
    } catch {
      // It belongs to somebody else, or another leakgate was faster.
    }
  }
}

function namesIn(parent: string): string[] {
  try {
    return readdirSync(parent);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
