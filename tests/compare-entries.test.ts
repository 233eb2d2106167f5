import { expect, test } from 'vitest';
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
  expect(compared).toMatchObject([{ scenario: 'cache', build: 'fixed' }]);
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
