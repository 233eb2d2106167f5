import { describe, expect, test } from 'vitest';
import { DEFAULT_CHART, renderChart } from '../../reports/chart.ts';
import { CHART_THEMES } from '../../reports/chart-theme.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';
import { xmlFault } from '../support/well-formed.ts';

const STEADY = CHART_THEMES.light.lines.steady[0];
const LEAK = CHART_THEMES.light.lines.leak[0];

describe('the heap-growth chart', () => {
  test('of a clean run', async () => {
    await expect(renderChart(cleanReport())).toMatchFileSnapshot('../golden/heap-growth.svg');
  });

  test('of every outcome, dark', async () => {
    const svg = renderChart(exampleReport(), { ...DEFAULT_CHART, theme: 'dark' });
    await expect(svg).toMatchFileSnapshot('../golden/heap-growth-dark.svg');
  });

  test('is well-formed whatever the report', () => {
    const hostile = hostileReport('<script>alert("1")</script> & \u0000\u001b[31m\ud800 \uffff');
    for (const report of [exampleReport(), cleanReport(), emptyReport(), hostile]) {
      expect(xmlFault(renderChart(report))).toBeUndefined();
    }
    expect(renderChart(hostile)).not.toContain('<script');
  });

  test('gives equal bytes for equal data and others for others', () => {
    expect(renderChart(exampleReport(3))).toBe(renderChart(exampleReport(3)));
    expect(renderChart(exampleReport(3))).not.toBe(renderChart(exampleReport(4)));
  });

  test('draws a leak and a steady build in different colours and dashes', () => {
    const svg = renderChart(cleanReport());
    expect(svg).toMatch(new RegExp(`stroke="${LEAK}" stroke-width="2" stroke-linejoin="round"/>`));
    expect(svg).toMatch(
      new RegExp(`stroke="${STEADY}" stroke-width="2" stroke-linejoin="round" stroke-dasharray="7 4"/>`),
    );
  });

  test('has panels for heap, timers and the watched class, with units', () => {
    const svg = renderChart(cleanReport());
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['Active timers', 'Live instances of Zone', '500 MB', 'reloads']),
    );
    expect(svg.match(/<clipPath/g)).toHaveLength(3);
  });

  test('names every build once in each panel, and labels do not overlap', () => {
    const svg = renderChart(cleanReport());
    for (const color of [LEAK, STEADY]) {
      expect(svg.match(new RegExp(`font-weight="700" fill="${color}"`, 'g'))).toHaveLength(3);
    }
    expect(labelHeights(svg)).toHaveLength(8);
    expect(gaps(labelHeights(svg)).every(gap => gap >= 14)).toBe(true);
  });

  test('keeps the labels of many builds apart, below the verdicts and above the foot', () => {
    const report = cleanReport();
    const builds = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const trials = report.trials.flatMap(judged =>
      builds.map(build => {
        const trial = { ...judged.result.trial, build: build + judged.result.trial.build };
        return { ...judged, result: { ...judged.result, trial } };
      }),
    );
    const svg = renderChart({ ...report, trials });
    const heights = labelHeights(svg);
    expect(heights).toHaveLength(3 * trials.length);
    expect(gaps(heights).every(gap => gap >= 14)).toBe(true);
    const lastVerdict = Math.max(
      ...[...svg.matchAll(/<text font-size="11.5"[^>]* y="([\d.]+)"/g)].map(match => Number(match[1])),
    );
    expect(heights[0]).toBeGreaterThan(lastVerdict);
    expect(heights.at(-1)).toBeLessThan(Number(/ height="(\d+)"/.exec(svg)?.[1]) - 46);
  });

  test('draws one scenario on demand and refuses one that was not run', () => {
    const svg = renderChart(exampleReport(), { ...DEFAULT_CHART, scenario: 'response-cache' });
    expect(svg).toContain('<title>Heap growth: response-cache</title>');
    expect(svg).not.toContain('>auto-reload<');
    expect(() => renderChart(exampleReport(), { ...DEFAULT_CHART, scenario: 'auto-relaod' })).toThrow(
      'Cannot draw scenario as the report must hold a trial of it: current value is "auto-relaod"',
    );
  });

  test('shows the allowance where the heap stayed near it', () => {
    expect(texts(renderChart(cleanReport()))).not.toContain('allowance');
    expect(texts(renderChart(exampleReport(), { ...DEFAULT_CHART, scenario: 'zone-transfer' }))).toContain(
      'allowance',
    );
  });

  test('says so where nothing was sampled or nothing was run', () => {
    const [first] = exampleReport().trials;
    const unsampled = { ...exampleReport(), trials: [{ ...first!, series: [] }] };
    expect(texts(renderChart(unsampled))).toContain('Nothing was sampled.');
    expect(texts(renderChart(emptyReport()))).toContain('No trial was run.');
  });

  test('repetitions of a build share a colour and one label', () => {
    const report = cleanReport();
    const [leaky, fixed] = report.trials;
    const again = {
      ...leaky!,
      result: { ...leaky!.result, trial: { ...leaky!.result.trial, repetition: 2 } },
    };
    const svg = renderChart({ ...report, trials: [leaky!, again, fixed!] });
    expect(texts(svg).filter(text => text === 'leaky x2')).toHaveLength(1);
  });
});

function texts(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(match => match[1] ?? '');
}

/** Of the labels beside the ends of curves, from the top down. */
function labelHeights(svg: string): readonly number[] {
  const heights = [...svg.matchAll(/<text x="734" y="([\d.]+)"/g)].map(match => Number(match[1]));
  return heights.sort((a, b) => a - b);
}

function gaps(heights: readonly number[]): readonly number[] {
  return heights.slice(1).map((height, at) => height - heights[at]!);
}
