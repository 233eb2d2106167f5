import { describe, expect, test } from 'vitest';
import type { BaseEntry, Growth } from '../../harness/model.ts';
import { readBaseline, renderBaseline } from '../../reports/baseline.ts';
import { UnreadableFile } from '../../reports/saved.ts';
import { HEAP, TIMERS } from '../support/report-fixture.ts';

const HEAP_GROWTH: Growth = { metric: HEAP, slope: 118.4327, low: 116.04, high: 121.7 };
const TIMER_GROWTH: Growth = { metric: TIMERS, slope: 10, low: 9.9990182, high: 10.0009818 };

function entry(scenario: string, build: string, growths: readonly Growth[]): BaseEntry {
  return {
    scenario,
    build,
    verdict: 'leak',
    iterations: 2037,
    allowance: 16,
    confidence: 0.99,
    node: '20.20.2',
    nodeFlags: ['--no-opt', '--no-maglev'],
    parameters: { zones: 10, records: 100 },
    growths,
  };
}

describe('a saved baseline', () => {
  const text = renderBaseline([
    entry('zone-churn', 'fixed', [TIMER_GROWTH]),
    entry('auto-reload', 'upstream', []),
    entry('auto-reload', 'fixed', [TIMER_GROWTH, HEAP_GROWTH]),
  ]);

  test('knows native memory again, which may differ by more than the heap', () => {
    const metric = { name: 'memory.native', unit: 'B', kind: 'pages' } as const;
    const native = entry('x', 'default', [{ metric, slope: 1500, low: 1490, high: 1510 }]);
    expect(readBaseline(renderBaseline([native]))[0]?.growths[0]?.metric).toEqual(metric);
  });

  test('is sorted, with one rounded line per metric', () => {
    expect(text.slice(0, text.indexOf('"upstream"'))).toBe(`{
  "$schema": "./node_modules/leakgate/reports/baseline.schema.json",
  "schemaVersion": "1.0.0",
  "scenarios": {
    "auto-reload": {
      "fixed": {
        "verdict": "leak",
        "iterations": 2037,
        "allowance": 16,
        "confidence": 0.99,
        "node": "20.20.2",
        "nodeFlags": [ "--no-opt", "--no-maglev" ],
        "parameters": { "records": 100, "zones": 10 },
        "metrics": {
          "heap.used": { "unit": "B", "slope": 118, "interval": [ 116, 122 ] },
          "timers": { "unit": "timers", "slope": 10, "interval": [ 9.99901, 10.00099 ] }
        }
      },
      `);
    expect(text.indexOf('"upstream"')).toBeLessThan(text.indexOf('"zone-churn"'));
  });

  test('reads back to the same entries, and is written again unchanged', () => {
    const read = readBaseline(text);
    expect(read.map(({ scenario, build }) => `${scenario} ${build}`)).toEqual([
      'auto-reload fixed',
      'auto-reload upstream',
      'zone-churn fixed',
    ]);
    expect(read[0]?.growths).toEqual([
      { metric: HEAP, slope: 118, low: 116, high: 122 },
      { metric: TIMERS, slope: 10, low: 9.99901, high: 10.00099 },
    ]);
    expect(renderBaseline(read.toReversed())).toBe(text);
  });

  test('is never more certain than what was measured', () => {
    for (const growth of [
      { metric: HEAP, slope: 0.4, low: -0.2, high: 0.9 },
      { metric: HEAP, slope: 136_212.7, low: 135_004.2, high: 137_411.9 },
      { metric: HEAP, slope: -3.2, low: -3.2, high: -3.2 },
      { metric: TIMERS, slope: 0, low: -0.00019, high: 0.00019 },
      { metric: TIMERS, slope: 0.1, low: 0.1 - 0.00099999, high: 0.1 + 0.00099999 },
    ]) {
      const [saved] = readBaseline(renderBaseline([entry('a', 'b', [growth])]));
      const { low = 1, high = -1 } = saved?.growths[0] ?? {};
      expect(low).toBeLessThanOrEqual(growth.low + 1e-9);
      expect(high).toBeGreaterThanOrEqual(growth.high - 1e-9);
      expect(renderBaseline(saved ? [saved] : [])).toBe(renderBaseline([entry('a', 'b', [growth])]));
      expect(high - low).toBeLessThanOrEqual((growth.high - growth.low) * 1.2 + 2);
    }
  });

  test.each([
    ['no JSON', 'growth', /^Cannot read baseline as it must be JSON: /],
    [
      'something else',
      '{ "name": "leakgate" }',
      /^Cannot read baseline as it must be a baseline of leakgate, .*: it is an object with "name"$/,
    ],
    [
      'of a newer major version',
      text.replace('1.0.0', '2.1.0'),
      /schemaVersion must be 1.x or older.*"2.1.0"/,
    ],
  ])('is refused if it is %s', (_, broken, message) => {
    expect(() => readBaseline(broken)).toThrow(UnreadableFile);
    expect(() => readBaseline(broken)).toThrow(message);
  });
});
