import { expect, test } from 'vitest';
import type { JudgedTrial } from '../../harness/model.ts';
import { badge, tally } from '../../reports/badge.ts';
import { renderMarkdown } from '../../reports/markdown.ts';
import { comparison } from '../support/comparisons.ts';
import { cleanReport, exampleReport, HEAP } from '../support/report-fixture.ts';

const report = cleanReport();
const fixed = report.trials.find(({ verdict }) => verdict.outcome === 'steady')!;

/** The steady trial beside a base, with heap growth in bytes per iteration. */
function beside(slope: number, base: number, excused = true): JudgedTrial {
  const change = slope < base - 2 ? 'better' : 'same';
  const one = { ...comparison(HEAP, change, slope, base), ...(excused && { excused }) };
  return { ...fixed, base: { name: 'known.json', comparisons: [one] } };
}

test('is "no worse" for growth that the base has as well', () => {
  expect(badge(beside(120, 118))).toBe('no worse');
  expect(badge(beside(90, 120))).toBe('no worse');
});

test('is "steady" where nothing grows, or no longer, or where there is no base', () => {
  expect(badge(beside(1, 2, false))).toBe('steady');
  expect(badge(beside(30, 25, false))).toBe('steady');
  expect(badge(fixed)).toBe('steady');
});

test('is "not judged" with the JIT on, unless it faulted', () => {
  const jit = <T extends JudgedTrial>(judged: T) => {
    const trial = { ...judged.result.trial, variant: 'jit' as const };
    return { ...judged, result: { ...judged.result, trial } } as T;
  };
  const faulted = exampleReport().trials.find(({ result }) => result.outcome === 'faulted')!;
  expect(badge(jit(fixed))).toBe('not judged');
  expect(badge(jit(faulted))).toBe('CRASHED');
});

test('counts nothing that is not judged', () => {
  const trial = { ...fixed.result.trial, variant: 'jit' as const };
  const jit = { ...fixed, result: { ...fixed.result, trial } } as JudgedTrial;
  expect(tally([jit]).map(({ count }) => count)).toEqual([0, 0, 0, 0, 0]);
});

test('tells them apart where trials are counted', () => {
  const named = (trials: readonly JudgedTrial[]) =>
    Object.fromEntries(tally(trials).map(({ name, count }) => [name, count]));
  expect(named([fixed, beside(120, 118), beside(1, 2, false)])).toMatchObject({ steady: 2, 'no worse': 1 });
  expect(named(exampleReport().trials)).toEqual({
    leak: 1,
    steady: 2,
    'no worse': 0,
    inconclusive: 1,
    faulted: 1,
  });
  expect(renderMarkdown({ ...report, trials: [beside(120, 118)] })).toContain(
    '| trials | leak | steady | no worse | inconclusive | faulted | as expected |',
  );
  expect(renderMarkdown(report)).not.toContain('no worse');
});
