import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bytes, Milliseconds } from '../../harness/model.ts';
import { packageRoot } from '../package-root.ts';

export interface CommandRun {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** The same as it came: how much there was of it in all, and when. */
  readonly told: readonly { readonly upTo: number; readonly at: Milliseconds }[];
  /** From spawn to exit. */
  readonly wall: Milliseconds;
  /**
   * Resident memory of the command's own process while it ran, none of its children's; empty where there is
   * no /proc.
   */
  readonly memory: readonly Bytes[];
}

/** How often the memory is looked at. */
export const LOOK_EVERY: Milliseconds = 100;

/** Runs the real `leakgate` as a user does, from the package's folder, and watches its memory. */
export function leakgate(args: readonly string[]): Promise<CommandRun> {
  const root = fileURLToPath(packageRoot());
  return node([`${root}dist/scripts/leakgate.js`, ...args]);
}

/** Runs Node with these arguments. Its standard output is thrown away. */
export async function node(args: readonly string[]): Promise<CommandRun> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(packageRoot()),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  const told: { readonly upTo: number; readonly at: Milliseconds }[] = [];
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
    told.push({ upTo: stderr.length, at: performance.now() - begin });
  });
  const memory: Bytes[] = [];
  const look = setInterval(() => memory.push(...residentOf(child.pid)), LOOK_EVERY);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(look));
  return { exitCode, stderr, told, wall: performance.now() - begin, memory };
}

/** When a command had said, on standard error, something that matches; NaN if it never did. */
export function whenTold({ stderr, told }: Pick<CommandRun, 'stderr' | 'told'>, what: RegExp): Milliseconds {
  return told.find(({ upTo }) => what.test(stderr.slice(0, upTo)))?.at ?? Number.NaN;
}

function residentOf(pid: number | undefined): Bytes[] {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? [] : [Number(kilobytes) * 1024];
  } catch {
    return [];
  }
}
