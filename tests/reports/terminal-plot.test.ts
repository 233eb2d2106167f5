import { expect, test } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { scenarioGroups } from '../../reports/judged.ts';
import { page } from '../../reports/page.ts';
import { terminalPlot } from '../../reports/terminal-plot.ts';
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
