import { expect, test } from 'vitest';
import type { Report, Series } from '../../harness/model.ts';
import { DEFAULT_CHART, renderChart } from '../../reports/chart.ts';
import { heapLeak } from '../support/heap-leak.ts';
import { offHeapLeak } from '../support/off-heap-leak.ts';
import { cleanReport } from '../support/report-fixture.ts';
import { xmlFault } from '../support/well-formed.ts';

/** The clean run with more handles than it read: UDP handles leak in the leaky build, file descriptors come and go. */
function withHandles(): Report {
  const report = cleanReport();
  const trials = report.trials.map(judged => {
    const leaks = judged.result.trial.build === 'leaky';
    const more = [
      counted('handles.udp', 'udp handles', n => (leaks ? 1 + n / 97 : 1)),
      counted('descriptors.file', 'file descriptors', n => 20 + ((n / 97) % 2)),
      counted('handles.tcp', 'tcp handles', () => 2),
      counted('immediates', 'immediates', n => (n / 97) % 3),
    ];
    return { ...judged, series: [...judged.series, ...more] };
  });
  return { ...report, trials };
}

test('the chart of timers shows timers, and immediates where they moved', () => {
  expect(titles('timers', withHandles())).toEqual(['Active timers', 'Immediates']);
  expect(titles('timers', cleanReport())).toEqual(['Active timers']);
});

test('the chart of the heap shows what was counted and leaks where timers do not', () => {
  const report = withHandles();
  const trials = report.trials.map(judged => {
    const { verdict } = judged;
    if (verdict.outcome !== 'leak') return judged;
    const [first] = verdict.findings;
    const metric = { name: 'handles.udp', unit: 'udp handles', kind: 'exact' } as const;
    return { ...judged, verdict: { ...verdict, findings: [{ ...first, metric }] as const } };
  });
  const shown = texts(renderChart({ ...report, trials }, DEFAULT_CHART));
  expect(shown).toContain('UDP handles');
  expect(shown).not.toContain('Active timers');
  expect(texts(renderChart(report, DEFAULT_CHART))).toContain('Active timers');
});

test('the chart of the heap shows no count where the heap alone leaks and no timer is left behind', () => {
  expect(texts(renderChart(heapLeak(), DEFAULT_CHART))).not.toContain('Active timers');
});

test('the chart of the heap shows memory off the heap where that leaks, in bytes', () => {
  const shown = texts(renderChart(offHeapLeak(2_000_000), DEFAULT_CHART));
  expect(shown).toContain('External memory, growth since the first sample');
  expect(shown).toContain('leaky 4.1 GB');
  expect(texts(renderChart(cleanReport(), DEFAULT_CHART)).join()).not.toContain('External memory');
});

test('a count that is read for a while only says until when, in a line of its own', () => {
  const report = cleanReport();
  const trials = report.trials.map(judged => {
    const series = judged.series.map(one =>
      one.metric.name === 'timers' ? { ...one, points: one.points.slice(0, 3) } : one,
    );
    return { ...judged, series };
  });
  const last = trials[0]?.series.find(({ metric }) => metric.name === 'timers')?.points.at(-1);
  const shown = texts(renderChart({ ...report, trials }, { ...DEFAULT_CHART, height: 900 }));
  expect(shown).toContain(`at ${last?.iteration}, not read later`);
});

test('the chart of handles shows what moved, the fastest first', () => {
  expect(titles('handles', withHandles())).toEqual(['UDP handles', 'File descriptors']);
});

test('where no handle moved it shows those that there are', () => {
  expect(titles('handles', cleanReport())).toEqual(['Socket descriptors']);
});

test('labels state the growth of what is drawn', async () => {
  const svg = renderChart(withHandles(), { ...DEFAULT_CHART, kind: 'timers' });
  expect(texts(svg)).toEqual(expect.arrayContaining(['leaky 20,380', '+10/reload', 'fixed 10', 'no growth']));
  expect(svg).toContain('<title>Timer growth: auto-reload</title>');
  await expect(svg).toMatchFileSnapshot('../golden/timers-growth.svg');
});

test('every chart is as large as asked and well-formed', () => {
  for (const kind of ['heap', 'timers', 'handles'] as const) {
    const svg = renderChart(withHandles(), {
      ...DEFAULT_CHART,
      kind,
      width: 640,
      height: 400,
      theme: 'dark',
    });
    expect(xmlFault(svg)).toBeUndefined();
    expect(svg).toMatch(/^<svg [^>]*width="640"/);
  }
});

function titles(kind: 'timers' | 'handles', report: Report): readonly string[] {
  const svg = renderChart(report, { ...DEFAULT_CHART, kind });
  const headings = /<text x="76" y="[\d.]+" font-size="12" fill="[^"]*">([^<]*)</g;
  return [...svg.matchAll(headings)].map(match => match[1] ?? '');
}

function texts(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(match => match[1] ?? '');
}

function counted(name: string, unit: string, value: (iteration: number) => number): Series {
  const points = Array.from({ length: 22 }, (_, at) => ({ iteration: at * 97, value: value(at * 97) }));
  return { metric: { name, unit, kind: 'exact' }, points };
}
