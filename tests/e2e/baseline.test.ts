import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunComparison } from '../../harness/model.ts';
import { readBaseline } from '../../reports/baseline.ts';
import { readReport } from '../../reports/saved-report.ts';
import { type Finished, leakgate, temporaryFolder } from '../support/cli.ts';
import { scenarioPath } from '../support/trials.ts';

const DRIFTING = scenarioPath('heap-leak.mjs');
const SHORT = ['--iterations', '300', '--budget', '3s'];
const BASELINE = 'leakgate.baseline.json';

let folder: ReturnType<typeof temporaryFolder>;
let recorded: Finished;
beforeAll(async () => {
  folder = temporaryFolder();
  recorded = await leakgate(['baseline', DRIFTING, ...SHORT, '--out', 'before'], folder.path);
}, 60_000);
afterAll(() => folder.remove());

const text = (name: string) => readFileSync(join(folder.path, name), 'utf8');
const write = (name: string, content: string) => writeFileSync(join(folder.path, name), content);
const run = (...args: string[]) =>
  leakgate(['run', DRIFTING, ...SHORT, '--no-evidence', ...args], folder.path);

describe('a baseline', () => {
  test('is recorded with the drift that is there, which is no failure', () => {
    expect(recorded.exitCode).toBe(0);
    expect(recorded.stderr).toMatch(/Baseline .*leakgate.baseline.json: heap-leak default\n/);
    expect(recorded.stdout).toMatch(/LEAK +heap-leak/);
    expect(recorded.stdout).not.toContain('exit code');
    expect(recorded.stderr).toMatch(/\nexit code 0: no trial faulted; a leak, which is kept as known, is no/);
    const [entry, ...more] = readBaseline(text(BASELINE));
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ scenario: 'heap-leak', build: 'default', verdict: 'leak' });
    expect(entry?.growths.find(({ metric }) => metric.name === 'instances.Entry')?.slope).toBe(1);
  });

  test('may lie in a folder that is still to be made, but not be a folder', async () => {
    const deep = await leakgate(
      ['baseline', DRIFTING, ...SHORT, '--file', 'deep/er/b.json', '--out', 'deep-run'],
      folder.path,
    );
    expect(deep.exitCode).toBe(0);
    expect(readBaseline(text('deep/er/b.json'))).toHaveLength(1);
    const refused = await leakgate(['baseline', DRIFTING, ...SHORT, '--file', 'deep'], folder.path);
    expect(refused.stderr).toMatch(/Cannot update .*deep as it must be a file that can be read: EISDIR/);
    expect(refused.exitCode).toBe(2);
  });

  test('is not written of trials that faulted alone', async () => {
    const throwing = fileURLToPath(new URL('scenarios/throws-midway.mjs', import.meta.url));
    const args = ['baseline', throwing, '--file', 'faulted.json', '--out', 'faulted'];
    const { exitCode, stderr } = await leakgate(args, folder.path);
    expect(stderr).toMatch(
      /Not written, as there is nothing to keep: .*faulted\.json\nNot kept, as it faulted: /,
    );
    expect(existsSync(join(folder.path, 'faulted.json'))).toBe(false);
    expect(exitCode).toBe(1);
  });

  test('lets the known drift pass', async () => {
    const { exitCode, stdout } = await run('--base', BASELINE, '--out', 'same');
    expect(stdout).toMatch(/no worse +heap-leak default +AS EXPECTED/);
    expect(stdout).toContain('as in the');
    expect(exitCode).toBe(0);
  });

  test('fails a worse drift and says by how much, and compare says the same of the saved reports', async () => {
    const { exitCode, stdout } = await run('--set', 'each=2', '--base', BASELINE, '--out', 'worse');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/LEAK +heap-leak default/);
    expect(stdout.replace(/\s+/g, ' ')).toContain('+2 Entry/entry, +1 in the base');
    expect(stdout).toContain('parameters');
    const compared = await leakgate(['compare', 'before/report.json', 'worse', '--json'], folder.path);
    expect(compared.exitCode).toBe(1);
    const { builds } = JSON.parse(compared.stdout) as RunComparison;
    expect(builds[0]?.comparisons.find(({ metric }) => metric.name === 'instances.Entry')).toMatchObject({
      base: 1,
      slope: 2,
      change: 'worse',
    });
    const back = await leakgate(['compare', 'worse', 'before'], folder.path);
    expect(back.stdout).toMatch(/Entry +\+2 +\+1 +-1 +better/);
    expect(back.exitCode).toBe(0);
  });

  test('may be a report', async () => {
    const { exitCode } = await run('--base', 'before/report.json', '--out', 'again');
    expect(exitCode).toBe(0);
    expect(readReport(text('again/report.json')).trials[0]?.base?.name).toBe('before/report.json');
  });

  test('may be no report of a run that was interrupted', async () => {
    const report = { ...JSON.parse(text('before/report.json')), interrupted: true };
    write('cut.json', JSON.stringify(report));
    const { exitCode, stderr } = await run('--base', 'cut.json', '--out', 'again');
    expect(stderr).toBe(
      'leakgate: Cannot compare as the base must be a whole run: cut.json was interrupted\n',
    );
    expect(exitCode).toBe(2);
  });

  test('without the scenario warns, and judges absolutely', async () => {
    write('other.json', text(BASELINE).replace('"heap-leak"', '"other"'));
    const { exitCode, stdout } = await run('--base', 'other.json', '--out', 'absolute');
    expect(stdout).toContain('heap-leak/default/1: not in the base other.json');
    expect(exitCode).toBe(1);
  });

  test('is updated for the scenarios that were run, and for no other', async () => {
    write('kept.json', text(BASELINE).replace('"heap-leak"', '"other"'));
    const steady = scenarioPath('steady.mjs');
    const { exitCode } = await leakgate(
      ['baseline', steady, ...SHORT, '--file', 'kept.json', '--out', 'steady'],
      folder.path,
    );
    expect(exitCode).toBe(0);
    const [other, more] = readBaseline(text('kept.json'));
    expect(other).toEqual({ ...readBaseline(text(BASELINE))[0], scenario: 'other' });
    expect(more).toMatchObject({ scenario: 'steady', verdict: 'steady' });
  });

  test('that is none, is newer, or is missing is refused before anything runs', async () => {
    write('newer.json', text(BASELINE).replace('"1.0.0"', '"2.0.0"'));
    write('none.json', '{ "name": "leakgate" }');
    const refusals = [
      await run('--base', 'newer.json'),
      await run('--base', 'none.json'),
      await run('--base', './missing.json'),
      await run('--base', 'oldest'),
      await leakgate(['baseline', DRIFTING, '--file', 'newer.json'], folder.path),
      await leakgate(['baseline', DRIFTING, '--file', 'none.json'], folder.path),
      await leakgate(['compare', BASELINE, 'none.json'], folder.path),
      await leakgate(['compare', BASELINE, 'other.json'], folder.path),
    ];
    expect(refusals.map(({ exitCode }) => exitCode)).toEqual(refusals.map(() => 2));
    for (const { stderr } of refusals) expect(stderr).not.toMatch(/^\s+at /m);
    const said = refusals.map(({ stderr }) => stderr);
    expect(said[0]).toMatch(/newer.json: .*schemaVersion must be 1.x or older.*"2.0.0"/);
    expect(said[1]).toMatch(/none.json: Cannot read/);
    expect(said[2]).toMatch(/must be a build, or a file that exists: .*missing.json/);
    expect(said[3]).toMatch(
      /or a build beside another of its scenario, where there are default: current value is "oldest"/,
    );
    expect(said[4]).toMatch(/Cannot update .*newer.json: .*"2.0.0"/);
    expect(said[5]).toMatch(/Cannot update .*none.json: /);
    expect(said[7]).toMatch(/scenario and build in common/);
  });
});

test('one ticket in 50 iterations beside a known drift of bursts is worse, as the base shows that it kept none', async () => {
  const drift = scenarioPath('known-drift.mjs');
  // Both builds are looked at equally long, whatever else the machine has to do.
  const long = ['--budget', '5m', '--max-iterations', '8200'];
  const { exitCode, stdout } = await leakgate(
    ['run', drift, '--base', 'old', '--no-evidence', ...long],
    folder.path,
  );
  expect(exitCode).toBe(1);
  const told = stdout.replace(/\s+/g, ' ');
  expect(told).toContain('+1 Ticket per 50 iterations, none in the base; as in the base: ');
  expect(told).toContain('+1 object/iteration (+1)');
}, 240_000);
