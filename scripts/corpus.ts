/**
 * Judges every case of the corpus in tests/corpus and says which verdicts are wrong; exit code 1 if any is.
 * Another Node: `path/to/node dist/scripts/corpus.js`, or `--node path/to/node`, which does just that.
 * @module
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { decide } from '../harness/course/decide.ts';
import { UsageError } from '../harness/errors.ts';
import { judgeResult } from '../harness/judge.ts';
import type { TrialResult } from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import { run } from '../harness/run.ts';
import { describe } from '../harness/spawn/describe.ts';
import { type CorpusCase, corpusCases } from './corpus-cases.ts';
import { describeScore, type Score, score, summary } from './corpus-score.ts';
import { environment } from './environment.ts';
import { count, names } from './option-values.ts';
import { packageRoot } from './package-root.ts';

interface CorpusOptions {
  readonly repetitions: number;
  readonly only: readonly string[];
  readonly jobs: number;
  readonly seed: number;
  readonly node?: string;
}

const options = new Command('corpus')
  .description('judge every case of the corpus')
  .option('--repetitions <n>', 'trials per case', count, 1)
  .option('--only <names>', 'only these cases, parted by commas', names, [])
  .option('--jobs <n>', 'trials at once', count, 2)
  .option('--seed <n>', 'seed of everything random', count, 1)
  .option('--node <path>', 'run all of this with another Node')
  .parse()
  .opts<CorpusOptions>();

try {
  process.exitCode = options.node === undefined ? await main(options) : again(options.node);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main({ repetitions, only, jobs, seed }: CorpusOptions): Promise<number> {
  const begin = performance.now();
  const cases = await corpusCases(only);
  const trials = plan(await describe(cases.map(({ path }) => path)), {
    repetitions,
    overrides: { seed },
  });
  const results: { readonly score: Score; readonly result: TrialResult }[] = [];
  for await (const event of run(trials, { jobs, decide })) {
    if (event.type !== 'trial:end') continue;
    const scored = score(caseOf(event.result, cases), event.result, judgeResult(event.result));
    results.push({ score: scored, result: event.result });
    if (scored.isWrong) console.log(describeScore(scored));
  }

  const scores = results.map(result => result.score);
  const seconds = Math.round((performance.now() - begin) / 1000);
  console.log(`${summary(scores)}\nNode ${process.versions.node}, ${seconds} s`);
  console.log(`Results in ${save({ environment: await environment(process.argv, process.cwd()), results })}`);
  return scores.some(({ isWrong }) => isWrong) ? 1 : 0;
}

function caseOf({ trial }: TrialResult, cases: readonly CorpusCase[]): CorpusCase {
  const found = cases.find(({ path }) => path === trial.scenarioPath);
  if (!found) throw new Error(`Cannot score a trial as its case must be known: ${trial.scenarioPath}`);
  return found;
}

/** Under the next free number; the readings are in it, so that they can be judged again without a new run. */
function save(saved: object): string {
  const folder = fileURLToPath(new URL('out/corpus/', packageRoot()));
  mkdirSync(folder, { recursive: true });
  const numbers = readdirSync(folder).map(file => Number.parseInt(file, 10) || 0);
  const path = `${folder}${Math.max(0, ...numbers) + 1}.json`;
  writeFileSync(path, JSON.stringify(saved));
  return path;
}

/** Runs this script with another Node, and without `--node`. */
function again(node: string): number {
  const rest = process.argv.slice(2).filter((argument, index, all) => {
    return argument !== '--node' && all[index - 1] !== '--node' && !argument.startsWith('--node=');
  });
  const { status, error } = spawnSync(node, [fileURLToPath(import.meta.url), ...rest], { stdio: 'inherit' });
  if (error) throw new UsageError(`Cannot run the corpus as --node must be a Node binary: "${node}"`);
  return status ?? 2;
}
