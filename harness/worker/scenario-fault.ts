import { inspect } from 'node:util';
import { LeakgateError } from '../errors.ts';
import type { Fault } from '../model.ts';
import { OmittedLabelUnused } from '../targets/index.ts';

/*
 * Frames that say nothing about the scenario are Node's own and those of the harness, except for the engine's.
 */

/** A frame within Node itself. */
const FOREIGN_FRAME = /^\s+at .*node:internal\//;
/** Folder of the harness as stacks name it: paths of modules are URLs there. */
const OWN = new URL('../', import.meta.url).href;
/** Path of a frame of the harness within that folder. */
const OWN_FRAME = /^(worker|probes)\/|^targets\/\w+\.[jt]s/;

/** How an error came that nobody waited for. */
const ORIGINS: { readonly [origin in NodeJS.UncaughtExceptionOrigin]: string } = {
  uncaughtException: 'Uncaught exception: ',
  unhandledRejection: 'Unhandled rejection: ',
};

/**
 * What the scenario threw, told so that its author finds the line.
 * @param origin where it was not thrown by the function that was awaited
 */
export function scenarioFault(
  error: unknown,
  during: string,
  origin?: NodeJS.UncaughtExceptionOrigin,
): Fault {
  try {
    const kind = error instanceof OmittedLabelUnused ? 'omitted-label-unused' : 'scenario-error';
    return { kind, message: cut(messageOf(error, origin)), detail: cut(detailOf(error)), during };
  } catch {
    // Whatever its own code does when it is looked at.
    return { kind: 'scenario-error', message: 'Thrown: a value that cannot be shown', detail: '', during };
  }
}

/** Characters of a message and of a stack that are told: a program may put whole documents into them. */
const MOST = 4000;

function cut(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST)}… (${text.length - MOST} more characters)`;
}

function messageOf(error: unknown, origin: NodeJS.UncaughtExceptionOrigin | undefined): string {
  if (error instanceof LeakgateError || error instanceof OmittedLabelUnused) return error.message;
  const how = origin && ORIGINS[origin];
  return error instanceof Error
    ? `${how ?? ''}${nameOf(error)}: ${error.message}`
    : `${how ?? 'Thrown: '}${inspect(error)}`;
}

/** Of a class that gives its instances no name of their own, its own: as in a stack. */
function nameOf(error: Error): string {
  return (error.name === 'Error' ? error.constructor?.name : error.name) || error.name;
}

/** Nothing where the message says it all. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof LeakgateError || isMissingModule(error)) return '';
  return programStack(error);
}

/** Its stack with its causes, without foreign frames and the message. */
export function programStack(error: Error): string {
  const lines = inspect(error, { colors: false }).split('\n');
  const stack = lines.findIndex(line => /^\s+at /.test(line));
  const head = lines.slice(0, stack < 0 ? lines.length : stack);
  // At its end: it begins with the place of a syntax error.
  const message = String(error.message);
  const said = message.split('\n').length;
  if (head.join('\n').endsWith(message)) lines.splice(head.length - said, said);
  return lines.filter(line => !FOREIGN_FRAME.test(line) && !isOwnFrame(line)).join('\n');
}

function isOwnFrame(line: string): boolean {
  const from = /^\s+at /.test(line) ? line.indexOf(OWN) : -1;
  return from >= 0 && OWN_FRAME.test(line.slice(from + OWN.length));
}

/** The message names what is missing and who asked for it; the stack is Node's own. */
function isMissingModule(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
