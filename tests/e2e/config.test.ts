import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readReport } from '../../reports/saved-report.ts';
import { leakgate, temporaryFolder } from '../support/cli.ts';

// Several processes per test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'leaks'));
  cpSync('tests/e2e/scenarios/keeps-nothing.mjs', join(folder.path, 'leaks/nothing.mjs'));
  writeFileSync(join(folder.path, 'package.json'), '{}');
  writeFileSync(
    join(folder.path, 'leakgate.config.ts'),
    `import { defineConfig } from 'leakgate/config';
    export default defineConfig({
      scenarios: ['leaks/*.mjs'],
      out: 'results',
      options: { iterations: 210, windows: 9, budget: 0 },
    });`,
  );
});
afterEach(() => folder.remove());

test('run without names runs the scenarios of the file, under the command line', async () => {
  mkdirSync(join(folder.path, 'src'));
  const { exitCode, stderr } = await leakgate(['run', '--windows', '12'], join(folder.path, 'src'));
  expect(exitCode, stderr).toBe(0);
  const { trials } = readReport(readFileSync(join(folder.path, 'results/report.json'), 'utf8'));
  expect(trials.map(({ result }) => result.trial.scenario)).toEqual(['keeps-nothing']);
  expect(trials[0]?.result.trial.options).toMatchObject({ iterations: 210, windows: 12, budget: 0 });
});

test('a scenario may be called as its file is or as it calls itself, and one that is named needs no other', async () => {
  const FEW = ['--iterations', '60', '--no-evidence', '--json'];
  const { exitCode, stdout, stderr } = await leakgate(['run', 'nothing', ...FEW], folder.path);
  expect(exitCode, stderr).toBe(0);
  expect(readReport(stdout).trials.map(({ result }) => result.trial.scenario)).toEqual(['keeps-nothing']);
  const own = await leakgate(['run', 'keeps-nothing', ...FEW], folder.path);
  expect(own.exitCode, own.stderr).toBe(0);
  writeFileSync(join(folder.path, 'leaks/broken.mjs'), 'export default {};');
  const beside = await leakgate(['run', 'keeps-nothing', ...FEW], folder.path);
  expect(beside.exitCode, beside.stderr).toBe(0);
  const unknown = await leakgate(['run', 'keeps-nothin', ...FEW], folder.path);
  expect(unknown.stderr).toMatch(/^leakgate: Cannot find the scenario .* "keeps-nothin"/);
  rmSync(join(folder.path, 'leaks/broken.mjs'));
  const thrice = await leakgate(
    ['run', 'nothing', 'leaks/*.mjs', './leaks/nothing.mjs', ...FEW],
    folder.path,
  );
  expect(thrice.exitCode, thrice.stderr).toBe(0);
  expect(readReport(thrice.stdout).trials).toHaveLength(1);
  writeFileSync(join(folder.path, 'empty.json'), '{"scenarios": ["none/*.mjs"]}');
  const path = join(folder.path, 'leaks/nothing.mjs');
  const named = await leakgate(['run', path, '--config', 'empty.json', ...FEW], folder.path);
  expect(named.exitCode, named.stderr).toBe(0);
  const unnamed = await leakgate(['run', '--config', 'empty.json', ...FEW], folder.path);
  expect(unnamed.stderr).toContain('scenarios must match a file: "none/*.mjs"');
});

test('explain takes scenarios and options from the file too, and keeps away from its results', async () => {
  const args = ['explain', '--iterations', '30', '--out', 'explained', '--json'];
  const { exitCode, stdout, stderr } = await leakgate(args, folder.path);
  expect(exitCode, stderr).toBe(0);
  expect(readReport(stdout).evidence.map(({ scenario }) => scenario)).toEqual(['keeps-nothing']);
});

test('certify takes the one scenario of the file, and asks for a name where there are several', async () => {
  cpSync('tests/e2e/scenarios/keeps-nothing.mjs', join(folder.path, 'leaks/other.mjs'));
  const { exitCode, stderr } = await leakgate(['certify'], folder.path);
  expect(stderr).toMatch(
    /^leakgate: Cannot choose the scenario as there must be one: there are 2, .*nothing\.mjs, /,
  );
  expect(exitCode).toBe(2);
});

test('list shows the file, what it says, and its scenarios', async () => {
  const { stdout } = await leakgate(['list'], folder.path);
  expect(stdout).toMatch(/^Configuration\n {2}.*leakgate\.config\.ts\n {4}scenarios=.*nothing\.mjs/);
  expect(stdout).toMatch(/^Scenarios\n {2}keeps-nothing\n {4}file {4}leaks\/nothing\.mjs$/m);
  expect(stdout).not.toContain('auto-reload.js');
  const { configuration } = JSON.parse((await leakgate(['list', '--json'], folder.path)).stdout) as {
    configuration: { file: string };
  };
  expect(configuration.file).toBe(join(folder.path, 'leakgate.config.ts'));
});

test.each([
  ['export default new Promise(() => {});', 'never.mjs'],
  ['await new Promise(() => {}); export default {};', 'waits.mjs'],
])('a file that waits for ever is an error: %s', async (text, name) => {
  writeFileSync(join(folder.path, name), text);
  const { exitCode, stderr } = await leakgate(['run', '--config', name], folder.path);
  expect(stderr).toBe(
    `leakgate: Cannot load the configuration ${join(folder.path, name)}: what it waits for must come, and nothing is left to bring it\n`,
  );
  expect(exitCode).toBe(2);
});

test('a scenario that cannot be used keeps list from none of the others, and doctor from a base that is gone', async () => {
  writeFileSync(join(folder.path, 'broken.mjs'), 'export default 3;');
  const scenarios = ['broken.mjs', 'leaks/nothing.mjs'];
  writeFileSync(join(folder.path, 'own.json'), JSON.stringify({ scenarios, base: 'gone.json' }));
  const { stdout, stderr, exitCode } = await leakgate(['list', '--config', 'own.json'], folder.path);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^Scenarios\n {2}keeps-nothing\n/m);
  expect(stderr).toMatch(
    /^leakgate: Cannot use scenario ".*broken\.mjs" as its default export must be an object: current value is 3\n$/,
  );
  const doctor = await leakgate(['doctor', '--config', 'own.json'], folder.path);
  expect(doctor.stdout).toMatch(
    /^broken +configuration file +Cannot compare as the base must be .*gone\.json$/m,
  );
});

test('a file that cannot be used is told in lines, not in a stack, by doctor too', async () => {
  writeFileSync(join(folder.path, 'bad.json'), '{"options": {"iteration": 5}}');
  const run = await leakgate(['run', '--config', 'bad.json'], folder.path);
  expect(run.stderr).toBe(
    `leakgate: Cannot use the configuration ${join(folder.path, 'bad.json')}:\n  options.iteration is no field: did you mean "iterations"?\n`,
  );
  const doctor = await leakgate(['doctor', '--config', 'bad.json'], folder.path);
  expect(doctor.stdout).toMatch(/^broken +configuration file +Cannot use/m);
  expect([run, doctor].map(({ exitCode }) => exitCode)).toEqual([2, 2]);
});
