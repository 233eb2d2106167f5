import { describe, expect, test } from 'vitest';
import { ProbeSet } from '../../harness/probes/index.ts';

class Watched {}

describe('ProbeSet', () => {
  const probes = new ProbeSet([Watched]);

  test('reads the heap first and the walks over the heap last', () => {
    const readings = {};
    probes.read('cheap', readings);
    expect(Object.keys(readings)[0]).toBe('heap.used');
    probes.read('costly', readings);
    expect(Object.keys(readings).slice(-2)).toEqual(['population', 'instances.Watched']);
  });

  test('announces exactly the metrics that it reads, each a finite number', async () => {
    const readings: Record<string, number> = {};
    for (const cost of ['cheap', 'costly'] as const) probes.read(cost, readings);
    await probes.ask(readings);
    expect(probes.metrics.map(({ name }) => name).sort()).toEqual(Object.keys(readings).sort());
    for (const [name, value] of Object.entries(readings)) expect(Number.isFinite(value), name).toBe(true);
  });

  test('judges neither resident memory nor code', () => {
    const advisory = probes.metrics.filter(({ kind }) => kind === 'advisory');
    expect(advisory.map(({ name }) => name).sort()).toEqual(['heap.code', 'rss']);
  });
});
