import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../errors.ts';
import type { KeptObjects } from '../model.ts';
import type { ExplainRequest } from './explain-heap-main.ts';

const MOST_OUTPUT = 64 * 2 ** 20;
const MEGABYTE = 2 ** 20;
/** Of JavaScript objects; the arrays that hold the snapshots are not among them. In megabytes. */
const LEAST_HEAP = 512;
const MOST_HEAP = 2048;
/** Folders of leakgate's whose code runs in the measured process beside the subject. */
const OWN_FOLDERS = ['worker', 'targets', 'probes', 'evidence', 'ledger'];

/**
 * Says what grew between heap snapshots of one process and who holds it, in a process of its own: neither the measured heap nor this
 * one holds the snapshots. At least two, in the order in which they were taken.
 * @throws {HarnessError} when a snapshot cannot be read, or is too large for the memory there is.
 */
export async function explainHeap(
  snapshots: readonly { readonly path: string; readonly iteration: number }[],
  signal?: AbortSignal,
): Promise<readonly KeptObjects[]> {
  const folder = await mkdtemp(join(tmpdir(), 'leakgate-explain-'));
  try {
    const request: ExplainRequest = { snapshots, ignore: OWN_FOLDERS.map(ownFolder) };
    const file = join(folder, 'request.json');
    await writeFile(file, JSON.stringify(request));
    const heap = heapLimit(snapshots.map(({ path }) => sizeOf(path)));
    const answer = await answerOf([`--max-old-space-size=${heap}`, explainerMain(), file], signal);
    if ('objects' in answer) return answer.objects;
    throw new HarnessError(
      `Cannot explain the heap snapshots, which must be whole and fit into memory: ${answer.error}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Answer = { readonly objects: readonly KeptObjects[] } | { readonly error: string };

function answerOf(parameters: readonly string[], signal?: AbortSignal): Promise<Answer> {
  return new Promise(resolve => {
    const env = { ...process.env, NODE_OPTIONS: '' };
    execFile(
      process.execPath,
      [...parameters],
      { maxBuffer: MOST_OUTPUT, env, ...(signal && { signal }) },
      (error, stdout, stderr) => resolve(parsed(stdout) ?? { error: failure(error, stderr) }),
    );
  });
}

function parsed(stdout: string): Answer | undefined {
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    return undefined;
  }
}

/** Why the process ended without an answer, in one line. */
function failure(error: Error | null, stderr: string): string {
  if (error?.name === 'AbortError') return 'interrupted';
  if (/heap out of memory|Array buffer allocation failed/.test(stderr)) return 'out of memory';
  if (error && 'signal' in error && error.signal === 'SIGKILL')
    return 'ended by the system, which may be out of memory';
  return stderr.trim().split('\n').at(-1) || (error?.message ?? 'no answer');
}

/** Grows with the snapshots, of which some strings and the longest lists are JavaScript objects. */
function heapLimit(sizes: readonly number[]): number {
  const largest = Math.max(...sizes, 0) / MEGABYTE;
  return Math.round(Math.min(MOST_HEAP, Math.max(LEAST_HEAP, largest * 2)));
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** As it stands in the names of scripts: paths and file URLs end alike. */
function ownFolder(name: string): string {
  return fileURLToPath(new URL(`../${name}/`, compiled('explain-heap-main.js')));
}

function explainerMain(): string {
  return fileURLToPath(compiled('explain-heap-main.js'));
}

/** Beside this file or in dist/. */
function compiled(file: string): URL {
  const beside = new URL(file, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../dist/harness/evidence/${file}`, import.meta.url);
}
