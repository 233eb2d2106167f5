import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { LONGEST_DELAY } from '../check-options.ts';
import { childEnvironment } from '../child-environment.ts';
import { compiledFile } from '../compiled.ts';
import { HarnessError } from '../errors.ts';
import type { Fault, Milliseconds } from '../model.ts';
import { ALIVE_AFTER, type Message, type Order, type Task } from '../worker/protocol.ts';
import { atExit } from './at-exit.ts';
import { type Ended, type ExitCall, exitFault, withOutput } from './exit-fault.ts';
import { Tail } from './tail.ts';

/** How much of each output stream is kept, in bytes. */
const OUTPUT_KEPT = 64 * 1024;
/** How long the output may stay open after the worker has gone. */
const OUTPUT_PATIENCE: Milliseconds = 1000;
/** How long after the end of a worker its abort may come: Ctrl-C reaches both processes, the worker's end perhaps first. */
const ABORT_PATIENCE: Milliseconds = 250;
/** Steps that end a worker, from polite to final; a subject in an endless loop hears only the second, or the third. */
const ENDING: readonly (readonly [Milliseconds, (child: ChildProcess) => void])[] = [
  [0, child => child.connected && child.send({ type: 'abort' } satisfies Order, () => {})],
  [300, child => child.kill('SIGTERM')],
  [2300, child => child.kill('SIGKILL')],
];

export interface WorkerRequest {
  readonly order: Task;
  readonly nodeFlags: readonly string[];
  /** What one of its steps may take: it is ended when it has been silent for 1.25 times that, as it may have left a quarter unsaid. */
  readonly deadline: Milliseconds;
  /** `reply` sends an order back. */
  readonly onMessage: (message: Message, reply: (order: Order) => void) => void;
  /** Ends the worker at once. */
  readonly signal?: AbortSignal;
}

/** What became of a worker. */
export interface WorkerExit {
  readonly last: Message | undefined;
  /** The first that it told of, or why it ended before its work was done. */
  readonly fault: Fault | undefined;
  /** From fork to exit. */
  readonly wall: Milliseconds;
  /** From fork to the first message. */
  readonly startup: Milliseconds;
}

/**
 * Forks one measured process, gives it its order, and resolves when it has ended and all its messages and output have
 * arrived. It is ended when nothing was said for as long as its deadline, and with this process.
 * @throws {HarnessError} if no process can be started.
 * @throws the signal's reason if it is aborted; the worker has ended by then.
 */
export async function runWorker({
  order,
  nodeFlags,
  deadline,
  onMessage,
  signal,
}: WorkerRequest): Promise<WorkerExit> {
  signal?.throwIfAborted();
  const begin = performance.now();
  const child = fork(compiledFile('harness/worker/main.js'), {
    execArgv: ['--expose-gc', '--expose-internals', '--disable-warning=ExperimentalWarning', ...nodeFlags],
    serialization: 'json',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: childEnvironment(),
  });
  const stdout = new Tail(child.stdout, OUTPUT_KEPT);
  const stderr = new Tail(child.stderr, OUTPUT_KEPT);
  const ending = new Ending(child);
  const said = new ExitRecorder();
  let [startup, overdue] = [0, false];
  let silence: NodeJS.Timeout | undefined;
  const beOverdue = () => {
    overdue = true;
    ending.begin();
  };
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(beOverdue, Math.min(LONGEST_DELAY, deadline * (1 + ALIVE_AFTER)));
  };
  const reply = (next: Order) => {
    // It may have ended while its answer was made.
    if (!child.connected) return;
    listen();
    child.send(next, () => {});
  };
  listen();
  child.on('message', (message: Message) => {
    listen();
    // It waits for an answer: what that takes here, where heap snapshots are read, is no silence of its own.
    if (message.type === 'sample') clearTimeout(silence);
    startup ||= performance.now() - begin;
    said.add(message);
    if (message.type === 'ready') reply(order);
    onMessage(message, reply);
  });

  const ended = await watch(child, ending, signal).finally(() => clearTimeout(silence));
  const wall = performance.now() - begin;
  const { last, isDone, phase, exitCall } = said;
  // An exit handler of the subject may have the last word on the exit code: what was to be told has been told.
  const isComplete = isDone && ended.signal === null;
  if (signal && !isComplete && !said.fault) await abortWithin(ABORT_PATIENCE, signal);
  signal?.throwIfAborted();
  const untold = isComplete
    ? undefined
    : exitFault({ ...ended, overdue, exitCall, stdout, stderr }, deadline, phase);
  const fault = said.fault ? withOutput(said.fault, { stdout, stderr }) : untold;
  return { last, fault, wall, startup };
}

async function abortWithin(patience: Milliseconds, signal: AbortSignal): Promise<void> {
  // Rejects when the signal comes, of which the caller asks the signal itself.
  await wait(patience, undefined, { signal }).catch(() => {});
}

/** Keeps of a worker's messages what its end is judged by: how far it had come, and what it said had gone wrong. */
class ExitRecorder {
  last: Message | undefined;
  phase = 'load';
  fault: Fault | undefined;
  exitCall: ExitCall | undefined;
  /** Its work is done. */
  isDone = false;

  add(message: Message): void {
    if (message.type === 'exit-call') {
      this.exitCall ??= message;
      return;
    }
    // It did not come to that: something kept the process from ending.
    this.exitCall = undefined;
    this.last = message;
    if (message.type === 'phase') this.phase = message.phase;
    if (message.type === 'fault') this.fault ??= message.fault;
    this.isDone ||= LAST.has(message.type);
  }
}

const LAST: ReadonlySet<Message['type']> = new Set(['description', 'refused', 'probes', 'done', 'diff']);

async function watch(
  child: ChildProcess,
  ending: Ending,
  signal: AbortSignal | undefined,
): Promise<Pick<Ended, 'code' | 'signal'>> {
  const abort = () => ending.begin();
  signal?.addEventListener('abort', abort);
  const takeBack = atExit(() => child.kill('SIGKILL'));
  try {
    const closed = once(child, 'close');
    // Where no process can be started that is told twice.
    closed.catch(() => {});
    const [code, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await outputEnd(child, closed);
    return { code, signal: by };
  } catch (error) {
    throw new HarnessError(`Cannot start a worker process: ${String(error)}`, { cause: error });
  } finally {
    ending.cancel();
    signal?.removeEventListener('abort', abort);
    takeBack();
  }
}

/** Waits for the rest of the output, but not for a grandchild that has inherited the streams and lives on. */
async function outputEnd(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  const patience = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, OUTPUT_PATIENCE);
  await closed;
  clearTimeout(patience);
}

/** The steps of `ENDING`, until the worker is gone. */
class Ending {
  readonly #child: ChildProcess;
  #timers: NodeJS.Timeout[] = [];

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  begin(): void {
    if (this.#timers.length > 0) return;
    this.#timers = ENDING.map(([delay, step]) => setTimeout(step, delay, this.#child));
  }

  cancel(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
