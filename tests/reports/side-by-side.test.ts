import { expect, test } from 'vitest';
import { DEFAULT_CHART, renderChart } from '../../reports/chart.ts';
import { render } from '../../reports/index.ts';
import { sideBySide } from '../../reports/side-by-side.ts';
import { cleanReport, exampleReport } from '../support/report-fixture.ts';

const runs = [
  { name: 'main', report: cleanReport(1) },
  { name: 'branch', report: exampleReport(2) },
];

test('each build of a scenario has the runs in which it was measured, in the order given', () => {
  const { trials } = sideBySide(runs);
  expect(trials.map(({ result: { trial } }) => `${trial.scenario}: ${trial.build}`)).toEqual([
    'auto-reload leaky: main',
    'auto-reload leaky: branch',
    'auto-reload fixed: main',
    'auto-reload fixed: branch',
    'response-cache bounded: branch',
    'response-cache generous: branch',
    'zone-transfer patched: branch',
  ]);
  expect(new Set(trials.map(({ result }) => result.trial.id)).size).toBe(trials.length);
});

test('keeps descriptions, units and the gravest exit code, and leaves out trials with the JIT on', () => {
  const report = sideBySide(runs);
  expect(report.scenarios.map(({ name, unit }) => `${name} per ${unit}`)).toContain(
    'response-cache bounded per query',
  );
  expect(report.trials.every(({ result }) => result.trial.variant === 'stable')).toBe(true);
  expect(report.exitCode).toBe(1);
  expect(sideBySide([runs[0]!]).exitCode).toBe(0);
});

test('says of each run that it was interrupted, and on what they ran where that differs', () => {
  const [main, branch] = runs as [(typeof runs)[0], (typeof runs)[1]];
  const older = {
    ...main.report,
    interrupted: true as const,
    environment: { ...main.report.environment, node: '18.0.0', commit: 'abc' },
  };
  const report = sideBySide([{ name: 'older', report: older }, branch]);
  expect(report.interrupted).toBe(true);
  expect(report.environment.node).toBe(`18.0.0, ${branch.report.environment.node}`);
  expect(report.environment.commit).toBe(`abc, ${branch.report.environment.commit}`);
  expect(report.environment.arch).toBe(branch.report.environment.arch);
  expect(report.nullRun).toBeUndefined();
});

test('draws the runs over each other, each labelled with its growth', async () => {
  const svg = renderChart(sideBySide([runs[0]!, { name: 'branch', report: cleanReport(2) }]));
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(match => match[1]);
  expect(texts.filter(text => text === 'LEAK +231 kB/reload')).toHaveLength(2);
  expect(texts).toEqual(
    expect.arrayContaining(['auto-reload fixed', 'main', 'branch', 'steady +1.2 B/reload']),
  );
  await expect(svg).toMatchFileSnapshot('../golden/runs-heap-growth.svg');
});

test('goes into every format', () => {
  const report = sideBySide(runs);
  for (const format of ['text', 'markdown', 'html'] as const)
    expect(render(report, format)).toContain('auto-reload fixed');
  expect(render(report, 'svg', DEFAULT_CHART)).toContain('auto-reload fixed');
});

test('refuses to show nothing', () => {
  expect(() => sideBySide([])).toThrow('there must be one: there is none');
});
