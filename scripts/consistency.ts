/**
 * Shows that verdicts depend neither on how a run is split nor on how many trials run at once: round after round, each with
 * a seed of its own, the same scenarios are run whole, in shards that are merged, and with other numbers of jobs.
 * Usage: consistency [--rounds n] [--shards n] [--jobs n,n...] [--first-seed n] [scenario...]
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Report } from '../harness/model.ts';
import { withFolder } from '../harness/worker/folder.ts';
import { readReport } from '../reports/index.ts';

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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '10' },
    shards: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '2,4' },
    'first-seed': { type: 'string', default: '1' },
  },
});
const scenarios = positionals.length > 0 ? positionals : SCENARIOS;
const rounds = Number(values.rounds);
const first = Number(values['first-seed']);
const ways = [`${values.shards} shards`, ...values.jobs.split(',').map(jobs => `--jobs ${jobs}`)];
const equal = new Map(ways.map(way => [way, 0]));

for (let seed = first; seed < first + rounds; seed++) await withFolder(folder => round(folder, seed));
for (const [way, count] of equal) {
  process.stdout.write(
    `${way}: ${count} of ${rounds} rounds with the verdicts of the whole run, one trial at a time\n`,
  );
}
process.exitCode = [...equal.values()].every(count => count === rounds) ? 0 : 1;

async function round(folder: string, seed: number): Promise<void> {
  const args = ['run', ...scenarios, ...SIZE, '--seed', String(seed)];
  const whole = await run(folder, 'whole', [...args, '--jobs', '1']);
  process.stdout.write(`seed ${seed}: ${[...verdicts(whole).values()].join(', ')}\n`);
  compare(`${values.shards} shards`, whole, await sharded(folder, args));
  for (const jobs of values.jobs.split(',')) {
    compare(`--jobs ${jobs}`, whole, await run(folder, `jobs-${jobs}`, [...args, '--jobs', jobs]));
  }
}

async function sharded(folder: string, args: readonly string[]): Promise<Report> {
  const count = Number(values.shards);
  for (let index = 1; index <= count; index++) {
    await run(folder, `parts/${index}`, [...args, '--shard', `${index}/${count}`]);
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
        .filter(({ metric }) => metric.name === 'timers' || metric.name.startsWith('instances.'))
        .map(({ metric, estimate }) => `${metric.name} +${Number(estimate.slope.toFixed(3))}`);
      return [result.trial.id, [verdict.outcome, ...counted].join(' ')];
    }),
  );
}
