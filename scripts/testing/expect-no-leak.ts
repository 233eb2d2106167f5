import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { childEnvironment } from '../../harness/child-environment.ts';
import { compiledFile } from '../../harness/compiled.ts';
import type { GivenOptions, Parameters, Report } from '../../harness/model.ts';
import { childEnd } from '../child-end.ts';
import { callingFile } from './calling-file.ts';
import { withoutOwnLines } from './function-place.ts';
import type { Answer, Question } from './gate-process.ts';
import { LeakError } from './leak-error.ts';
import { type Subject, type SubjectOptions, scenarioOf } from './subject.ts';

/** Options of the trials go over those of the scenario; configuration files are not read. */
export interface ExpectOptions extends SubjectOptions, GivenOptions {
  /** Only these builds. */
  readonly builds?: readonly string[];
  /** Sizes and settings of the scenario, as with `--set`. */
  readonly parameters?: Parameters;
  /** Folder for the report and the samples; default: they are not kept. */
  readonly out?: string;
  /** Ends the run at once. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a scenario, or a function again and again, and resolves with the report if every build does what the
 * scenario expects, which of a function is to be steady. The test's own process measures nothing and loads
 * nothing: leakgate runs in a process beside it, and the subject in one of its own.
 *
 * A function is sent as text. It must use nothing from around it: no variables, no imports of the test file;
 * it may `import()` what it needs, relative to `from`, by default the file of the call.
 * @throws {LeakError} if a build leaks, is inconclusive, or its trial ends in a fault.
 * @throws {Error} if the scenario cannot be run; the message says why.
 * @throws the signal's reason if it is aborted.
 */
export async function expectNoLeak(subject: Subject, options: ExpectOptions = {}): Promise<Report> {
  const {
    name,
    from = callingFile(expectNoLeak),
    builds = [],
    parameters = {},
    out,
    signal,
    ...overrides
  } = options;
  signal?.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-expect-'));
  try {
    const named = { ...(name !== undefined && { name }), ...(from !== undefined && { from }) };
    const results = out === undefined ? join(folder, 'results') : resolve(out);
    const scenario = scenarioOf(subject, named, folder);
    const answer = await ask({ scenario, builds, parameters, overrides, out: results }, signal);
    if (answer.outcome === 'failed') throw new Error(answer.message);
    const report = JSON.parse(readFileSync(join(results, 'report.json'), 'utf8')) as Report;
    if (answer.outcome === 'as-expected') return report;
    const hint = typeof subject === 'function' ? closureHint(report) : '';
    throw new LeakError(`${withoutOwnLines(answer.text)}${hint}`, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of the leakgate process, which ends its children when this one goes away. */
async function ask(question: Question, signal: AbortSignal | undefined): Promise<Answer> {
  const gate = compiledFile('scripts/testing/gate-process.js');
  const child = fork(gate, [], {
    env: childEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let answer: Answer | undefined;
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', text => {
    errors = (errors + text).slice(-4000);
  });
  child.on('message', message => {
    answer = message as Answer;
  });
  const abort = () => child.connected && child.disconnect();
  signal?.addEventListener('abort', abort);
  const ended = childEnd(child);
  child.send(question, () => {});
  await ended;
  signal?.removeEventListener('abort', abort);
  signal?.throwIfAborted();
  return answer ?? { outcome: 'failed', message: `leakgate ended before its time: ${errors.trim()}` };
}

/** A name that is not there is most often one that the function has left behind in the test file. */
function closureHint({ trials }: Report): string {
  for (const { result } of trials) {
    if (result.outcome !== 'faulted') continue;
    const [, missing] = /(\S+) is not defined/.exec(result.fault.message) ?? [];
    if (missing !== undefined) {
      return `\n"${missing}" is not there, as the function runs in a process of its own and takes along neither variables nor imports of its test file: import() what it needs inside, or give { module, export } instead of a function.\n`;
    }
  }
  return '';
}
