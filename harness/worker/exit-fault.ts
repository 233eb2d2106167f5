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

/** How a worker's process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was ended because it had said nothing for as long as its deadline. */
  readonly overdue: boolean;
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
  return {
    kind: 'crashed',
    message: `The process ended before its work was done: ${endOf(exit)}`,
    detail,
    during,
  };
}

/** A fault that the worker told of, with what the scenario had printed: a server says there why it does not answer. */
export function withOutput(fault: Fault, { stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): Fault {
  if (fault.kind !== 'scenario-error') return fault;
  const printed = [stdout, stderr]
    .map(stream => stream.lines(PRINTED, WARNING))
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

function endOf({ code, signal }: Ended): string {
  if (signal === 'SIGKILL') return "killed by SIGKILL, perhaps by the system's out-of-memory killer";
  return signal ? `killed by ${signal}` : `exit code ${code}`;
}
