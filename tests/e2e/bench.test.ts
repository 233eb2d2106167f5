import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { readReport } from '../../reports/saved-report.ts';
import { leakgate, temporaryFolder } from '../support/cli.ts';

vi.setConfig({ testTimeout: 180_000 });

const SIZES = ['--iterations', '300', '--set', 'zones=3', '--set', 'records=10', '--option', 'budget=0'];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function report(): Report {
  return readReport(readFileSync(join(folder.path, 'result/report.json'), 'utf8'));
}

test('measures, times fresh and aged engines, shows the JIT, draws, and exits 0', async () => {
  const { exitCode, stdout } = await leakgate(
    ['bench', 'auto-reload', ...SIZES, '--ages', '0,50', '--out', 'result'],
    folder.path,
  );
  expect(exitCode).toBe(0);
  expect(readdirSync(join(folder.path, 'result')).sort()).toEqual([
    'heap-growth.png',
    'heap-growth.svg',
    'report.html',
    'report.json',
    'report.md',
    'samples.jsonl',
  ]);
  expect(stdout).toMatch(/fixed \(JIT on\) .* shown only/);
  expect(stdout).toMatch(/^Time per operation/m);
  expect(stdout).toMatch(/^query\n {2}fixed .*\n {2}leaky .*\nreload\n {2}fixed .*\n {2}leaky /m);
  const ages = (build: string) =>
    report()
      .timings.filter(timing => timing.build === build)
      .map(({ age }) => age);
  expect(ages('leaky')).toEqual([0, 0, expect.any(Number), expect.any(Number)]);
  expect(Math.min(...ages('leaky').slice(2))).toBeGreaterThanOrEqual(50);
  expect(ages('fixed')).toEqual(ages('leaky'));
});

test('times no engine where none is driven', async () => {
  const path = resolve('tests/e2e/scenarios/keeps-nothing.mjs');
  const args = ['bench', path, '--iterations', '100', '--option', 'budget=0', '--out', 'result'];
  const { stdout } = await leakgate(args, folder.path);
  expect(stdout).not.toContain('Time per operation');
  expect(report().trials.length).toBeGreaterThan(0);
});

test('refuses ages where no engine is driven', async () => {
  const path = resolve('tests/e2e/scenarios/keeps-nothing.mjs');
  const { exitCode, stderr } = await leakgate(['bench', path, '--ages', '0,50'], folder.path);
  expect(stderr).toContain(
    "Cannot time at --ages as a scenario must drive leakgate's own engine, which alone is timed: none of keeps-nothing does",
  );
  expect(exitCode).toBe(2);
});

test('times the builds that were asked for', async () => {
  await leakgate(
    [
      'bench',
      'auto-reload',
      ...SIZES,
      '--iterations',
      '50',
      '--build',
      'fixed',
      '--ages',
      '0',
      '--out',
      'result',
    ],
    folder.path,
  );
  expect(report().timings.map(({ build, operation }) => `${build} ${operation}`)).toEqual([
    'fixed query',
    'fixed reload',
  ]);
});

test('refuses ages that are no whole numbers', async () => {
  const { exitCode, stderr } = await leakgate(['bench', '--ages', '0,old'], folder.path);
  expect(stderr).toContain('whole numbers');
  expect(exitCode).toBe(2);
});
