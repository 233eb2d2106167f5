import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../harness/errors.ts';
import type { Timing } from '../harness/model.ts';

/** Reloads done before each timing. */
const AGES: readonly number[] = [0, 1000, 5000];

/**
 * Times a reload and a query on a fresh engine and on aged ones, build after build, each in a process of its own with V8's
 * default flags. Nothing else of leakgate runs meanwhile.
 */
export async function timings(builds: readonly string[], signal: AbortSignal): Promise<Timing[]> {
  const rows: Timing[] = [];
  for (const build of builds) rows.push(...(await timeBuild(build, signal)));
  return rows;
}

async function timeBuild(build: string, signal: AbortSignal): Promise<Timing[]> {
  const rows: Timing[] = [];
  const child = fork(
    fileURLToPath(new URL('timings-worker.js', import.meta.url)),
    [build, ...AGES.map(String)],
    {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const end = () => child.kill('SIGKILL');
  signal.addEventListener('abort', end);
  child.on('message', row => rows.push(row as Timing));
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', end);
  if (code !== 0 && !signal.aborted) {
    throw new HarnessError(
      `Cannot time the "${build}" build as its process must end with 0: ${String(code)}`,
    );
  }
  return rows;
}
