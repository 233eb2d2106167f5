import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProbeDescription, Report, RunEvent } from '../../harness/model.ts';
import { readReport } from '../../reports/saved-report.ts';
import { finished, leakgate, start, temporaryFolder } from '../support/cli.ts';

// Several processes per test, on machines that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const SMALL = ['--iterations', '300', '--set', 'zones=3', '--set', 'records=10', '--out', 'result'];
const fixture = (name: string) => resolve('tests/e2e/scenarios', `${name}.mjs`);
/** Confirmed by one stage more, not by three. */
const QUICK_LEAK = [fixture('keeps-everything'), '--budget', '2s', '--out', 'result'];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function report(): Report {
  return readReport(readFileSync(join(folder.path, 'result/report.json'), 'utf8'));
}

function events(): RunEvent[] {
  const lines = readFileSync(join(folder.path, 'result/samples.jsonl'), 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line) as RunEvent);
}

describe('leakgate run', () => {
  test('tells the leaky engine from the fixed one by one timer and one live zone per zone and reload, and exits 0', async () => {
    const { exitCode, stdout } = await leakgate(['run', 'auto-reload', ...SMALL], folder.path);
    expect(stdout).toMatch(/LEAK .*auto-reload.*leaky/);
    expect(stdout).toMatch(/steady .*auto-reload.*fixed/);
    expect(exitCode).toBe(0);
    const files = readdirSync(join(folder.path, 'result')).sort();
    expect(files).toEqual(['heap-growth.svg', 'report.html', 'report.json', 'report.md', 'samples.jsonl']);
    const rates = (build: string) => {
      const trial = report().trials.find(judged => judged.result.trial.build === build);
      const slope = (metric: string) =>
        trial?.verdict.estimates.find(({ metric: { name } }) => name === metric)?.slope;
      return { timers: slope('timers'), zones: slope('instances.Zone') };
    };
    expect(rates('leaky')).toEqual({ timers: 3, zones: 3 });
    expect(rates('fixed')).toEqual({ timers: 0, zones: 0 });
  });

  test('exits 1 when a build expected to be steady leaks', async () => {
    const { exitCode, stdout } = await leakgate(['run', ...QUICK_LEAK, '--no-evidence'], folder.path);
    expect(stdout).toContain('LEAK');
    expect(exitCode).toBe(1);
  });

  test('exits 1 when a build expected to leak is steady', async () => {
    const { exitCode } = await leakgate(['run', fixture('claims-to-leak'), '--out', 'result'], folder.path);
    expect(exitCode).toBe(1);
  });

  test('exits 0 for a module of the user that keeps nothing, and says what it would have caught', async () => {
    const { exitCode, stdout } = await leakgate(
      ['run', fixture('keeps-nothing'), '--out', 'result'],
      folder.path,
    );
    expect(stdout).toMatch(/would have caught/);
    expect(exitCode).toBe(0);
  });

  test('judges by its own clock a subject that stops all clocks and timers', async () => {
    const args = ['run', fixture('stops-clocks'), '--budget', '2s', '--no-evidence', '--out', 'result'];
    const { exitCode, stdout } = await leakgate(args, folder.path);
    expect(stdout).toMatch(/steady .*clean/);
    expect(stdout).toMatch(/LEAK .*leaky/);
    expect(exitCode).toBe(0);
    for (const { result } of report().trials) expect(result.warmup?.elapsed).toBeGreaterThan(0);
    const elapsed = events().flatMap(event => (event.type === 'sample' ? event.sample.elapsed : []));
    expect(Math.min(...elapsed)).toBeGreaterThan(0);
  });

  test('measures and explains a subject that freezes process, and what all objects inherit from', async () => {
    const args = ['run', fixture('freezes-all'), '--out', 'result'];
    const { exitCode, stdout } = await leakgate(args, folder.path);
    expect(stdout).toMatch(/LEAK .*freezes-all/);
    expect(stdout).toContain('freezes-all.mjs:11');
    expect(exitCode).toBe(0);
  });

  test('exits 1 when the subject throws, keeps the samples taken so far, and goes on with the next scenario', async () => {
    const scenarios = [fixture('throws-midway'), fixture('keeps-nothing')];
    const { exitCode, stdout } = await leakgate(['run', ...scenarios, '--out', 'result'], folder.path);
    expect(stdout).toContain('the subject gave up');
    expect(exitCode).toBe(1);
    const kept = events().filter(event => event.type === 'sample' && event.trial.startsWith('throws-midway'));
    expect(kept.length).toBeGreaterThan(2);
    expect(
      report().trials.find(judged => judged.result.trial.scenario === 'keeps-nothing')?.verdict.outcome,
    ).toBe('steady');
  });

  test('exits 2 with one line for a scenario that does not exist', async () => {
    const { exitCode, stderr } = await leakgate(['run', 'no-such-scenario'], folder.path);
    expect(stderr).toMatch(/^leakgate: Cannot find the scenario .*auto-reload.*"no-such-scenario"\n$/);
    expect(exitCode).toBe(2);
  });

  test('exits 2 and names the option for a wrong command line', async () => {
    const { exitCode, stderr } = await leakgate(['run', '--iteration', '5'], folder.path);
    expect(stderr).toContain('--iterations');
    expect(exitCode).toBe(2);
  });

  test('takes any option of a trial with --option, and a flag of its own wins', async () => {
    const options = [
      '--option',
      'warmupLimit=40',
      '--option',
      'windows=9',
      '--option',
      'budget=0',
      '--windows',
      '12',
    ];
    await leakgate(['run', fixture('keeps-nothing'), ...options, '--out', 'result'], folder.path);
    expect(report().trials[0]?.result.trial.options).toMatchObject({ warmupLimit: 40, windows: 12 });
  });

  test('refuses an option that is unknown or out of range, and leaves an older report alone', async () => {
    await leakgate(['run', fixture('keeps-nothing'), '--out', 'result'], folder.path);
    const run = ['run', fixture('keeps-nothing'), '--out', 'result', '--option'];
    const unknown = await leakgate([...run, 'warmuplimit=40'], folder.path);
    expect(unknown.stderr).toMatch(
      /^leakgate: .*its options must be among iterations, .*"warmuplimit"; did you mean "warmupLimit"\?\n$/,
    );
    const outside = await leakgate([...run, 'confidence=2'], folder.path);
    expect(outside.stderr).toMatch(/^leakgate: .* confidence must be > 0 and < 1: current value is 2\n$/);
    const flags = await leakgate([...run, 'nodeFlags=["--no-such-flag"]'], folder.path);
    expect(flags.stderr).toMatch(
      /^leakgate: Cannot use these flags as Node must accept them: --no-such-flag/,
    );
    expect([unknown, outside, flags].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
    expect(report().trials).toHaveLength(1);
  });

  test('prints only JSON to standard output with --json', async () => {
    const { stdout } = await leakgate(['run', fixture('keeps-nothing'), '--json'], folder.path);
    expect(readReport(stdout).trials).toHaveLength(1);
  });

  test('prints no control codes when piped, and colours when told to', async () => {
    const piped = await leakgate(['run', fixture('keeps-nothing')], folder.path, { FORCE_COLOR: '' });
    expect(piped.stdout + piped.stderr).not.toContain('\u001b');
    const forced = await leakgate(['run', fixture('keeps-nothing')], folder.path, { FORCE_COLOR: '1' });
    expect(forced.stdout).toContain('\u001b[');
    const refused = await leakgate(['run', fixture('keeps-nothing')], folder.path, {
      FORCE_COLOR: '1',
      NO_COLOR: '1',
    });
    expect(refused.stdout).not.toContain('\u001b');
  });

  test('ends its children at the first Ctrl-C, keeps what was measured, and exits 130', async () => {
    const child = start(['run', fixture('endless'), '--out', 'result'], folder.path);
    const end = finished(child);
    const samples = join(folder.path, 'result/samples.jsonl');
    while (!existsSync(samples) || !readFileSync(samples, 'utf8').includes('trial:start')) {
      await new Promise(resolve_ => setTimeout(resolve_, 50));
    }
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await end;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Ending what runs; Ctrl-C again kills it\n');
    expect(stdout).toContain('interrupted, so that what there is decides nothing');
    const { trials, interrupted, exitCode: code } = report();
    expect(trials.map(({ result }) => result)).toMatchObject([
      { outcome: 'faulted', fault: { kind: 'interrupted' } },
    ]);
    expect({ interrupted, code }).toEqual({ interrupted: true, code: 2 });
    expect(events().map(({ type }) => type)).toEqual(
      expect.arrayContaining(['trial:start', 'trial:end', 'end']),
    );
  });

  test.skipIf(process.platform === 'win32')(
    'ends as at Ctrl-C when the npx that started it is gone',
    async () => {
      const command = `"${process.execPath}" "${resolve('dist/scripts/leakgate.js')}" run "${fixture('endless')}" --out result & wait`;
      const env = { ...process.env, npm_command: 'exec' };
      const npx = spawn('sh', ['-c', command], { cwd: folder.path, env, stdio: 'ignore' });
      const samples = join(folder.path, 'result/samples.jsonl');
      while (!existsSync(samples) || !readFileSync(samples, 'utf8').includes('trial:start')) {
        await new Promise(resolve_ => setTimeout(resolve_, 50));
      }
      npx.kill('SIGKILL');
      await vi.waitFor(() => expect(report().interrupted).toBe(true), { timeout: 60_000, interval: 200 });
    },
  );

  test('leaves enough of a run that is killed for render to show it', async () => {
    const child = start(['run', fixture('endless'), '--out', 'result'], folder.path);
    const end = finished(child);
    const samples = join(folder.path, 'result/samples.jsonl');
    while (!existsSync(samples) || !readFileSync(samples, 'utf8').includes('"sample","trial":"endless')) {
      await new Promise(resolve_ => setTimeout(resolve_, 50));
    }
    child.kill('SIGKILL');
    await end;
    expect(existsSync(join(folder.path, 'result/report.json'))).toBe(false);
    const { exitCode, stdout, stderr } = await leakgate(['render', 'result'], folder.path);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^No report was written: this is what .*samples\.jsonl has of the run, without its evidence\nDrew /,
    );
    expect(stdout).toMatch(/^INTERRUPTED +endless default .*during the iterations from 0 on; 1 sample kept/);
    expect(stdout).toMatch(/the run was interrupted, so that what there is decides nothing/);
    const compared = await leakgate(['compare', 'result', 'result'], folder.path);
    expect(compared.exitCode).toBe(2);
    expect(compared.stderr).toMatch(
      /its run was killed or goes on, and "leakgate render result" shows what it has$/m,
    );
    // The newest run in out/, whether it was killed or not.
    mkdirSync(join(folder.path, 'out'));
    renameSync(join(folder.path, 'result'), join(folder.path, 'out/killed'));
    expect((await leakgate(['render'], folder.path)).stdout).toMatch(/^INTERRUPTED +endless default /);
  });

  test('a report is shown where its events are named, which lack its evidence', async () => {
    await leakgate(['run', fixture('keeps-nothing'), '--out', 'result'], folder.path);
    const { stdout, stderr } = await leakgate(['render', 'result/samples.jsonl'], folder.path);
    expect(stderr).toMatch(/^Drew /);
    expect(stdout).toMatch(/^steady +keeps-nothing default /);
  });

  test('kills its children and ends at the second Ctrl-C, waiting for nothing', async () => {
    const temporary = join(folder.path, 'temporary');
    mkdirSync(temporary);
    const args = ['run', fixture('stubborn'), '--jobs', '1', '--out', 'result'];
    const child = start(args, folder.path, { TMPDIR: temporary, TEMP: temporary });
    const end = finished(child);
    const told = join(folder.path, 'pid');
    while (!existsSync(told) || readFileSync(told, 'utf8') === '') {
      await new Promise(resolve_ => setTimeout(resolve_, 50));
    }
    const pid = Number(readFileSync(told, 'utf8'));
    expect(() => process.kill(pid, 0)).not.toThrow();
    const ending = new Promise<void>(resolve_ => {
      child.stderr?.on('data', text => String(text).includes('Ctrl-C again') && resolve_());
    });
    child.kill('SIGINT');
    await ending;
    // npx passes on what the terminal has sent already.
    child.kill('SIGINT');
    await new Promise(resolve_ => setTimeout(resolve_, 200));
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect((await end).exitCode).toBe(130);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 10_000);
    expect(existsSync(join(folder.path, 'result/report.json'))).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test.each(['run', 'explain', 'certify'])(
    '%s exits 130 at Ctrl-C while a scenario is still being loaded',
    async command => {
      const scenario = join(folder.path, 'loads-for-ever.mjs');
      const loading = join(folder.path, 'loading');
      writeFileSync(
        scenario,
        `import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(loading)}, '');
      await new Promise(resolve => setTimeout(resolve, 60_000));`,
      );
      const child = start([command, scenario, '--out', 'result'], folder.path);
      const end = finished(child);
      while (!existsSync(loading)) await new Promise(resolve_ => setTimeout(resolve_, 50));
      child.kill('SIGINT');
      const { exitCode, stderr } = await end;
      expect(exitCode).toBe(130);
      expect(stderr).toBe('Ending what runs; Ctrl-C again kills it\nInterrupted before the first trial\n');
    },
  );
});

describe('leakgate render', () => {
  test('redraws a saved report without a new run', async () => {
    await leakgate(['run', ...QUICK_LEAK], folder.path);
    const before = readFileSync(join(folder.path, 'result/heap-growth.svg'), 'utf8');
    const { exitCode, stdout } = await leakgate(['render', 'result', '--out', 'redrawn'], folder.path);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/LEAK .*keeps-everything/);
    expect(readFileSync(join(folder.path, 'redrawn/heap-growth.svg'), 'utf8')).toBe(before);
    const page = (run: string) => readFileSync(join(folder.path, run, 'report.html'), 'utf8');
    expect(page('redrawn')).toBe(page('result'));
  });

  test('prints the format asked for', async () => {
    await leakgate(['run', fixture('keeps-nothing'), '--out', 'result'], folder.path);
    const saved = readFileSync(join(folder.path, 'result/report.md'), 'utf8');
    const { stdout } = await leakgate(['render', 'result', '--format', 'markdown'], folder.path);
    expect(stdout).toBe(saved);
    const { stderr, exitCode } = await leakgate(['render', 'result', '--format', 'pdf'], folder.path);
    expect(stderr).toContain('text, markdown, html, json, svg, png');
    expect(exitCode).toBe(2);
  });

  test('refuses a report of a newer major version', async () => {
    await leakgate(['run', fixture('keeps-nothing'), '--out', 'result'], folder.path);
    const newer = JSON.stringify({ ...report(), schemaVersion: '99.0.0' });
    writeFileSync(join(folder.path, 'newer.json'), newer);
    const { exitCode, stderr } = await leakgate(['render', 'newer.json'], folder.path);
    expect(stderr).toContain('99.0.0');
    expect(exitCode).toBe(2);
  });
});

describe('leakgate list and doctor', () => {
  test('lists every scenario with its builds', async () => {
    const { stdout, exitCode } = await leakgate(['list'], folder.path);
    for (const name of [
      'auto-reload',
      'failed-reload',
      'zone-churn',
      'queries-under-reload',
      'queries-only',
      'fuzz',
    ]) {
      expect(stdout).toContain(name);
    }
    expect(stdout).toContain('leaky: leak');
    expect(exitCode).toBe(0);
  });

  test('lists the probes of the measured process with unit, kind and whether they work here', async () => {
    const { stdout } = await leakgate(['list'], folder.path);
    expect(stdout).toMatch(
      /^ {2}timers\n {4}active timers.*\n {4}kind +exact\n {4}unit +timers\n {4}here +yes$/m,
    );
    const { probes } = JSON.parse((await leakgate(['list', '--json'], folder.path)).stdout) as {
      probes: readonly ProbeDescription[];
    };
    expect(probes.map(({ name }) => name)).toContain('population');
    expect(probes.find(({ name }) => name === 'immediates')).toEqual({
      name: 'immediates',
      counts: expect.any(String),
      metrics: [{ name: 'immediates', unit: 'immediates', kind: 'exact' }],
    });
  });

  test('says whether memwatch can be used', async () => {
    const { stdout, exitCode } = await leakgate(['doctor'], folder.path);
    expect(stdout).toMatch(/^(ok|missing) +--heap-diff memwatch/m);
    expect(exitCode).toBe(0);
  });
});
