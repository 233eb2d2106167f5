/**
 * How often leakgate cries wolf: gate runs over clean subjects, each with a seed of its own: the decoys of
 * the corpus and the engine's `fixed` build. Exit code 1 if any was called a leak.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decide } from '../harness/course/decide.ts';
import { judgeResult } from '../harness/judge.ts';
import type { Trial, TrialResult, Verdict } from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import { run } from '../harness/run.ts';
import { describe } from '../harness/spawn/describe.ts';
import { exactShare } from '../harness/stats/binomial.ts';
import { corpusCases } from './corpus-cases.ts';
import { type BenchOptions, benchCommand } from './numbers/bench-options.ts';
import { packageRoot } from './package-root.ts';
import { scenarioFile } from './scenario-files.ts';

/** Scenarios whose `fixed` build is run; `queries-under-reload` wants the machine for itself. */
const ENGINE = ['auto-reload', 'failed-reload', 'queries-only', 'zone-churn'];
const CONFIDENCE = 0.95;

const options = benchCommand('bench-clean', {
  description: 'count false alarms over clean subjects',
  runs: { text: 'gate runs', usual: 1000 },
  iterations: { text: 'measured iterations of the engine; decoys are made for their own', usual: 500 },
  seeded: 'round',
})
  .parse()
  .opts<BenchOptions>();

process.exitCode = await main(options);

async function main({ runs, iterations, jobs, seed }: BenchOptions): Promise<number> {
  const decoys = await describe(
    (await corpusCases()).filter(({ kind }) => kind === 'decoys').map(({ path }) => path),
  );
  const engine = await describe(ENGINE.map(name => scenarioFile(name, process.cwd())));
  const round = [...plan(engine, { builds: ['fixed'], overrides: { iterations } }), ...plan(decoys)];
  const trials = Array.from({ length: runs }, (_, nth) => seeded(round, nth, seed));

  const outcomes = new Map<Verdict['outcome'], number>();
  for await (const event of run(trials, { jobs, decide })) {
    if (event.type !== 'trial:end') continue;
    const verdict = judgeResult(event.result);
    outcomes.set(verdict.outcome, (outcomes.get(verdict.outcome) ?? 0) + 1);
    if (verdict.outcome !== 'steady') console.log(describeWrong(event.result, verdict));
  }
  return summary(outcomes, runs);
}

/** The nth trial, round after round, each round with the next seed. */
function seeded(round: readonly Trial[], nth: number, seed: number): Trial {
  const repetition = Math.floor(nth / round.length);
  const trial = round[nth % round.length];
  if (!trial) throw new RangeError('Cannot plan as there must be clean subjects: there are none');
  return {
    ...trial,
    id: `${trial.scenario}/${trial.build}/${repetition + 1}`,
    repetition: repetition + 1,
    options: { ...trial.options, seed: seed + repetition },
  };
}

/** One line, and the readings in a file, so that they can be judged again. */
function describeWrong(result: TrialResult, verdict: Verdict): string {
  const { id, options: of } = result.trial;
  const why =
    verdict.outcome === 'leak'
      ? verdict.findings.map(({ metric, estimate }) => `${metric.name} ${estimate.slope.toPrecision(3)}`)
      : [verdict.outcome === 'inconclusive' ? `${verdict.reason} ${verdict.metric?.name ?? ''}` : ''];
  const folder = fileURLToPath(new URL('out/clean/', packageRoot()));
  mkdirSync(folder, { recursive: true });
  const path = `${folder}${id.replaceAll('/', '-')}-seed-${of.seed}.json`;
  writeFileSync(path, JSON.stringify(result));
  const fault = result.outcome === 'faulted' ? ` (${result.fault.message})` : '';
  return `${verdict.outcome} ${id} seed ${of.seed}: ${why.join(', ')}${fault}; readings in ${path}`;
}

function summary(outcomes: ReadonlyMap<Verdict['outcome'], number>, runs: number): number {
  const of = (outcome: Verdict['outcome']) => outcomes.get(outcome) ?? 0;
  const share = (hits: number) => (100 * exactShare(hits, runs, CONFIDENCE).high).toPrecision(2);
  console.log(`${runs} runs over clean subjects: ${of('steady')} steady`);
  console.log(`  false alarms ${of('leak')}: at most ${share(of('leak'))} % (exact, 95 % two-sided)`);
  console.log(`  inconclusive ${of('inconclusive')}: at most ${share(of('inconclusive'))} %`);
  return of('leak') > 0 ? 1 : 0;
}
