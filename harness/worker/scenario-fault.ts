import { inspect } from 'node:util';
import { LeakgateError } from '../errors.ts';
import type { Fault } from '../model.ts';
import { OmittedLabelUnused } from '../targets/index.ts';

/** Frames that say nothing about the scenario: Node's own and the harness', the engine's excepted. */
const FOREIGN_FRAME = /^\s+at .*node:internal\//;
/** As a stack has it: paths of modules are URLs there. */
const OWN = new URL('../', import.meta.url).href;
const OWN_FRAME = /^(worker|probes)\/|^targets\/\w+\.[jt]s/;

/** What the scenario threw, told so that its author finds the line. */
export function scenarioFault(error: unknown, during: string): Fault {
  const kind = error instanceof OmittedLabelUnused ? 'omitted-label-unused' : 'scenario-error';
  return { kind, message: messageOf(error), detail: detailOf(error), during };
}

function messageOf(error: unknown): string {
  if (error instanceof LeakgateError || error instanceof OmittedLabelUnused) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : `Thrown: ${inspect(error)}`;
}

/** The stack with its causes, without foreign frames and the message; nothing where that says it all. */
function detailOf(error: unknown): string {
  if (error instanceof LeakgateError || isMissingModule(error)) return '';
  const lines = inspect(error, { colors: false }).split('\n');
  const message = messageOf(error);
  const isSaid = (line: string) => line === message || FOREIGN_FRAME.test(line) || isOwnFrame(line);
  return lines.filter(line => !isSaid(line)).join('\n');
}

function isOwnFrame(line: string): boolean {
  const from = /^\s+at /.test(line) ? line.indexOf(OWN) : -1;
  return from >= 0 && OWN_FRAME.test(line.slice(from + OWN.length));
}

/** The message names what is missing and who asked for it; the stack is Node's own. */
function isMissingModule(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
