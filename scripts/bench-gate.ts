/**
 * The gate on auto-reload (2,000 reloads of 10 zones with 100 records, both builds), again and again: is it right every
 * time, and how long does it take? Exit code 1 if any run is not right. Keeps the folder of every such run.
 * @module
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { readReport } from '../reports/saved-report.ts';
import {
  type AloneRun,
  describeGateRun,
  describeSummary,
  failedRun,
  type GateRun,
  gateRun,
  summarize,
} from './numbers/gate-runs.ts';
import { leakgate, whenTold } from './numbers/run-command.ts';
import { amount, count } from './option-values.ts';
import { packageRoot } from './package-root.ts';

interface Options {
  readonly repetitions: number;
  readonly alone: number;
  readonly json: boolean;
}

const ZONES = 10;
const GATE = [
  'run',
  'auto-reload',
  '--iterations',
  '2000',
  '--set',
  `zones=${ZONES}`,
  '--set',
  'records=100',
];

/** As the progress says it. */
const TOLD = /auto-reload\/leaky\/1: LEAK/;

const options = new Command('bench:gate')
  .description('run the gate on auto-reload again and again')
  .option('--repetitions <n>', 'runs', count, 50)
  .option('--alone <n>', 'runs of the leaky build alone, between the first of them', amount, 10)
  .option('--json', 'print only JSON', false)
  .parse()
  .opts<Options>();

const out = fileURLToPath(new URL('out/', packageRoot()));
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(`${out}gate-`);
const say = (text: string) => (options.json ? undefined : console.log(text));
const runs: GateRun[] = [];
const alone: AloneRun[] = [];
const kept: string[] = [];

for (let repetition = 1; repetition <= options.repetitions; repetition++) {
  const path = `${folder}/${repetition}`;
  const run = await oneRun(path);
  runs.push(run);
  say(`${String(repetition).padStart(3)}  ${describeGateRun(run)}`);
  if (run.isRight) rmSync(path, { recursive: true });
  else kept.push(path);
  if (repetition <= options.alone) {
    const ofLeaky = `${path}-alone`;
    const ran = await leakgate([...GATE, '--build', 'leaky', '--out', ofLeaky]);
    alone.push({ wall: ran.wall, told: whenTold(ran, TOLD) });
    rmSync(ofLeaky, { recursive: true, force: true });
  }
}
if (kept.length === 0) rmSync(folder, { recursive: true });

const summary = summarize(runs, alone);
say(describeSummary(summary));
if (options.json) console.log(JSON.stringify({ summary, runs, alone, kept }, undefined, 2));
for (const path of kept) console.error(`Samples of a run that is not right are in ${path}`);
process.exitCode = kept.length > 0 ? 1 : 0;

async function oneRun(path: string): Promise<GateRun> {
  const { wall, stderr } = await leakgate([...GATE, '--out', path]);
  if (existsSync(`${path}/report.json`)) {
    return gateRun(readReport(readFileSync(`${path}/report.json`, 'utf8')), wall, ZONES);
  }
  console.error(stderr);
  return failedRun(wall);
}
