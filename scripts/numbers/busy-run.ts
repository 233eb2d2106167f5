import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Bytes,
  endOf,
  type Iterations,
  type JudgedTrial,
  type Milliseconds,
  type Sample,
} from '../../harness/model.ts';
import { withFolder } from '../../harness/spawn/folder.ts';
import { readReport } from '../../reports/saved-report.ts';
import { type CommandRun, leakgate, whenTold } from './run-command.ts';
import { savedSamples } from './saved-samples.ts';

export interface BusyRun extends Pick<CommandRun, 'wall' | 'memory'> {
  readonly result: JudgedTrial['result'];
  readonly samples: readonly Sample[];
  /** As many as were measured. */
  readonly iterations: Iterations;
  /** When the last trial had ended, from the start of the command. */
  readonly finished: Milliseconds;
  /** Size of report.json. */
  readonly report: Bytes;
}

/**
 * Runs the real command on a scenario whose iterations take so many microseconds.
 * @throws {Error} if it is not steady.
 */
export function busyRun(length: Iterations, microseconds: number): Promise<BusyRun> {
  return withFolder(async folder => {
    const busy = fileURLToPath(new URL('busy.js', import.meta.url));
    const size = ['--iterations', String(length), '--set', `microseconds=${microseconds}`];
    const run = await leakgate(['run', busy, ...size, '--out', folder]);
    const { wall, memory, exitCode, stderr } = run;
    const finished = whenTold(run, /^finished in/m);
    if (exitCode !== 0)
      throw new Error(`Cannot compare as the run must be steady: it ended with ${exitCode}\n${stderr}`);
    if (Number.isNaN(finished))
      throw new Error(`Cannot compare as the run must say when its trials had finished:\n${stderr}`);
    const path = join(folder, 'report.json');
    const [trial] = readReport(readFileSync(path, 'utf8')).trials;
    const stage = trial?.result.stages.at(-1);
    if (!trial || !stage) throw new Error('Cannot compare as the report must hold a trial: it holds none');
    const { result } = trial;
    const samples = savedSamples(folder, result.trial.id);
    const iterations = endOf(stage);
    return { wall, memory, finished, result, samples, iterations, report: statSync(path).size };
  });
}
