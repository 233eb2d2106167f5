/**
 * Shows that verdicts depend neither on how a run is split, nor on how many trials run at once, nor on
 * whether leaks are explained: round after round, each with a seed of its own, the same scenarios are run
 * whole, and in each of these ways.
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { isWatched, type Report } from '../harness/model.ts';
import { withFolder } from '../harness/spawn/folder.ts';
import { readReport } from '../reports/saved-report.ts';
import { count, names } from './option-values.ts';

const LEAKGATE = fileURLToPath(new URL('leakgate.js', import.meta.url));
/** Small and quick: some seconds per run. */
const SCENARIOS = ['auto-reload', 'failed-reload'];
const SIZE = [
  '--iterations',
  '150',
  '--budget',
  '5s',
  '--set',
  'zones=3',
  '--set',
  'records=5',
  '--no-github',
];

type Way = (folder: string, args: readonly string[]) => Promise<Report>;

interface Options {
  readonly rounds: number;
  readonly shards: number;
  readonly jobs: readonly string[];
  readonly ways: readonly string[];
  readonly firstSeed: number;
}

const command = new Command('consistency')
  .description('show that verdicts depend on nothing but what was measured')
  .argument('[scenario...]', 'names or paths', SCENARIOS)
  .option('--rounds <n>', 'rounds, each with a seed of its own', count, 10)
  .option('--ways <names>', 'what is compared with a whole run', names, ['shards', 'jobs', 'evidence'])
  .option('--shards <n>', 'parts that are merged', count, 3)
  .option('--jobs <n,n>', 'trials at once', names, ['2', '4'])
  .option('--first-seed <n>', 'seed of the first round', count, 1)
  .parse();
const { rounds, shards, jobs, ways, firstSeed } = command.opts<Options>();
const scenarios = command.processedArgs[0] as readonly string[];
const compared = waysOf(ways);
const equal = new Map([...compared.keys()].map(way => [way, 0]));

for (let seed = firstSeed; seed < firstSeed + rounds; seed++) await withFolder(folder => round(folder, seed));
for (const [way, count] of equal) {
  process.stdout.write(
    `${way}: ${count} of ${rounds} rounds with the verdicts of the whole run, one trial at a time\n`,
  );
}
process.exitCode = [...equal.values()].every(count => count === rounds) ? 0 : 1;

function waysOf(wanted: readonly string[]): Map<string, Way> {
  const found = new Map<string, Way>();
  if (wanted.includes('shards')) found.set(`${shards} shards`, sharded);
  for (const number of wanted.includes('jobs') ? jobs : [])
    found.set(`--jobs ${number}`, (folder, args) =>
      run(folder, `jobs-${number}`, [...args, '--no-evidence', '--jobs', number]),
    );
  if (wanted.includes('evidence'))
    found.set('with evidence', (folder, args) => run(folder, 'evidence', [...args, '--jobs', '2']));
  return found;
}

async function round(folder: string, seed: number): Promise<void> {
  const args = ['run', ...scenarios, ...SIZE, '--seed', String(seed)];
  const whole = await run(folder, 'whole', [...args, '--no-evidence', '--jobs', '1']);
  process.stdout.write(`seed ${seed}: ${[...verdicts(whole).values()].join(', ')}\n`);
  for (const [name, way] of compared) compare(name, whole, await way(folder, args));
}

async function sharded(folder: string, args: readonly string[]): Promise<Report> {
  for (let index = 1; index <= shards; index++) {
    await run(folder, `parts/${index}`, [...args, '--no-evidence', '--shard', `${index}/${shards}`]);
  }
  return run(folder, 'merged', ['merge', 'parts', '--no-github']);
}

async function run(folder: string, out: string, args: readonly string[]): Promise<Report> {
  const child = spawn(process.execPath, [LEAKGATE, ...args, '--out', out], { cwd: folder, stdio: 'ignore' });
  await once(child, 'exit');
  return readReport(readFileSync(join(folder, out, 'report.json'), 'utf8'));
}

function compare(way: string, whole: Report, other: Report): void {
  const [expected, found] = [verdicts(whole), verdicts(other)];
  const different = [...expected].filter(([id, verdict]) => found.get(id) !== verdict);
  for (const [id, verdict] of different) {
    process.stdout.write(`  ${way}: ${id} is ${found.get(id) ?? 'missing'}, not ${verdict}\n`);
  }
  const same = different.length === 0 && found.size === expected.size && whole.exitCode === other.exitCode;
  if (same) equal.set(way, (equal.get(way) ?? 0) + 1);
  else process.stdout.write(`  ${way}: exit code ${other.exitCode}, whole ${whole.exitCode}\n`);
}

/** By trial, in order: the outcome, and for a leak what grew by an exact count per iteration. */
function verdicts({ trials }: Report): Map<string, string> {
  return new Map(
    trials.map(({ result, verdict }) => {
      const counted = (verdict.outcome === 'leak' ? verdict.findings : [])
        .filter(({ metric }) => metric.name === 'timers' || isWatched(metric))
        .map(({ metric, estimate }) => `${metric.name} +${Number(estimate.slope.toFixed(3))}`);
      return [result.trial.id, [verdict.outcome, ...counted].join(' ')];
    }),
  );
}
