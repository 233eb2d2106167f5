import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readReport } from '../../reports/saved-report.ts';
import { columnsOf } from '../../reports/wrap.ts';
import { finished, leakgate, temporaryFolder } from '../support/cli.ts';

vi.setConfig({ testTimeout: 120_000 });

const RUN = ['run', resolve('tests/e2e/scenarios/endless.mjs'), '--jobs', '1', '--out', 'result'];
/** util-linux has a pseudo-terminal for us; the `script` of other systems takes other options. */
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');

test.skipIf(!hasTerminal)(
  'on a terminal of 80 columns a line per trial is redrawn, and Ctrl-C ends it all',
  async () => {
    const folder = temporaryFolder();
    const command = [
      'exec',
      process.execPath,
      resolve('dist/scripts/leakgate.js'),
      ...RUN,
      '--iterations',
      '600',
    ];
    const terminal = spawn('script', ['-qec', `stty cols 80; ${command.join(' ')}`, '/dev/null'], {
      cwd: folder.path,
      env: { ...process.env, CI: '', GITHUB_ACTIONS: '', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const end = finished(terminal);
    await new Promise<void>(seen => {
      terminal.stdout.on('data', text => / left/.test(String(text)) && seen());
    });
    terminal.stdin.write('\u0003');
    const { exitCode, stdout } = await end;
    expect(exitCode).toBe(130);
    const lines = stdout.split(/\r?\n/);
    expect(
      lines.filter(line => /endless\/default\/1 +[█░]+ \d+\/\d+.* left$/.test(line)).length,
    ).toBeGreaterThan(0);
    expect(lines.filter(line => columnsOf(line) > 80)).toEqual([]);
    expect(stdout).toContain('Ending what runs; Ctrl-C again kills it');
    expect(stdout).toMatch(/INTERRUPTED +endless default/);
    const report = readReport(readFileSync(join(folder.path, 'result/report.json'), 'utf8'));
    expect(report.trials[0]?.series[0]?.points.length).toBeGreaterThan(1);
    folder.remove();
  },
);

test('in CI nothing is redrawn', async () => {
  const folder = temporaryFolder();
  const { stderr } = await leakgate([...RUN, '--iterations', '20', '--budget', '0'], folder.path, {
    CI: 'true',
  });
  for (const drawn of ['█', '\u001b']) expect(stderr).not.toContain(drawn);
  expect(stderr.split('\n').slice(0, 2)).toEqual([
    '1 trial and the null run planned',
    'started endless/default/1',
  ]);
  folder.remove();
});
