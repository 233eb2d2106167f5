import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

async function run(...args: string[]): Promise<{ readonly [build: string]: JudgedTrial }> {
  await leakgate(['run', ...args, '--no-evidence', '--out', 'result'], folder.path);
  const report = readReport(readFileSync(join(folder.path, 'result/report.json'), 'utf8'));
  return Object.fromEntries(report.trials.map(judged => [judged.result.trial.build, judged]));
}

function slope(judged: JudgedTrial | undefined, metric: string): number | undefined {
  return judged?.verdict.estimates.find(estimate => estimate.metric.name === metric)?.slope;
}

test('failed-reload: upstream keeps every zone and the walk timer of a failed reload, fixed keeps nothing', async () => {
  const trials = await run('failed-reload', '--iterations', '150', '--set', 'zones=2', '--set', 'records=5');
  expect(trials.upstream?.verdict.outcome).toBe('leak');
  expect(slope(trials.upstream, 'timers')).toBe(3);
  expect(trials.leaky?.verdict.outcome).toBe('leak');
  expect(slope(trials.leaky, 'timers')).toBe(2);
  expect(trials.fixed?.verdict.outcome).not.toBe('leak');
  expect(slope(trials.fixed, 'timers')).toBe(0);
});

test('zone-churn: the leaky build leaks, the fixed one keeps no timer', async () => {
  const trials = await run('zone-churn', '--iterations', '200', '--set', 'records=5');
  expect(trials.leaky?.verdict.outcome).toBe('leak');
  expect(trials.fixed?.verdict.outcome).not.toBe('leak');
  expect(slope(trials.fixed, 'timers')).toBe(0);
});

test('queries-only: no build leaves a timer, a descriptor or an object behind', async () => {
  const trials = await run('queries-only', '--iterations', '100', '--set', 'records=5');
  for (const build of ['fixed', 'leaky', 'upstream']) {
    expect(trials[build]?.result.outcome).toBe('completed');
    expect(trials[build]?.verdict.outcome).not.toBe('leak');
    expect(slope(trials[build], 'timers')).toBe(0);
  }
});

test('queries-under-reload: no answer is lost or wrong', async () => {
  const trials = await run('queries-under-reload', '--iterations', '150');
  for (const build of ['fixed', 'leaky']) {
    const { notes } = trials[build]!.result;
    expect(notes).toMatchObject({ lost: 0, wrong: 0, 'rate wanted': 6000 });
    expect(notes.answered).toBeGreaterThan(100);
    expect(notes['rate reached']).toBeGreaterThan(0);
  }
  expect(trials.leaky?.verdict.outcome).toBe('leak');
});

test('fuzz: mutated packets, Corefiles and zone files end no trial', async () => {
  const trials = await run('fuzz', '--iterations', '40');
  expect(trials.fixed?.result.outcome).toBe('completed');
  expect(trials.fixed?.verdict.outcome).not.toBe('leak');
  const { sent, answered, texts, refused } = trials.fixed!.result.notes as {
    readonly [note: string]: number;
  };
  // Of 40 measured rounds and those of the warm-up; responses and cut headers are not answered.
  expect(sent).toBeGreaterThanOrEqual(6000);
  expect(trials.fixed!.result.notes.dropped ?? 0).toBe(0);
  expect(answered).toBeGreaterThan(sent! / 2);
  expect(answered).toBeLessThan(sent!);
  expect(refused).toBeGreaterThan(texts! / 10);
  expect(refused).toBeLessThan(texts!);
});

test('--heap-diff memwatch shows the classes that grew, or one line that says why not', async () => {
  const small = ['auto-reload', '--iterations', '60', '--set', 'zones=2', '--set', 'records=5'];
  const { stdout } = await leakgate(
    ['run', ...small, '--no-evidence', '--heap-diff', 'memwatch'],
    folder.path,
  );
  expect(stdout).toMatch(/Heap diff by class|warning no heap diff by class/);
});
