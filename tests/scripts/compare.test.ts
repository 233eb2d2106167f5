import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault, JudgedTrial, Metric, Report } from '../../harness/model.ts';
import { renderJson } from '../../reports/json.ts';
import { compare } from '../../scripts/compare.ts';
import { temporaryFolder } from '../support/cli.ts';
import { cleanReport, exampleReport } from '../support/report-fixture.ts';
import { surroundings } from '../support/surroundings.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  save('base.json', heapOnly());
});
afterEach(() => folder.remove());

/** The example without the counts, which as given here are no input for a comparison. */
function heapOnly(): Report {
  const report = exampleReport();
  return {
    ...report,
    trials: report.trials.map(judged => ({
      ...judged,
      verdict: {
        ...judged.verdict,
        estimates: judged.verdict.estimates.filter(({ method }) => method !== 'exact'),
      },
    })),
  };
}

function save(name: string, report: Report): void {
  writeFileSync(join(folder.path, name), renderJson(report));
}

/** Compares the example with one of which every trial ended in this fault. */
function against(kind: Fault['kind']): { exitCode: number; stdout: string } {
  const fault: Fault = { kind, message: 'ended', detail: '', during: 'setup' };
  const { trials, ...rest } = heapOnly();
  save('head.json', {
    ...rest,
    trials: trials.map(judged => ({ ...judged, result: { ...judged.result, outcome: 'faulted', fault } })),
  });
  const { here, stdout } = surroundings(folder.path);
  return { exitCode: compare({ base: 'base.json', head: 'head.json', json: false }, here), stdout: stdout() };
}

describe('a head', () => {
  test('that was interrupted decides nothing', () => {
    const { exitCode, stdout } = against('interrupted');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('note head.json was interrupted, so that it decides nothing');
    expect(stdout).not.toMatch(/Growth|faulted/);
  });

  test('that crashed is worse', () => {
    const { exitCode, stdout } = against('crashed');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('auto-reload fixed: faulted in head.json');
  });
});

test('what faulted without having been in the base is told, and leaves the answer open', () => {
  const { trials: measured, ...rest } = cleanReport();
  const trials = measured.map(judged => ({ ...judged, verdict: { ...judged.verdict, estimates: [] } }));
  const fault: Fault = { kind: 'crashed', message: 'ended', detail: '', during: 'setup' };
  const faulted = trials.map(({ result, ...judged }) => ({
    ...judged,
    result: {
      ...result,
      trial: { ...result.trial, scenario: 'new' },
      outcome: 'faulted' as const,
      fault,
    },
  }));
  save('clean.json', { ...rest, trials });
  save('head.json', { ...rest, trials: [...trials, ...faulted] });
  const { here, stdout } = surroundings(folder.path);
  expect(compare({ base: 'clean.json', head: 'clean.json', json: false }, here)).toBe(0);
  expect(compare({ base: 'clean.json', head: 'head.json', json: false }, here)).toBe(3);
  expect(stdout()).toMatch(/note new \w+: faulted in head\.json/);
  expect(compare({ base: 'head.json', head: 'clean.json', json: false }, here)).toBe(0);
  expect(stdout()).toMatch(/note new \w+: not in clean\.json/);
  const mended = trials.map(({ result, ...judged }) => ({
    ...judged,
    result: { ...result, trial: { ...result.trial, scenario: 'new' } },
  }));
  save('mended.json', { ...rest, trials: [...trials, ...mended] });
  expect(compare({ base: 'head.json', head: 'mended.json', json: false }, here)).toBe(3);
  expect(stdout()).toMatch(/note new \w+: faulted in head\.json, so not compared/);
  save('faulted.json', { ...rest, trials: faulted });
  expect(() => compare({ base: 'clean.json', head: 'faulted.json', json: false }, here)).toThrow(
    /faulted\.json has new \w+ \(faulted\)/,
  );
});

test('sizes in another order and another patch of Node are no difference; other sizes are', () => {
  const withSizes = (parameters: Record<string, number>, node: string): Report => {
    const report = heapOnly();
    const trials = report.trials.map(judged => ({
      ...judged,
      result: { ...judged.result, trial: { ...judged.result.trial, parameters } },
    }));
    return { ...report, environment: { ...report.environment, node }, trials };
  };
  const said = (parameters: Record<string, number>, node: string) => {
    save('base.json', withSizes({ zones: 10, records: 100 }, '20.19.0'));
    save('head.json', withSizes(parameters, node));
    const { here, stdout } = surroundings(folder.path);
    compare({ base: 'base.json', head: 'head.json', json: false }, here);
    return stdout();
  };
  expect(said({ records: 100, zones: 10 }, '20.20.2')).not.toContain('differ:');
  expect(said({ records: 50, zones: 10 }, '20.20.2')).toContain('parameters differ: ');
  expect(said({ records: 100, zones: 10 }, '22.1.0')).toContain('node differ: 20.19.0, then 22.1.0');
});

/** Compares the steady trial of the example with itself once it is changed. */
function againstSteady(change: (judged: JudgedTrial) => JudgedTrial): { exitCode: number; stdout: string } {
  const { trials, ...rest } = heapOnly();
  const steady = trials.filter(({ verdict }) => verdict.outcome === 'steady').slice(0, 1);
  save('steady.json', { ...rest, trials: steady });
  save('head.json', { ...rest, trials: steady.map(change) });
  const { here, stdout } = surroundings(folder.path);
  return {
    exitCode: compare({ base: 'steady.json', head: 'head.json', json: false }, here),
    stdout: stdout(),
  };
}

test('what was steady and leaks leaves the answer open, if no metric certainly grew by more', () => {
  const finding = heapOnly().trials.flatMap(({ verdict }) =>
    verdict.outcome === 'leak' ? verdict.findings : [],
  )[0];
  if (!finding) throw new Error('the example must have a leak');
  const leaking = againstSteady(({ verdict: { estimates, plateaus }, ...judged }) => ({
    ...judged,
    verdict: { outcome: 'leak', findings: [finding], estimates, plateaus },
  }));
  expect(leaking.exitCode).toBe(3);
  expect(leaking.stdout).toMatch(/note auto-reload fixed: steady in steady\.json, a leak in head\.json/);
  expect(againstSteady(judged => judged)).toMatchObject({
    exitCode: 0,
    stdout: expect.not.stringMatching(/leak|only in/),
  });
});

test('metrics that only one of them has are named, but for native memory', () => {
  const withOnly = (metric: Metric, { verdict, series, ...judged }: JudgedTrial): JudgedTrial => ({
    ...judged,
    verdict: { ...verdict, estimates: verdict.estimates.map(one => ({ ...one, metric })) },
    series: series.map(one => ({ ...one, metric })),
  });
  const external: Metric = { name: 'heap.external', unit: 'B', kind: 'bytes' };
  const native: Metric = { name: 'memory.native', unit: 'B', kind: 'pages' };
  const { exitCode, stdout } = againstSteady(judged => withOnly(external, judged));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/note auto-reload fixed: only in head\.json, so not compared: external memory/);
  expect(stdout).toMatch(/note auto-reload fixed: only in steady\.json, so not compared: heap\n/);
  expect(againstSteady(judged => withOnly(native, judged)).stdout).not.toContain('only in head');
});
