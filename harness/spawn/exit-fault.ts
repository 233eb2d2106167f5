import type { Fault, Milliseconds } from '../model.ts';
import type { Tail } from './tail.ts';

/** What V8 prints before it aborts for want of heap; a subject may print it too, and end otherwise. */
const OUT_OF_MEMORY = /heap out of memory|Reached heap limit/;
/** Exit code of an abort where there are no signals, or where a shell stands between (128 + SIGABRT). */
const ABORTED = 134;
/** Of the output, what a fault repeats. */
const LINES = 30;
/** The same of each stream beside what was thrown. */
const PRINTED = 10;

/** A `process.exit()` of the program, as the worker told of it. */
export interface ExitCall {
  /** Lines of the program that called it. */
  readonly stack: string;
  readonly during: string;
}

/** How a worker's process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was ended because it had said nothing for as long as its deadline. */
  readonly overdue: boolean;
  readonly exitCall?: ExitCall | undefined;
  readonly stdout: Tail;
  readonly stderr: Tail;
}

/** Why a worker ended that never said so itself. `during` is the last phase it reported. */
export function exitFault(exit: Ended, deadline: Milliseconds, during: string): Fault {
  const detail = exit.stderr.lines(LINES) || exit.stdout.lines(LINES);
  if (exit.overdue) {
    const message = `No sign of life for ${deadline / 1000} s: ended by force during ${during}`;
    return { kind: 'hung', message, detail, during };
  }
  if (aborted(exit) && OUT_OF_MEMORY.test(exit.stderr.text())) {
    return { kind: 'out-of-memory', message: 'V8 ran out of heap', detail, during };
  }
  const message = `The process ended before its work was done: ${endOf(exit)}`;
  const { exitCall } = exit;
  if (!exitCall || exit.signal) return { kind: 'crashed', message, detail, during };
  const called = { kind: 'crashed', message, detail: exitCall.stack, during: exitCall.during } as const;
  // It is there that programs say why they exit.
  return withPrinted(called, exit, LINES);
}

type Output = Pick<Ended, 'stdout' | 'stderr'>;

/** A fault that the worker told of, with what the scenario had printed: a server says there why it does not answer. */
export function withOutput(fault: Fault, output: Output): Fault {
  return fault.kind === 'scenario-error' ? withPrinted(fault, output) : fault;
}

function withPrinted(fault: Fault, { stdout, stderr }: Output, most = PRINTED): Fault {
  const printed = [stdout, stderr]
    .map(stream => stream.lines(most, WARNING))
    .filter(text => text !== '')
    .join('\n');
  return printed === '' ? fault : { ...fault, printed };
}

/** What Node prints of itself, with its stack. */
const WARNING =
  /^\((?:node:\d+\) (?:\[\w+\] )?(?:Experimental|Deprecation)Warning: |Use `node --trace-).*(?:\n {4}at .*)*\n?/gm;

function aborted({ code, signal }: Ended): boolean {
  return signal === 'SIGABRT' || code === ABORTED;
}

function endOf({ code, signal, exitCall }: Ended): string {
  if (signal === 'SIGKILL') return "killed by SIGKILL, perhaps by the system's out-of-memory killer";
  if (signal) return `killed by ${signal}`;
  return exitCall ? `process.exit() was called, exit code ${code}` : `exit code ${code}`;
}
