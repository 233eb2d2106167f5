/**
 * How often small leaks are caught: 24 bytes per reload, which counts as caught where the slope of the heap
 * is among what is found, and one object kept in 100 reloads, which counts where the run is called a leak.
 * Each is planted again and again in the engine's `fixed` build, with another seed each time. Exit code 1
 * unless at least 95 % are caught, with 95 % confidence.
 * @module
 */
import { certifiedRun, isCaught, plantedTrial, plantOf } from '../harness/certify.ts';
import { decide } from '../harness/course/decide.ts';
import type { CertifiedKind, Trial } from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import { run } from '../harness/run.ts';
import { describe } from '../harness/spawn/describe.ts';
import { exactShare } from '../harness/stats/binomial.ts';
import { type BenchOptions, benchCommand } from './numbers/bench-options.ts';
import { scenarioFile } from './scenario-files.ts';

/** Growth per reload, in bytes or in objects. */
const PLANTED: readonly (readonly [kind: CertifiedKind, growth: number, name: string])[] = [
  ['heap', 24, '24 B/reload by slope'],
  ['object', 1 / 100, '1 object per 100 reloads'],
];
const SHARE = 0.95;
const CONFIDENCE = 0.95;
/** Of these all must be caught to prove the share: 0.95 ** 59 < 0.05. */
const FEWEST_RUNS = 59;

const options = benchCommand('bench-power', {
  description: 'count how often small leaks are caught',
  runs: { text: 'runs of each; 59 of 59 prove 95 %', usual: FEWEST_RUNS, least: FEWEST_RUNS },
  iterations: { text: 'reloads', usual: 2000 },
  seeded: 'run',
})
  .parse()
  .opts<BenchOptions>();

process.exitCode = await main(options);

async function main({ runs, iterations, jobs, seed }: BenchOptions): Promise<number> {
  const model = await cleanTrial(iterations, seed);
  let proven = true;
  for (const [kind, growth, name] of PLANTED) {
    const trials = Array.from({ length: runs }, (_, nth) =>
      plantedTrial(withSeed(model, seed + nth), plantOf(kind, growth, nth, seed), nth),
    );
    let [caught, leaks] = [0, 0];
    for await (const event of run(trials, { jobs, decide })) {
      if (event.type !== 'trial:end') continue;
      const ended = certifiedRun(event.result);
      if (ended.outcome === 'leak') leaks++;
      if (isCaught(kind, ended)) caught++;
      else console.log(`missed ${ended.trial}: ${ended.outcome} ${ended.found.join(', ')}`);
    }
    // One bound, so both tails of an interval would be one too many.
    const { low } = exactShare(caught, runs, 1 - 2 * (1 - CONFIDENCE));
    console.log(`${name}: caught ${caught} of ${runs}, at least ${(100 * low).toFixed(1)} % (exact, 95 %)`);
    if (leaks !== caught) console.log(`  called a leak at all: ${leaks} of ${runs}`);
    proven &&= low >= SHARE;
  }
  return proven ? 0 : 1;
}

function withSeed(trial: Trial, seed: number): Trial {
  return { ...trial, options: { ...trial.options, seed } };
}

async function cleanTrial(iterations: number, seed: number): Promise<Trial> {
  const descriptions = await describe([scenarioFile('auto-reload', process.cwd())]);
  const [trial] = plan(descriptions, {
    builds: ['fixed'],
    overrides: { iterations, seed },
  });
  if (!trial) throw new Error('Cannot plant as auto-reload must have a build "fixed": it has none');
  return trial;
}
