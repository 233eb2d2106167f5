/**
 * What the gate says of programs that nobody has chosen: each is drawn by a seed (tests/corpus/drawn) and run in a
 * build that lets go of all it is done with and in one that forgets some of it. Exit code 1 if any leaky build is called
 * steady, or any healthy one a leak; 2 if any trial faulted. Readings of wrong verdicts are kept in files.
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decide } from '../harness/course/decide.ts';
import { judgeResult } from '../harness/judge.ts';
import type { Finding, Trial, TrialResult, Verdict } from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import { run } from '../harness/run.ts';
import { describe } from '../harness/spawn/describe.ts';
import { exactShare } from '../harness/stats/binomial.ts';
import { reasonOf } from './corpus-score.ts';
import { type BenchOptions, benchCommand } from './numbers/bench-options.ts';
import { packageRoot } from './package-root.ts';

const DRAWN = new URL('tests/corpus/drawn/', packageRoot());
const KEPT = fileURLToPath(new URL('out/drawn/', packageRoot()));
const CONFIDENCE = 0.95;

/** Of the modules there. */
interface Drawing {
  readonly drawProgram: (number: number, plan: number) => object;
  readonly describeProgram: (drawn: object) => string;
}

interface Judged {
  readonly result: TrialResult;
  readonly verdict: Verdict;
}

const options = benchCommand('bench-drawn', {
  description: 'judge programs that are drawn at random, each in a healthy and a leaky build',
  runs: { text: 'programs', usual: 100 },
  iterations: { text: 'measured iterations', usual: 2000 },
  seeded: 'program',
})
  .parse()
  .opts<BenchOptions>();

process.exitCode = await main(options);

async function main({ runs, iterations, jobs, seed }: BenchOptions): Promise<number> {
  const { drawProgram, describeProgram }: Drawing = await import(new URL('draw.mjs', DRAWN).href);
  rmSync(KEPT, { recursive: true, force: true });
  const judged: Judged[] = [];
  for await (const event of run(await drawnTrials(runs, iterations, seed), { jobs, decide })) {
    if (event.type !== 'trial:end') continue;
    const one = { result: event.result, verdict: judgeResult(event.result) };
    judged.push(one);
    if (!isWrong(one)) continue;
    const { seed: number, iterations: planned } = event.result.trial.options;
    console.log(describeWrong(one, describeProgram(drawProgram(number, planned))));
  }
  const [leaky, healthy] = [judged.filter(isLeaky), judged.filter(one => !isLeaky(one))];
  console.log(outcomes('leaky', leaky, 'leak'));
  console.log(outcomes('healthy', healthy, 'steady'));
  if (judged.some(({ result }) => result.outcome === 'faulted')) return 2;
  const isFalse =
    leaky.some(({ verdict }) => verdict.outcome === 'steady') ||
    healthy.some(({ verdict }) => verdict.outcome === 'leak');
  return isFalse ? 1 : 0;
}

/** Of each program both builds, the program drawn by its seed. */
async function drawnTrials(programs: number, iterations: number, first: number): Promise<Trial[]> {
  const descriptions = await describe([fileURLToPath(new URL('drawn-program.mjs', DRAWN))]);
  return Array.from({ length: programs }, (_, nth) => {
    const trials = plan(descriptions, { overrides: { iterations, seed: first + nth } });
    return trials.map(trial => ({ ...trial, id: `${trial.scenario}/${trial.build}/${first + nth}` }));
  }).flat();
}

function isLeaky({ result }: Judged): boolean {
  return result.trial.expect === 'leak';
}

function isWrong({ result, verdict }: Judged): boolean {
  return verdict.outcome !== result.trial.expect;
}

/** What was said of which program, and the readings in a file, so that they can be judged again. */
function describeWrong({ result, verdict }: Judged, program: string): string {
  mkdirSync(KEPT, { recursive: true });
  const path = `${KEPT}${result.trial.id.replaceAll('/', '-')}.json`;
  writeFileSync(path, JSON.stringify(result));
  const found = verdict.outcome === 'leak' ? verdict.findings.map(growth) : [reasonOf(result, verdict)];
  const said = [verdict.outcome, ...found].filter(text => text !== '').join(', ');
  return `${result.trial.id}: ${said}\n  ${program}\n  readings in ${path}`;
}

function growth({ metric, estimate }: Finding): string {
  return `${metric.name} +${estimate.slope.toPrecision(3)} ${metric.unit}`;
}

function outcomes(build: string, judged: readonly Judged[], right: Verdict['outcome']): string {
  const counted = (outcome: Verdict['outcome']) =>
    judged.filter(({ verdict }) => verdict.outcome === outcome).length;
  const [hits, all] = [counted(right), judged.length];
  const { low, high } = exactShare(hits, all, CONFIDENCE);
  const others = (['leak', 'steady', 'inconclusive'] as const).filter(outcome => outcome !== right);
  return [
    `${build.padEnd(7)} ${hits} of ${all} ${right}`,
    ...others.map(outcome => `${counted(outcome)} ${outcome}`),
    `${percent(low)} to ${percent(high)} % right (exact, 95 % two-sided)`,
  ].join(', ');
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
