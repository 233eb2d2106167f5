import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderCertification } from '../../reports/certification.ts';
import { renderCertificationJson } from '../../reports/certification-json.ts';
import { renderJson } from '../../reports/json.ts';
import { renderPowerChart } from '../../reports/power-chart.ts';
import { main } from '../../scripts/cli.ts';
import { exampleCertification } from '../support/certified.ts';
import { temporaryFolder } from '../support/cli.ts';
import { cleanReport } from '../support/report-fixture.ts';
import { surroundings } from '../support/surroundings.ts';

const EXAMPLE = exampleCertification();
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'run'));
  writeFileSync(join(folder.path, 'run/certification.json'), renderCertificationJson(EXAMPLE));
});
afterEach(() => folder.remove());

async function render(...args: string[]) {
  const { here, stdout, stderr } = surroundings(folder.path);
  const exitCode = await main(['render', ...args], here);
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

test.each(['run', 'run/certification.json'])('shows and redraws %s', async path => {
  const { exitCode, stdout } = await render(path);
  expect([exitCode, stdout]).toEqual([0, renderCertification(EXAMPLE, { width: 120, color: false })]);
  expect(readdirSync(join(folder.path, 'run')).sort()).toEqual([
    'certification.json',
    'certification.md',
    'power.png',
    'power.svg',
  ]);
  expect(readFileSync(join(folder.path, 'run/power.svg'), 'utf8')).toBe(renderPowerChart(EXAMPLE));
});

test('draws in dark colours into the folder that is asked for', async () => {
  const { stderr } = await render('run', '--dark', '--out', 'drawn');
  expect(stderr).toContain(`Drew ${join(folder.path, 'drawn/power-dark.png')}\n`);
  const svg = readFileSync(join(folder.path, 'drawn/power-dark.svg'), 'utf8');
  expect(svg).toBe(renderPowerChart(EXAMPLE, 'dark'));
  const markdown = readFileSync(join(folder.path, 'drawn/certification.md'), 'utf8');
  expect(markdown).toContain('](power-dark.svg)');
  expect((await render('run', '--dark', '--format', 'markdown')).stdout).toBe(markdown);
});

test('prints one format', async () => {
  expect((await render('run', '--format', 'svg')).stdout).toBe(renderPowerChart(EXAMPLE));
  expect(JSON.parse((await render('run', '--format', 'json')).stdout)).toEqual(EXAMPLE);
  expect(readdirSync(join(folder.path, 'run'))).toEqual(['certification.json']);
});

test.each([
  { args: ['--format', 'html'], message: 'must be one of text, markdown, json, svg, png' },
  { args: ['--chart', 'heap'], message: '--chart must be left out' },
  { args: ['--width', '800'], message: '--width must be left out' },
])('refuses $args', async ({ args, message }) => {
  const { exitCode, stderr } = await render('run', ...args);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('shows one that was interrupted, and says so', async () => {
  const text = renderCertificationJson({ ...EXAMPLE, complete: false });
  writeFileSync(join(folder.path, 'run/certification.json'), text);
  expect(await render('run')).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^Interrupted: /) });
});

test('a report in the same folder goes first', async () => {
  writeFileSync(join(folder.path, 'run/report.json'), renderJson(cleanReport(1)));
  expect((await render('run')).stdout).toContain('auto-reload fixed');
});

test('stands beside no run, and is none that was killed', async () => {
  writeFileSync(join(folder.path, 'run/samples.jsonl'), '{"type":"plan","trials":[]}\n');
  const { exitCode, stderr } = await render('run', 'run');
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    'leakgate: Cannot set runs side by side as each must be a run: run is a certification\n',
  );
  const { here, stderr: said } = surroundings(folder.path);
  expect(await main(['compare', 'run', 'run'], here)).toBe(2);
  expect(said()).toMatch(/as the file must be readable: ENOENT[^;]*report\.json'\n$/);
});
