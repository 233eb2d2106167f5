import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { judgeResult } from '../harness/judge.ts';
import type { TrialResult } from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import type { Scenario } from '../harness/scenario.ts';
import { describe as describeScenarios } from '../harness/spawn/describe.ts';
import { spawnTrial } from '../harness/spawn/spawn.ts';
import { type CorpusCase, corpusCases } from '../scripts/corpus-cases.ts';
import { score } from '../scripts/corpus-score.ts';

const METRIC =
  /^(timers|immediates|listeners|workers|population|(heap|memory|handles|descriptors|contexts|instances)\.\w+|class\.[\w ]+)$/;

const cases = await corpusCases();
const leaks = cases.filter(({ kind }) => kind === 'leaks');
const decoys = cases.filter(({ kind }) => kind === 'decoys');

describe('the corpus', () => {
  it('has at least 74 leaks and 80 decoys, no two of one name', () => {
    expect(leaks.length).toBeGreaterThanOrEqual(74);
    expect(decoys.length).toBeGreaterThanOrEqual(80);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it('has at least ten leaks that are no more frequent than once in forty iterations', () => {
    const rare = leaks.filter(({ leak }) => leak && leak.unit !== 'B' && leak.rate <= 1 / 40);
    expect(rare.length).toBeGreaterThanOrEqual(10);
  });

  it.each(cases)('$kind/$name is named after its file and says what it does and expects', async one => {
    const module: { default: Scenario } = await import(pathToFileURL(one.path).href);
    const scenario = module.default;
    expect(scenario.name).toBe(basename(one.path, '.mjs'));
    expect(scenario.description).toMatch(/^\S.{10,}[^.\s]$/);
    expect(scenario.expect).toEqual({ default: one.kind === 'leaks' ? 'leak' : 'steady' });
  });

  it.each(leaks)('leaks/$name says by which metric and how fast it leaks', ({ leak, plateau }) => {
    if (!leak) throw new Error('A leak must export what leaks');
    for (const metric of [leak.metric, ...(leak.alternatives ?? [])]) expect(metric).toMatch(METRIC);
    expect(leak.rate).toBeGreaterThan(0);
    expect(leak.unit).not.toBe('');
    expect(plateau).toBe(false);
  });

  it('has no decoy that says how it leaks', () => {
    expect(decoys.filter(({ leak }) => leak)).toEqual([]);
  });

  it.each(['poll-interval', 'lru-early'])('%s gets the verdict it expects', async name => {
    const [one] = await corpusCases([name]);
    if (!one) throw new Error(`Cannot find the case ${name}`);
    const result = await trialOf(one);
    expect(score(one, result, judgeResult(result))).toMatchObject({ name, isWrong: false });
  });

  it('says which case is unknown', async () => {
    await expect(corpusCases(['no-such-case'])).rejects.toThrow('"no-such-case"');
  });
});

async function trialOf({ path }: CorpusCase): Promise<TrialResult> {
  const [trial] = plan(await describeScenarios([path]));
  if (!trial) throw new Error(`Cannot plan ${path}`);
  return spawnTrial(trial);
}
