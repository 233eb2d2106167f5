import { describe, expect, test } from 'vitest';
import { UsageError } from '../harness/errors.ts';
import { mergeReports } from '../harness/merge.ts';
import type { JudgedTrial, NamedReport, Report } from '../harness/model.ts';
import { renderJson } from '../reports/json.ts';
import { readReport } from '../reports/saved-report.ts';
import { emptyReport, exampleReport } from './support/report-fixture.ts';

const WHOLE = { ...exampleReport(), warnings: [], timings: [], heapDiffs: [] };
const PLAN = WHOLE.trials.map(({ result }) => result.trial.id);

/** A third of the whole: every third trial. */
function third(index: number): Report {
  const trials = WHOLE.trials.filter((_, at) => at % 3 === index - 1);
  return { ...WHOLE, trials, elapsed: index * 1000, shard: { index, count: 3, plan: PLAN } };
}

const named = (...reports: readonly Report[]): NamedReport[] =>
  reports.map((report, at) => ({ name: `r${at + 1}`, report }));
const idsOf = ({ trials }: Report) => trials.map(({ result }) => result.trial.id);

describe('merged shards', () => {
  const merged = mergeReports(named(third(3), third(1), third(2)));

  test('are the whole again: trials in the order of the plan, with their verdicts', () => {
    expect(merged.trials).toEqual(WHOLE.trials);
    expect(merged.scenarios).toEqual(WHOLE.scenarios);
    expect(merged.exitCode).toBe(WHOLE.exitCode);
  });

  test('keep the environment, the trials and the null run of each', () => {
    expect(
      merged.parts?.map(({ shard, trials, nullRun }) => [shard?.index, trials.length, nullRun !== undefined]),
    ).toEqual([
      [3, 2, true],
      [1, 2, true],
      [2, 2, true],
    ]);
    expect(merged.elapsed).toBe(3000);
  });

  test('are a report like any other', () => {
    expect(readReport(renderJson(merged))).toEqual(merged);
  });

  test('are refused when one is missing, is there twice, or is of another plan', () => {
    expect(() => mergeReports(named(third(1), third(3)))).toThrow(
      'Cannot merge as every shard must be there: missing 2/3',
    );
    const empty = { ...third(1), trials: [] };
    expect(() => mergeReports(named(third(1), empty, third(2)))).toThrow(
      'each shard must be given once: 1/3 is in r1 and r2',
    );
    const other = { ...third(2), shard: { index: 2, count: 3, plan: ['x/y/1'] } };
    expect(() => mergeReports(named(third(1), other))).toThrow('shards must be of one plan');
    expect(() => mergeReports(named(third(1), other))).toThrow(UsageError);
  });

  test('are refused with what only explains, and has no verdict', () => {
    const nothing = { scenario: 'a', build: 'b', outcome: 'skipped', reason: 'it crashed' } as const;
    const explained: Report = { ...WHOLE, trials: [], evidence: [nothing] };
    expect(() => mergeReports(named(WHOLE, explained))).toThrow(
      'Cannot merge as each report must be of a run that measured: r2 only explains',
    );
  });

  test('may be empty, as long as not all are', () => {
    const shard = { index: 2, count: 2, plan: PLAN };
    const all = { ...WHOLE, shard: { ...shard, index: 1 } };
    const { nullRun: _, ...none } = { ...WHOLE, trials: [], exitCode: 0 as const, shard };
    expect(mergeReports(named(all, none)).exitCode).toBe(WHOLE.exitCode);
    const nothing = mergeReports(named({ ...none, shard: { ...shard, index: 1 } }, none));
    expect(nothing.exitCode).toBe(2);
  });
});

describe('merged reports', () => {
  const [leaky, fixed] = exampleReport().trials as [JudgedTrial, JudgedTrial];
  const of = (trials: readonly JudgedTrial[], more: Partial<Report> = {}): Report => ({
    ...emptyReport(),
    scenarios: WHOLE.scenarios.slice(0, 1),
    trials,
    ...more,
  });

  test('of different trials follow each other', () => {
    const merged = mergeReports(named(of([fixed]), of([leaky])));
    expect(idsOf(merged)).toEqual([fixed.result.trial.id, leaky.result.trial.id]);
    expect(merged.scenarios).toHaveLength(1);
    expect(merged.exitCode).toBe(0);
  });

  test('of the same trial are refused, by its name and theirs', () => {
    expect(() => mergeReports(named(of([fixed]), of([fixed])))).toThrow(
      'Cannot merge as each trial must be in one report: auto-reload/fixed/1 is in r1 and r2',
    );
  });

  test('are as bad as the worst of them, the null runs among them', () => {
    const wrong = { ...fixed, asExpected: false, verdict: leaky.verdict };
    expect(mergeReports(named(of([leaky]), of([wrong]))).exitCode).toBe(1);
    const harness = { ...WHOLE.nullRun!, verdict: leaky.verdict, asExpected: false };
    const merged = mergeReports(
      named(of([fixed], { nullRun: WHOLE.nullRun! }), of([leaky], { nullRun: harness })),
    );
    expect(merged.nullRun).toEqual(harness);
    expect(merged.exitCode).toBe(2);
  });

  test('decide nothing when one was interrupted', () => {
    const merged = mergeReports(named(of([fixed]), of([leaky], { interrupted: true, exitCode: 2 })));
    expect(merged).toMatchObject({ interrupted: true, exitCode: 2 });
  });

  test('warn of what they were measured with, where that differs, and keep all warnings', () => {
    const environment = { ...WHOLE.environment, node: '26.1.0' };
    const warnings = [{ code: 'heap-diff-skipped', reason: 'why' }] as const;
    const merged = mergeReports(named(of([fixed]), of([leaky], { environment, warnings })));
    expect(merged.warnings).toEqual([
      { code: 'parts-differ', setting: 'node', values: ['20.20.2', '26.1.0'] },
      ...warnings,
    ]);
  });

  test('can be merged with more', () => {
    const once = mergeReports(named(of([fixed]), of([leaky])));
    const more = of([
      { ...fixed, result: { ...fixed.result, trial: { ...fixed.result.trial, id: 'other' } } },
    ]);
    expect(mergeReports(named(once, more)).parts).toHaveLength(3);
  });
});
