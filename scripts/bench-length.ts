/**
 * What a run costs by its length: 10,000, 100,000 and 1,000,000 iterations of 50 microseconds. Time must grow
 * in proportion, the memory of the parent and the report not at all.
 * @module
 */
import { Command } from 'commander';
import type { Iterations } from '../harness/model.ts';
import { busyRun } from './numbers/busy-run.ts';
import {
  describeGrowth,
  describeLengths,
  type LengthRun,
  linearity,
  memoryOf,
  parentGrowth,
} from './numbers/lengths.ts';
import { LOOK_EVERY } from './numbers/run-command.ts';
import { ages, count } from './option-values.ts';

interface Options {
  readonly lengths: readonly Iterations[];
  readonly microseconds: number;
  readonly json: boolean;
}

const options = new Command('bench:length')
  .description('what a run costs by its length')
  .option('--lengths <n,n...>', 'iterations', ages, [10_000, 100_000, 1_000_000])
  .option('--microseconds <n>', 'length of an iteration', count, 50)
  .option('--json', 'print only JSON', false)
  .parse()
  .opts<Options>();

const runs: LengthRun[] = [];
for (const length of options.lengths) runs.push(await measured(length));
const [ratio, growth] = [linearity(runs), parentGrowth(runs)];
if (options.json) console.log(JSON.stringify({ runs, linearity: ratio, parentGrowth: growth }, undefined, 2));
else {
  console.log(describeLengths(runs));
  console.log(
    `an iteration more costs ${ratio.toFixed(2)} times as much in the longest run as in the shortest`,
  );
  if (growth) console.log(describeGrowth(growth));
}

async function measured(length: Iterations): Promise<LengthRun> {
  const { memory, samples, iterations, wall, report, finished } = await busyRun(length, options.microseconds);
  const parent = memoryOf(memory, LOOK_EVERY, finished);
  return { iterations, wall, samples: samples.length, report, ...(parent && { memory: parent }) };
}
