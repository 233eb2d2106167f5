import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JudgedTrial } from '../../harness/model.ts';
import { readReport } from '../../reports/saved-report.ts';
import { leakgate, temporaryFolder } from '../support/cli.ts';

// Several processes per test, on machines that may be busy.
vi.setConfig({ testTimeout: 240_000 });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Keeps an object that no census counts, once in 20 iterations, beside an array of 72 MB. */
const LARGE = `const pages = new Array(9_000_000).fill(1);
const kept = [];
export default {
  name: 'large',
  iterate(_, iteration) {
    if (iteration % 20 === 3) kept.push(Object.assign(Object.create(null), { iteration }));
    return pages.length;
  },
};
`;

const corpus = (path: string) => resolve('tests/corpus', path);

test('confirms a leak by running on, and names the class that is kept', async () => {
  const { trial, stdout } = await judged('leaks/null-prototype.mjs');
  expect(trial.verdict.outcome).toBe('leak');
  expect(trial.result.stages.length).toBeGreaterThan(1);
  expect(stdout).toMatch(/kept: .*Object \{/s);
  expect(stdout).toMatch(/ran on to [\d,]+ iterations/);
});

test('runs on until a cache of one and a half times the planned length is full, and calls it a plateau', async () => {
  const { trial } = await judged('decoys/lru-beyond.mjs');
  expect(trial.verdict.outcome).toBe('steady');
  expect(trial.verdict.plateaus.length).toBeGreaterThan(0);
});

test('runs no longer than planned where the limit or the budget forbids it', async () => {
  const limited = await judged('leaks/null-prototype.mjs', '--max-iterations', '2000');
  expect(limited.trial.result.stages).toHaveLength(1);
  const hurried = await judged('leaks/null-prototype.mjs', '--budget', '0');
  expect(hurried.trial.result.stages).toHaveLength(1);
});

test('takes heap snapshots from the first iteration on request, and none where that is forbidden', async () => {
  const always = await judged('leaks/null-prototype.mjs', '--snapshots', 'always', '--budget', '0');
  expect(always.trial.series.some(({ metric }) => metric.name === 'heap.used')).toBe(true);
  expect(always.trial.result.stages[0]?.snapshots).toBe(true);
  const never = await judged('leaks/null-prototype.mjs', '--snapshots', 'never');
  expect(never.stdout).not.toContain('kept:');
});

test('does not call steady what grows in a heap that is too large for snapshots', async () => {
  const path = join(folder.path, 'large.mjs');
  writeFileSync(path, LARGE);
  const { stdout, exitCode } = await leakgate(['run', path, '--iterations', '1000'], folder.path);
  expect(stdout).toMatch(/^inconclusive +large .*too large for the heap\s+snapshots/s);
  expect(stdout).toContain('warning large/default/1: its heap of 7');
  expect(exitCode).toBe(3);
});

test('refuses a budget that is no time', async () => {
  const { exitCode, stderr } = await leakgate(['run', '--budget', 'soon'], folder.path);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('It must be a time with its unit, such as 30s, 500ms or 2min.');
});

async function judged(scenario: string, ...args: string[]): Promise<{ trial: JudgedTrial; stdout: string }> {
  const run = ['run', corpus(scenario), '--no-evidence', '--out', 'result'];
  const { stdout } = await leakgate([...run, ...args], folder.path);
  const report = readReport(readFileSync(join(folder.path, 'result/report.json'), 'utf8'));
  const [trial] = report.trials;
  if (!trial) throw new Error('No trial was run');
  return { trial, stdout };
}
