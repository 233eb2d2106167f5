import { fork } from 'node:child_process';
import { childEnvironment } from '../harness/child-environment.ts';
import { compiledFile } from '../harness/compiled.ts';
import type { BuildName } from '../harness/engine/builds.ts';
import type { Iterations, Milliseconds, Timing } from '../harness/model.ts';
import { withFolder } from '../harness/spawn/folder.ts';
import { childEnd } from './child-end.ts';

/** Reloads done before each timing. */
export const DEFAULT_AGES: readonly Iterations[] = [0, 1000, 5000];

export interface TimingRequest {
  readonly builds: readonly BuildName[];
  /** Reloads done before each timing, at least: an engine that has to be timed soon again is older than asked for. */
  readonly ages: readonly Iterations[];
  /** For one build; default: 10 minutes. */
  readonly deadline?: Milliseconds;
}

export interface Timed {
  readonly rows: readonly Timing[];
  /** Why there are no more. */
  readonly failure?: string;
}

/**
 * Times a query and a reload on a fresh engine and on aged ones, build after build, each in a process of its
 * own with V8's default flags. Nothing else of leakgate runs meanwhile. Ends with the rows so far when the signal
 * is aborted, or a build's process fails or is not done by its deadline.
 */
export async function timings(request: TimingRequest, signal: AbortSignal): Promise<Timed> {
  const rows: Timing[] = [];
  for (const build of request.builds) {
    if (signal.aborted) break;
    const { rows: some, failure } = await withFolder(directory =>
      timeBuild(build, directory, request, signal),
    );
    rows.push(...some);
    if (failure !== undefined) return { rows, failure };
  }
  return { rows };
}

async function timeBuild(
  build: BuildName,
  directory: string,
  { ages, deadline = 600_000 }: TimingRequest,
  signal: AbortSignal,
): Promise<Timed> {
  if (signal.aborted) return { rows: [] };
  const rows: Timing[] = [];
  const rising = [...new Set(ages)].sort((left, right) => left - right);
  const child = fork(compiledFile('scripts/timings-worker.js'), [directory, build, ...rising.map(String)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    timeout: deadline,
    killSignal: 'SIGKILL',
    env: childEnvironment(),
  });
  const end = () => child.kill('SIGKILL');
  signal.addEventListener('abort', end);
  child.on('message', row => rows.push(row as Timing));
  const { code, signal: by } = await childEnd(child).finally(() => signal.removeEventListener('abort', end));
  if (code === 0 || signal.aborted) return { rows };
  const failure = `Cannot time the "${build}" build as its process must end with 0 within ${deadline} ms: ended with ${code ?? by}`;
  return { rows, failure };
}
