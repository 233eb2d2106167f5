import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderJson } from '../../reports/json.ts';
import { leakgate, temporaryFolder } from '../support/cli.ts';
import { cleanReport, exampleReport } from '../support/report-fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  for (const [name, report] of [['main', cleanReport(1)] as const, ['branch', cleanReport(2)] as const]) {
    mkdirSync(join(folder.path, 'runs', name), { recursive: true });
    writeFileSync(join(folder.path, 'runs', name, 'report.json'), renderJson(report));
  }
});
afterEach(() => folder.remove());

test('redraws the page and the heap beside the report', async () => {
  const { exitCode, stdout, stderr } = await leakgate(['render', 'runs/main'], folder.path);
  expect([exitCode, stdout.includes('LEAK')]).toEqual([0, true]);
  expect(stdout).toMatch(/\nthe run had exit code 0: every build did what its scenario expects/);
  expect(stderr).toContain(`Drew ${join(folder.path, 'runs/main/heap-growth.png')}`);
  expect(files('runs/main')).toEqual(['heap-growth.png', 'heap-growth.svg', 'report.html', 'report.json']);
});

test('takes the newest run that has something to draw where none is named', async () => {
  const explained = { ...cleanReport(1), trials: [] };
  for (const [name, report, age] of [
    ['run', cleanReport(1), 3],
    ['older', cleanReport(2), 5],
    ['explain', explained, 1],
  ] as const) {
    const path = join(folder.path, 'out', name, 'report.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, renderJson(report));
    utimesSync(path, age, 1_000_000 - age);
  }
  writeFileSync(join(folder.path, 'out/trend.svg'), '');
  const { exitCode, stderr } = await leakgate(['render'], folder.path);
  expect([exitCode, stderr.split('\n')[0]]).toEqual([0, `Drew ${join(folder.path, 'out/run/report.html')}`]);
});

test('draws every chart in the size and colours asked for', async () => {
  const args = ['render', 'runs/main', '--chart', 'all', '--dark', '--width', '700', '--out', 'drawn'];
  expect((await leakgate(args, folder.path)).exitCode).toBe(0);
  expect(files('drawn')).toEqual([
    'handles-growth-dark.png',
    'handles-growth-dark.svg',
    'heap-growth-dark.png',
    'heap-growth-dark.svg',
    'report.html',
    'timers-growth-dark.png',
    'timers-growth-dark.svg',
  ]);
  expect(readFileSync(join(folder.path, 'drawn/timers-growth-dark.svg'), 'utf8')).toMatch(
    /^<svg [^>]*width="700"/,
  );
});

test('prints one chart or the page', async () => {
  const svg = await leakgate(['render', 'runs/main', '--format', 'svg', '--chart', 'timers'], folder.path);
  expect(svg.stdout).toContain('<title>Timer growth: auto-reload</title>');
  const html = await leakgate(['render', 'runs/main', '--format', 'html'], folder.path);
  expect(html.stdout).toMatch(/^<!doctype html>\n.*<\/html>\n$/s);
  const undrawn = await leakgate(
    ['render', 'runs/main', '--format', 'markdown', '--width', '400'],
    folder.path,
  );
  expect(undrawn.exitCode).toBe(2);
  expect(undrawn.stderr).toContain('--width, --height and --dark must be left out beside --format markdown');
  const all = await leakgate(['render', 'runs/main', '--format', 'svg', '--chart', 'all'], folder.path);
  expect([all.exitCode, all.stderr]).toEqual([2, expect.stringContaining('--chart must name a single one')]);
});

test('sets several runs side by side, named by what tells their paths apart', async () => {
  const args = ['render', 'runs/main/report.json', 'runs/branch'];
  const { exitCode, stdout } = await leakgate(args, folder.path);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/steady\s+auto-reload fixed main\s+AS EXPECTED/);
  expect(files('runs/branch')).toEqual([
    'report.json',
    'runs-heap-growth.png',
    'runs-heap-growth.svg',
    'runs-report.html',
  ]);
});

test('names runs of one day by their time', async () => {
  for (const [from, to] of [
    ['main', '2026-11-29T09-10-43-run'],
    ['branch', '2026-11-29T09-11-05-run'],
  ] as const)
    renameSync(join(folder.path, 'runs', from), join(folder.path, 'runs', to));
  const { stdout } = await leakgate(
    ['render', ...readdirSync(join(folder.path, 'runs')).map(name => `runs/${name}`)],
    folder.path,
  );
  for (const name of ['10-43-run', '11-05-run'])
    expect(stdout).toMatch(new RegExp(`steady +auto-reload fixed ${name} +AS EXPECTED`));
});

test('numbers runs that have the same path', async () => {
  const { stdout } = await leakgate(['render', 'runs/main', 'runs/branch', 'runs/main'], folder.path);
  for (const name of ['main #1', 'branch', 'main #2'])
    expect(stdout).toMatch(new RegExp(`steady +auto-reload fixed ${name} +AS EXPECTED`));
});

test('draws a trend over a folder of reports, and says which it left out', async () => {
  writeFileSync(join(folder.path, 'runs/old.json'), renderJson(exampleReport()));
  writeFileSync(join(folder.path, 'runs/other.json'), '{"name":"not a report"}');
  writeFileSync(join(folder.path, 'runs/newer.json'), '{"schemaVersion":"9.0.0","trials":[]}');
  const { exitCode, stderr } = await leakgate(['render', '--trend', 'runs'], folder.path);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/Left out .*newer\.json: .*schemaVersion/);
  expect(stderr).not.toContain('other.json');
  expect(readFileSync(join(folder.path, 'runs/trend.svg'), 'utf8')).toContain('Growth over 3 runs');
});

test.each([
  { args: ['--trend', 'empty'], message: 'there must be reports in the folder' },
  { args: ['--trend', 'runs', 'runs/main'], message: '--trend must stand without reports' },
  { args: ['runs/main', '--width', '20'], message: 'It must be a number of pixels from 400 to 8000' },
  { args: ['runs/main', '--chart', 'cpu'], message: '--chart must be one of heap, timers, handles, all' },
])('refuses $args', async ({ args, message }) => {
  mkdirSync(join(folder.path, 'empty'));
  const { exitCode, stderr } = await leakgate(['render', ...args], folder.path);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

function files(path: string): string[] {
  return readdirSync(join(folder.path, path)).sort();
}
