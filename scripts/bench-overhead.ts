/**
 * What measuring adds to a scenario of 1 ms per iteration at default settings: the bare loop in a process of its own beside the
 * same loop in a trial, in turn.
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { endOf } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { readReport } from '../reports/json.ts';
import { describeOverhead, type OverheadRun, overheadOf, trialTimes } from './numbers/overhead.ts';
import { leakgate, node } from './numbers/run-command.ts';
import { savedSamples } from './numbers/saved-samples.ts';
import { count } from './option-values.ts';

interface Options {
  readonly repetitions: number;
  readonly microseconds: number;
  readonly iterations: number;
  readonly json: boolean;
}

const options = new Command('bench:overhead')
  .description('what measuring adds to a scenario')
  .option('--repetitions <n>', 'comparisons', count, 5)
  .option('--microseconds <n>', 'length of an iteration', count, 1000)
  .option('--iterations <n>', 'measured iterations', count, DEFAULT_OPTIONS.iterations)
  .option('--json', 'print only JSON', false)
  .parse()
  .opts<Options>();

const runs: OverheadRun[] = [];
let iterations = 0;
for (let repetition = 0; repetition < options.repetitions; repetition++) {
  const { times, command, done } = await measured();
  iterations = done;
  const bare = await node([
    ...DEFAULT_OPTIONS.nodeFlags,
    path('bare-loop.js'),
    String(done),
    String(options.microseconds),
  ]);
  runs.push({ bare: bare.wall, command, trial: times });
}
const summary = overheadOf(runs, iterations);
console.log(options.json ? JSON.stringify({ summary, runs }, undefined, 2) : describeOverhead(summary));

/** One run of the real command, and how many iterations it measured. */
async function measured() {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-overhead-'));
  try {
    const size = [
      '--iterations',
      String(options.iterations),
      '--set',
      `microseconds=${options.microseconds}`,
    ];
    const { wall, exitCode, stderr } = await leakgate(['run', path('busy.js'), ...size, '--out', folder]);
    if (exitCode !== 0)
      throw new Error(`Cannot compare as the run must be steady: it ended with ${exitCode}\n${stderr}`);
    const [trial] = readReport(readFileSync(join(folder, 'report.json'), 'utf8')).trials;
    const stage = trial?.result.stages.at(-1);
    if (!trial || !stage) throw new Error('Cannot compare as the report must hold a trial: it holds none');
    const samples = savedSamples(folder, trial.result.trial.id);
    return { command: wall, times: trialTimes(trial.result, samples), done: endOf(stage) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function path(file: string): string {
  return fileURLToPath(new URL(`numbers/${file}`, import.meta.url));
}
