import { expect, test } from 'vitest';
import type { Comparison, RunComparison } from '../../harness/model.ts';
import { renderComparison } from '../../reports/comparison.ts';
import { HEAP, TIMERS, ZONES } from '../support/report-fixture.ts';

const same = { slope: 0, base: 0, difference: 0, low: -0.001, high: 0.001, change: 'same' } as const;
const COMPARISONS: readonly Comparison[] = [
  { ...same, metric: TIMERS },
  { metric: ZONES, slope: 9, base: 10, difference: -1, low: -1.01, high: -0.99, change: 'better' },
  { metric: HEAP, slope: 240, base: 120, difference: 120, low: 118, high: 122, change: 'worse' },
];
const COMPARISON: RunComparison = {
  base: 'before.json',
  head: 'after.json',
  builds: [
    {
      scenario: 'cache',
      build: 'default',
      verdicts: { base: 'inconclusive', head: 'inconclusive' },
      comparisons: COMPARISONS,
    },
  ],
  notes: ['cache old: not in after.json'],
  exitCode: 1,
};

test('shows what grew in either run, the gravest change first, and says the exit code', () => {
  expect(renderComparison(COMPARISON, { width: 100, color: false })).toBe(`before.json to after.json

Growth per iteration
metric    base    head         difference  verdict
──────────────────────────────────────────────────
cache default
  heap  +120 B  +240 B  +120 B [118, 122]  worse
  Zone     +10      +9                 -1  better

1 more metric grew in neither.

note cache old: not in after.json

exit code 1: something got worse
`);
});

test('without a build to compare there is no table, and an interrupted run is said to decide nothing', () => {
  const cut: RunComparison = {
    ...COMPARISON,
    builds: [],
    notes: ['after.json was interrupted, so that it decides nothing'],
    interrupted: true,
    exitCode: 3,
  };
  expect(renderComparison(cut, { width: 100, color: false })).toBe(`before.json to after.json

note after.json was interrupted, so that it decides nothing

exit code 3: a run that was interrupted decides nothing
`);
});

test('prints no control codes of names from a file', () => {
  const hostile = { ...COMPARISON, notes: ['\u001b[31mred'], head: 'a\u0007b' };
  expect(renderComparison(hostile, { width: 100, color: false })).not.toMatch(/\p{Cc}(?<!\n)/u);
});

test('a class that is watched and counted in snapshots as well has one row, or two where they differ', () => {
  const ofClass = (change: Comparison['change']): Comparison => ({
    metric: { name: 'class.Zone', unit: 'Zone', kind: 'exact' },
    slope: 9,
    base: 10,
    difference: -1,
    low: -1.1,
    high: -0.9,
    change,
  });
  const rowsWith = (change: Comparison['change']) => {
    const [build] = COMPARISON.builds.map(one => ({
      ...one,
      comparisons: [...COMPARISONS, ofClass(change)],
    }));
    const text = renderComparison(
      { ...COMPARISON, builds: build ? [build] : [] },
      { width: 100, color: false },
    );
    return text.match(/^ +Zone /gm)?.length;
  };
  expect(rowsWith('better')).toBe(1);
  expect(rowsWith('unclear')).toBe(2);
});
