/**
 * What measuring adds to a scenario of 1 ms per iteration at default settings: the bare loop in a process of
 * its own beside the same loop in a trial, in turn.
 * @module
 */
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { busyRun } from './numbers/busy-run.ts';
import { describeOverhead, type OverheadRun, overheadOf, trialTimes } from './numbers/overhead.ts';
import { node } from './numbers/run-command.ts';
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
  const { result, samples, wall, ...run } = await busyRun(options.iterations, options.microseconds);
  iterations = run.iterations;
  const bare = await node([
    ...DEFAULT_OPTIONS.nodeFlags,
    fileURLToPath(new URL('numbers/bare-loop.js', import.meta.url)),
    String(iterations),
    String(options.microseconds),
  ]);
  runs.push({ bare: bare.wall, command: wall, trial: trialTimes(result, samples) });
}
const summary = overheadOf(runs, iterations);
console.log(options.json ? JSON.stringify({ summary, runs }, undefined, 2) : describeOverhead(summary));
