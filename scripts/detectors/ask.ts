import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../harness/child-environment.ts';
import { HarnessError } from '../../harness/errors.ts';
import type { Milliseconds, Trial } from '../../harness/model.ts';
import { atExit } from '../../harness/spawn/at-exit.ts';
import { withFolder } from '../../harness/spawn/folder.ts';
import { childEnd } from '../child-end.ts';
import type { Judgement } from './detector.ts';
import type { Order, Reply } from './worker.ts';

/** After which a detector has no verdict on a case. */
const DEADLINE: Milliseconds = 60_000;

export interface TimedJudgement extends Judgement {
  /** From fork to exit. */
  readonly elapsed: Milliseconds;
}

/**
 * Has one detector judge one trial in a fresh process with V8's default flags. A crash, an error of the scenario and a
 * passed deadline are `unclear`, never a rejection.
 * @throws {HarnessError} if no process can be started.
 * @throws the signal's reason if it is aborted; the process has ended by then.
 */
export async function ask(detector: string, trial: Trial, signal: AbortSignal): Promise<TimedJudgement> {
  signal.throwIfAborted();
  const begin = performance.now();
  const judgement = await withFolder(directory => askProcess({ detector, trial, directory }, signal));
  signal.throwIfAborted();
  return { ...judgement, elapsed: performance.now() - begin };
}

async function askProcess(order: Order, signal: AbortSignal): Promise<Judgement> {
  signal.throwIfAborted();
  const child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), [], {
    cwd: order.directory,
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: childEnvironment(),
  });
  let reply: Reply | undefined;
  child.on('message', (message: Reply) => {
    reply ??= message;
  });
  let overdue = false;
  const kill = () => child.kill('SIGKILL');
  const timer = setTimeout(() => {
    overdue = true;
    kill();
  }, DEADLINE);
  signal.addEventListener('abort', kill);
  const takeBack = atExit(kill);
  try {
    const ended = childEnd(child);
    child.send(order, () => {});
    const { code, signal: by } = await ended;
    if (reply) return reply;
    if (overdue) return { verdict: 'unclear', evidence: `no verdict within ${DEADLINE / 1000} s` };
    return { verdict: 'unclear', evidence: `its process ended early: ${by ?? `exit code ${code}`}` };
  } catch (error) {
    throw new HarnessError(`Cannot start a detector's process: ${String(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
    takeBack();
  }
}
