import { describe, expect, test } from 'vitest';
import { compareEntries } from '../harness/compare-entries.ts';
import type { BaseEntry, Growth } from '../harness/model.ts';
import { HEAP, TIMERS } from './support/judge-input.ts';

function entry(build: string, growths: readonly Growth[], changes: Partial<BaseEntry> = {}): BaseEntry {
  return {
    scenario: 'cache',
    build,
    verdict: 'steady',
    iterations: 2037,
    allowance: 16,
    confidence: 0.99,
    node: '20.20.2',
    nodeFlags: [],
    parameters: {},
    growths,
    ...changes,
  };
}
const heap = (slope: number): Growth => ({ metric: HEAP, slope, low: slope - 1, high: slope + 1 });
const timers = (slope: number): Growth => ({
  metric: TIMERS,
  slope,
  low: slope - 0.001,
  high: slope + 0.001,
});

test('compares the metrics that both runs have, of the builds that both have', () => {
  const base = [entry('old', [heap(3)]), entry('fixed', [heap(3), timers(0)])];
  const head = [
    entry('fixed', [heap(40), timers(0), { ...timers(0), metric: { ...TIMERS, name: 'new' } }]),
    entry('new', [heap(3)]),
  ];
  const compared = compareEntries(base, head);
  expect(compared).toMatchObject([
    { scenario: 'cache', build: 'fixed', verdicts: { base: 'steady', head: 'steady' } },
  ]);
  expect(compared[0]?.comparisons.map(({ metric, change }) => [metric.name, change])).toEqual([
    ['heap.used', 'worse'],
    ['timers', 'same'],
  ]);
});

test('allows more in short runs, as the gate does', () => {
  const changeIn = (iterations: number) =>
    compareEntries([entry('fixed', [heap(3)], { iterations })], [entry('fixed', [heap(40)])])[0]
      ?.comparisons[0]?.change;
  expect(changeIn(2037)).toBe('worse');
  expect(changeIn(100)).toBe('same');
});

describe('a base that was steady', () => {
  const strings = (slope: number, off: number): Growth => {
    const metric = { name: 'class.string', unit: 'strings', kind: 'exact' } as const;
    return { metric, slope, low: slope - off, high: slope + off };
  };
  const changes = (base: BaseEntry, head: BaseEntry) =>
    compareEntries([base], [head])[0]?.comparisons.map(({ metric, base: was, change }) => [
      metric.name,
      was,
      change,
    ]);
  const wide = (slope: number): Growth => ({ ...timers(slope), low: slope - 0.02, high: slope + 0.02 });

  test('keeps no class as none grew, so one that grows in a leak is worse', () => {
    const head = entry('fixed', [heap(6), strings(0.1, 0.01)], { verdict: 'leak' });
    const worse = [
      ['heap.used', 3, 'same'],
      ['class.string', 0, 'worse'],
    ];
    expect(changes(entry('fixed', [heap(3)]), head)).toEqual(worse);
    const unsure = { ...heap(3), low: -9, high: 15 };
    expect(changes(entry('fixed', [unsure], { verdict: 'inconclusive' }), head)).toEqual(worse);
    expect(changes(entry('fixed', [heap(3)], { verdict: 'inconclusive' }), head)).toHaveLength(1);
    expect(changes(entry('fixed', [heap(3)], { verdict: 'leak' }), head)).toHaveLength(1);
  });

  test('had no count that grew, so one that certainly does in a leak is worse', () => {
    const leak = entry('fixed', [timers(0.01)], { verdict: 'leak' });
    expect(changes(entry('fixed', [wide(0)]), leak)).toEqual([['timers', 0, 'worse']]);
    expect(changes(entry('fixed', [wide(0)], { verdict: 'inconclusive' }), leak)?.[0]).toContain('same');
    expect(changes(entry('fixed', [wide(0)]), { ...leak, verdict: 'steady' })?.[0]).toContain('same');
    expect(changes(entry('fixed', [timers(0.01)]), leak)?.[0]).toContain('same');
    expect(changes(entry('fixed', [wide(0)]), { ...leak, growths: [wide(0.01)] })?.[0]).toContain('same');
  });
});

describe('classes that only one of the runs has', () => {
  const ofClass = (name: string, slope: number): Growth => {
    const metric = { name: `class.${name}`, unit: name, kind: 'exact' } as const;
    return { metric, slope, low: slope - 0.01, high: slope + 0.01 };
  };
  const leak = { verdict: 'leak' } as const;
  const compared = (base: readonly Growth[], head: readonly Growth[], changes: Partial<BaseEntry> = leak) =>
    compareEntries([entry('old', base, leak)], [entry('old', head, changes)])[0];

  test('are better where nothing grows any more', () => {
    const build = compared([ofClass('Entry', 1)], [heap(0)], { verdict: 'steady' });
    expect(build?.comparisons).toMatchObject([
      { metric: { name: 'class.Entry' }, slope: 0, change: 'better' },
    ]);
    expect(build?.exchanged).toBeUndefined();
  });

  test('may be the same by another name where one grows as much as the other did', () => {
    expect(compared([ofClass('Old', 1)], [ofClass('New', 1)])?.exchanged?.name).toBe('class.New');
    expect(compared([ofClass('Old', 1)], [ofClass('New', 0.3)])?.exchanged).toBeUndefined();
    const both = [ofClass('Old', 1), ofClass('New', 1)];
    expect(compared([ofClass('Old', 1)], both)?.exchanged).toBeUndefined();
  });
});
