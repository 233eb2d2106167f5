import { expect, test } from 'vitest';
import type { JudgedTrial, StageReason } from '../../harness/model.ts';
import { scenarioCurves } from '../../reports/html-curves.ts';
import { scenarioGroups } from '../../reports/judged.ts';
import { cleanReport } from '../support/report-fixture.ts';

/** The texts at the top of the heap's chart, where the builds of the clean report went on as told. */
function stagesOf(prolonged: { readonly [build: string]: readonly (readonly [number, StageReason])[] }) {
  const report = cleanReport();
  const trials = report.trials.map((judged): JudgedTrial => {
    const [planned] = judged.result.stages;
    if (!planned) throw new Error('the clean report must have stages');
    const on = (prolonged[judged.result.trial.build] ?? []).map(([from, reason]) => ({
      ...planned,
      from,
      reason,
    }));
    return { ...judged, result: { ...judged.result, stages: [planned, ...on] } };
  });
  const [group] = scenarioGroups({ ...report, trials });
  if (!group) throw new Error('the clean report must have a scenario');
  const [heap] = scenarioCurves(group, 's0')?.charts ?? [];
  return heap?.stages.map(({ from, text }) => ({ from, text }));
}

test('builds that went on at once and for one reason are told together', () => {
  const stages = stagesOf({
    fixed: [
      [2000, 'confirm'],
      [4000, 'resolve'],
    ],
    leaky: [
      [2000, 'confirm'],
      [4000, 'inspect'],
    ],
  });
  expect(stages).toEqual([
    { from: 2000, text: 'leaky, fixed went on to confirm' },
    { from: 4000, text: 'leaky went on to look closer' },
    { from: 4000, text: 'fixed went on to tell' },
  ]);
});

test('a run of its planned length went on nowhere', () => {
  expect(stagesOf({})).toEqual([]);
});
