import { Command, type Option } from 'commander';
import { LeakgateError } from '../harness/errors.ts';
import { addBaseline } from './commands/baseline.ts';
import { addBench } from './commands/bench.ts';
import { addBisect } from './commands/bisect.ts';
import { addCertify } from './commands/certify.ts';
import { addCompare } from './commands/compare.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addHelp } from './commands/help.ts';
import { addInit } from './commands/init.ts';
import { addList } from './commands/list.ts';
import { addMerge } from './commands/merge.ts';
import { addRender } from './commands/render.ts';
import { addRun } from './commands/run.ts';
import { addServe } from './commands/serve.ts';
import { version } from './environment.ts';
import type { Surroundings } from './surroundings.ts';

/** In the order of `--help`. */
const COMMANDS = [
  addRun,
  addBaseline,
  addExplain,
  addCompare,
  addBisect,
  addBench,
  addCertify,
  addMerge,
  addRender,
  addList,
  addServe,
  addInit,
  addDoctor,
  addHelp,
];

/** Parses the command line, runs the command, returns the exit code. Never throws for a user's mistake. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  const program = createProgram(args, surroundings, code => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return failure(error, surroundings);
  }
}

function failure(error: unknown, { stderr, env }: Surroundings): number {
  // commander has printed its own message; help and version count as success.
  if (isCommanderError(error)) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof LeakgateError || isExpected(error)) {
    stderr.write(`leakgate: ${error.message}\n`);
    if (env.LEAKGATE_DEBUG) stderr.write(`${error.stack ?? ''}\n`);
  } else {
    stderr.write(`leakgate: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
  return 2;
}

function isCommanderError(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** Errors of the system (a busy port, a missing file), and pictures that cannot be drawn: the message says it all. */
function isExpected(error: unknown): error is Error {
  return error instanceof Error && ('syscall' in error || error.name === 'UndrawablePng');
}

/** Choices are named; defaults that say nothing are left out: an empty list, `false`. */
function describeOption(option: Option): string {
  const says = typeof option.defaultValue === 'string' || typeof option.defaultValue === 'number';
  const shown = option.defaultValueDescription ?? String(option.defaultValue);
  const choices = option.argChoices ? `: ${option.argChoices.join(', ')}` : '';
  return `${option.description}${choices}${says ? ` (default: ${shown})` : ''}`;
}

function createProgram(
  args: readonly string[],
  surroundings: Surroundings,
  done: (exitCode: number) => void,
): Command {
  const program = new Command('leakgate')
    .description('Does doing this again and again leave anything behind?')
    .version(version())
    // Else `bench` would take the options of `bench detectors` for its own.
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: text => surroundings.stdout.write(text),
      writeErr: text => surroundings.stderr.write(text),
      // As every other message begins.
      outputError: (text, write) => write(text.replace(/^error: /, 'leakgate: ')),
    });

  for (const add of COMMANDS) add({ program, args, surroundings, done });
  return program;
}
