import type { Fault, Milliseconds } from '../model.ts';
import type { WorkerExit } from './run-worker.ts';

const OUT_OF_MEMORY = /heap out of memory|Reached heap limit|ERR_WORKER_OUT_OF_MEMORY/;
/** Of the output, what a fault repeats. */
const LINES = 30;

/** Why a worker ended that never said so itself. `during` is the last phase it reported. */
export function exitFault(exit: WorkerExit, deadline: Milliseconds, during: string): Fault {
  const detail = exit.stderr.lines(LINES) || exit.stdout.lines(LINES);
  if (exit.overdue) {
    return { kind: 'hung', message: `No result within ${deadline / 1000} s: ended by force`, detail, during };
  }
  if (OUT_OF_MEMORY.test(exit.stderr.text())) {
    return { kind: 'out-of-memory', message: 'V8 ran out of heap', detail, during };
  }
  return {
    kind: 'crashed',
    message: `The process ended before its work was done: ${endOf(exit)}`,
    detail,
    during,
  };
}

function endOf({ code, signal }: WorkerExit): string {
  if (signal === 'SIGKILL') return "killed by SIGKILL, perhaps by the system's out-of-memory killer";
  return signal ? `killed by ${signal}` : `exit code ${code}`;
}
