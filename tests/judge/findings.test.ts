import { expect, test } from 'vitest';
import type { Assessment } from '../../harness/judge/assessment.ts';
import { findings } from '../../harness/judge/findings.ts';
import { classMetric, type Metric } from '../../harness/model.ts';

const TIMERS: Metric = { name: 'timers', unit: 'timers', kind: 'exact' };

function grown(metric: Metric, by: number, state: Assessment['state']): Assessment {
  const slope = by / 2000;
  return {
    metric,
    state,
    judged: [
      { iteration: 0, value: 5 },
      { iteration: 2000, value: 5 + by },
    ],
    estimate: { metric, slope, low: slope, high: slope, confidence: 0.99, points: 2, method: 'exact' },
    exactMultiple: false,
  };
}

const names = (assessed: readonly Assessment[]) => findings(assessed).map(({ metric }) => metric.name);

test('what grew beside a certain leak belongs to it, but for a class that one snapshot has two more of', () => {
  const row = classMetric('Row', 'Row');
  const leak = grown(TIMERS, 2000, 'grows');
  expect(names([leak, grown(row, 3, 'unread')])).toEqual(['timers', row.name]);
  expect(names([leak, grown(row, 2, 'unread')])).toEqual(['timers']);
  expect(names([leak, grown({ ...TIMERS, name: 'handles.tcp' }, 2, 'unread')])).toEqual([
    'timers',
    'handles.tcp',
  ]);
});

test('nothing is a finding where no leak is certain', () => {
  expect(names([grown(TIMERS, 2000, 'unread')])).toEqual([]);
});
