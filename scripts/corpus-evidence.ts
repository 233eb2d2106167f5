/**
 * Asks for the evidence of every leak of the corpus and says where it is wrong; exit code 1 if less than 95 %
 * of the classes, of the allocating functions or of the creation lines are right. `npm run corpus:evidence`.
 * @module
 */
import { Command } from 'commander';
import { takeEvidence } from '../harness/evidence/evidence.ts';
import { inLanes } from '../harness/lanes.ts';
import { describe } from '../harness/spawn/describe.ts';
import { type CorpusCase, corpusCases } from './corpus-cases.ts';
import { type EvidenceScore, scoreEvidence } from './evidence-score.ts';
import { explainedTrials } from './explained-trials.ts';
import { count, names } from './option-values.ts';

/** Share of the cases that must be right. */
const REQUIRED = 0.95;

interface Options {
  readonly only: readonly string[];
  readonly jobs: number;
  readonly seed: number;
  readonly all: boolean;
}

const { only, jobs, seed, all } = new Command('corpus-evidence')
  .description('score the evidence of every leak of the corpus')
  .option('--only <names>', 'only these cases, parted by commas', names, [])
  .option('--jobs <n>', 'cases at once', count, 2)
  .option('--seed <n>', 'seed of everything random', count, 1)
  .option('--all', 'show what is right too', false)
  .parse()
  .opts<Options>();

const begin = performance.now();
const leaks = (await corpusCases(only)).filter(({ kind }) => kind === 'leaks');
const scores = await inLanes(leaks, jobs, async one => {
  const score = await scored(one);
  if (all || isWrong(score))
    console.log(`${isWrong(score) ? 'WRONG' : 'right'} ${score.name}: ${score.found}`);
  return score;
});
const shares = [
  shareOf(
    'class and holder',
    scores.map(({ heap }) => heap),
  ),
  shareOf(
    'allocating function',
    scores.map(({ allocation }) => allocation),
  ),
  shareOf(
    'creation line',
    scores.map(({ creation }) => creation),
  ),
];
console.log(
  `${Math.round((performance.now() - begin) / 1000)} s, seed ${seed}, Node ${process.versions.node}`,
);
process.exitCode = shares.every(share => share >= REQUIRED) ? 0 : 1;

async function scored(one: CorpusCase): Promise<EvidenceScore> {
  const [explained] = explainedTrials(await describe([one.path]), {
    builds: [],
    parameters: {},
    overrides: { seed },
    allocationStacks: false,
  });
  if (!explained) throw new Error(`Cannot explain ${one.name} as it must have a build`);
  return scoreEvidence(one, await takeEvidence(explained.trial, { plan: explained.plan }));
}

function isWrong({ heap, allocation, creation }: EvidenceScore): boolean {
  return heap === false || allocation === false || creation === false;
}

function shareOf(what: string, outcomes: readonly (boolean | undefined)[]): number {
  const asked = outcomes.filter(outcome => outcome !== undefined);
  const right = asked.filter(Boolean).length;
  console.log(`${what}: ${right} of ${asked.length} right`);
  return asked.length === 0 ? 1 : right / asked.length;
}
