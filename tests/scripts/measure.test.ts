import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Trial } from '../../harness/model.ts';
import { environment } from '../../scripts/environment.ts';
import { type MeasureRequest, measure } from '../../scripts/measure.ts';
import { OutputFolder } from '../../scripts/output-folder.ts';
import { temporaryFolder } from '../support/cli.ts';
import { surroundings } from '../support/surroundings.ts';
import { trialOf } from '../support/trials.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Keeps a timer per iteration. */
const leaking = trialOf('timer-leak', {}, 'leaky', { leaks: true });

async function requestFor(trials: readonly Trial[]): Promise<MeasureRequest> {
  const output = new OutputFolder(join(folder.path, 'out'));
  output.begin();
  return {
    descriptions: [],
    trials,
    jobs: 1,
    heapDiff: false,
    environment: await environment([], folder.path),
    output,
  };
}

test('timings that fail take nothing from what was measured', async () => {
  const { here } = surroundings(folder.path);
  const row = { operation: 'query', build: 'fixed', age: 0, median: 1, p99: 2, samples: 9 };
  const timings = () => Promise.resolve({ rows: [row], failure: 'Cannot time the "leaky" build' });
  const request = await requestFor([trialOf('steady', { iterations: 14 })]);
  const report = await measure({ ...request, timings }, here, new AbortController().signal);
  expect(report.trials).toHaveLength(1);
  expect(report.timings).toEqual([row]);
  expect(report.warnings).toContainEqual({
    code: 'timings-failed',
    reason: 'Cannot time the "leaky" build',
  });
});

test('a leak is explained right after its trial, before the next begins', async () => {
  const { here, stderr } = surroundings(folder.path);
  const request = await requestFor([leaking, trialOf('steady', { iterations: 14 })]);
  const evidence = { keepSnapshots: false };
  const report = await measure({ ...request, evidence }, here, new AbortController().signal);
  expect(report.evidence).toMatchObject([{ scenario: 'timer-leak', outcome: 'completed' }]);
  expect(stderr()).toMatch(
    /done .*timer-leak.*LEAK.*\nLooking for what timer-leak leaky keeps\nstarted steady/s,
  );
});

test('an end while a leak is explained takes nothing from what was measured', async () => {
  const { here } = surroundings(folder.path);
  const controller = new AbortController();
  const write = (text: string | Uint8Array) => {
    if (String(text).includes('Looking for')) controller.abort();
    return true;
  };
  const request = { ...(await requestFor([leaking])), evidence: { keepSnapshots: false } };
  const report = await measure(request, { ...here, stderr: { write } }, controller.signal);
  expect(report.trials).toMatchObject([{ verdict: { outcome: 'leak' } }]);
  expect(report.interrupted).toBeUndefined();
  expect(report.evidence).toMatchObject([{ outcome: 'skipped', reason: 'interrupted' }]);
});

test('an end in a trial that follows one that leaked leaves the run undecided', async () => {
  const { here } = surroundings(folder.path);
  const controller = new AbortController();
  const write = (text: string | Uint8Array) => {
    if (String(text).includes('started waiting')) controller.abort();
    return true;
  };
  const trials = [leaking, trialOf('waiting')];
  const request = { ...(await requestFor(trials)), evidence: { keepSnapshots: false } };
  const report = await measure(request, { ...here, stderr: { write } }, controller.signal);
  expect(report).toMatchObject({ interrupted: true, exitCode: 2 });
  expect(report.evidence).toMatchObject([{ scenario: 'timer-leak', outcome: 'completed' }]);
});
