import { expect, test } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { scenarioGroups } from '../../reports/judged.ts';
import { page } from '../../reports/page.ts';
import { terminalPlot } from '../../reports/terminal-plot.ts';
import { heapLeak } from '../support/heap-leak.ts';
import { offHeapLeak } from '../support/off-heap-leak.ts';
import { cleanReport } from '../support/report-fixture.ts';

function plotOf(report: Report): string {
  const [group] = scenarioGroups(report);
  if (!group) throw new Error('the report must have a scenario');
  return terminalPlot(group, page(100, false));
}

test('draws the heap', () => {
  expect(plotOf(cleanReport())).toMatch(/^auto-reload: heap growth after collection\n/);
});

test('draws memory off the heap where that leaks faster than the heap', () => {
  expect(plotOf(offHeapLeak(2_000_000))).toMatch(/^auto-reload: external memory, growth since the first/);
  expect(plotOf(offHeapLeak(2_000_000))).toContain('4.1 GB ┤');
  expect(plotOf(offHeapLeak(10))).toMatch(/^auto-reload: heap growth after collection\n/);
});

test('draws counts where they tell builds apart, and no rows of one figure', () => {
  const withTimers = (value: (at: number, build: string) => number): string => {
    const report = cleanReport();
    const trials = report.trials.map(judged => ({
      ...judged,
      series: judged.series.map(one =>
        one.metric.name === 'timers'
          ? {
              ...one,
              points: one.points.map((point, at) => ({
                ...point,
                value: value(at, judged.result.trial.build),
              })),
            }
          : one,
      ),
    }));
    return plotOf({ ...report, trials });
  };
  expect(withTimers((at, build) => (build === 'leaky' ? at : 3))).toMatch(/\ntimers\n.*0 to \d+\n.*3 to 3$/);
  expect(withTimers(() => 0)).not.toContain('timers');
});

test('draws no count where the heap alone leaks and timers end as they began', () => {
  expect(plotOf(heapLeak())).toContain('LEAK');
  expect(plotOf(heapLeak())).not.toContain('timers');
});

test('has no room above zero where everything shrinks', () => {
  const report = cleanReport();
  const trials = report.trials.map(judged => ({
    ...judged,
    series: judged.series.map(one =>
      one.metric.name === 'heap.used'
        ? { ...one, points: one.points.map((point, at) => ({ ...point, value: 9_000_000 - 1000 * at })) }
        : one,
    ),
  }));
  expect(plotOf({ ...report, trials })).toMatch(/\n +0 B ┤/);
});
