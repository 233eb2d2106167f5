import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { readReport } from '../../reports/saved-report.ts';
import { type Finished, leakgate, temporaryFolder } from '../support/cli.ts';
import { scenarioPath } from '../support/trials.ts';

// Many processes, on machines that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const RUN = [
  'run',
  scenarioPath('timer-leak.mjs'),
  resolve('tests/e2e/scenarios/keeps-everything.mjs'),
  '--iterations',
  '120',
  '--budget',
  '5s',
];
/** One more than there are scenarios and builds. */
const SHARDS = [1, 2, 3, 4].map(index => `${index}/4`);

let folder: ReturnType<typeof temporaryFolder>;
let whole: Finished;
let shards: readonly Finished[];
let merged: Finished;
beforeAll(async () => {
  folder = temporaryFolder();
  whole = await leakgate([...RUN, '--out', 'whole', '--jobs', '1'], folder.path);
  shards = await Promise.all(
    SHARDS.map(shard =>
      leakgate([...RUN, '--shard', shard, '--out', `parts/${shard.replace('/', '-')}`], folder.path),
    ),
  );
  merged = await leakgate(['merge', 'parts', '--out', 'merged', '--reporter', 'junit'], folder.path);
});
afterAll(() => folder.remove());

const text = (name: string) => readFileSync(join(folder.path, name), 'utf8');
const report = (name: string): Report => readReport(text(`${name}/report.json`));
const verdicts = ({ trials }: Report) =>
  trials.map(({ result, verdict, asExpected }) => [result.trial.id, verdict.outcome, asExpected]);

describe('shards', () => {
  test('merged give the verdicts, the order and the exit code of the whole run', () => {
    expect(verdicts(report('merged'))).toEqual(verdicts(report('whole')));
    expect(verdicts(report('whole')).map(([, outcome]) => outcome)).toEqual(['steady', 'leak', 'leak']);
    expect([whole.exitCode, merged.exitCode]).toEqual([1, 1]);
    expect(report('merged').parts?.map(({ shard }) => shard?.index)).toEqual([1, 2, 3, 4]);
    expect(text('merged/junit.xml')).toContain('<testsuites name="leakgate" tests="3" failures="1"');
  });

  test('are not merged into a folder that has them, which would take them away', async () => {
    for (const out of ['parts', 'parts/1-4']) {
      const { stderr, exitCode } = await leakgate(['merge', 'parts', '--out', out], folder.path);
      expect(stderr).toContain(
        `Cannot merge as --out must be none of the folders that are merged: it is ${out}`,
      );
      expect(exitCode).toBe(2);
    }
    expect(report('parts/1-4').shard).toMatchObject({ index: 1, count: 4 });
  });

  test('that have nothing to do say so and exit 0', () => {
    const empty = shards.filter(({ stdout }) => stdout.includes('No trial was run.'));
    expect(empty.map(({ exitCode }) => exitCode)).toEqual([0]);
    expect(empty[0]?.stdout.replace(/\s+/g, ' ')).toMatch(
      /exit code 0: shard \d\/4 has no trial, as there are more shards than scenarios and builds/,
    );
  });

  test('are refused where one is missing or is there twice, or where there is none', async () => {
    const missing = await leakgate(['merge', 'parts/1-4', 'parts/3-4', 'parts/4-4'], folder.path);
    expect(missing.stderr).toBe('leakgate: Cannot merge as every shard must be there: missing 2/4\n');
    const twice = await leakgate(['merge', 'parts', 'parts/1-4/report.json'], folder.path);
    expect(twice.stderr).toMatch(/^leakgate: Cannot merge as each (trial|shard) must be/);
    const none = await leakgate(['merge', '.'], folder.path);
    expect(none.stderr).toContain('leakgate: Cannot merge');
    expect([missing, twice, none].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
  });

  test.each(['0/2', '3/2', '1', 'a/b'])('refuse %s as a part', async part => {
    const { stderr, exitCode } = await leakgate(['run', '--shard', part], folder.path);
    expect(stderr).toContain('It must have the form index/count');
    expect(exitCode).toBe(2);
  });
});

test('verdicts do not depend on how many trials run at once', async () => {
  await leakgate([...RUN, '--out', 'together', '--jobs', '3'], folder.path);
  expect(verdicts(report('together'))).toEqual(verdicts(report('whole')));
});
