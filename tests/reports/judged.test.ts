import { describe, expect, test } from 'vitest';
import type { JudgedTrial } from '../../harness/model.ts';
import { ciCases } from '../../reports/ci-case.ts';
import { growthTable } from '../../reports/growth-table.ts';
import { headline, metText, type ScenarioGroup, standingOf } from '../../reports/judged.ts';
import { renderMarkdown } from '../../reports/markdown.ts';
import { renderPrComment } from '../../reports/pr-comment.ts';
import { verdictLine } from '../../reports/verdict.ts';
import { exampleReport } from '../support/report-fixture.ts';

const [leaky, , , bounded, , patched] = exampleReport().trials as readonly JudgedTrial[];
if (!leaky || !bounded || !patched || patched.result.outcome !== 'faulted')
  throw new Error('The example must have these trials, the last a faulted one');
const { result } = patched;

const trials = {
  met: bounded,
  missed: { ...bounded, asExpected: false },
  'a base': { ...bounded, isBase: true as const },
  'a base that faulted': { ...patched, isBase: true as const },
  'an interrupted base': {
    ...patched,
    isBase: true as const,
    result: { ...result, fault: { ...result.fault, kind: 'interrupted' as const } },
  },
  interrupted: {
    ...patched,
    result: { ...result, fault: { ...result.fault, kind: 'interrupted' as const } },
  },
  'JIT on': {
    ...bounded,
    result: { ...bounded.result, trial: { ...bounded.result.trial, variant: 'jit' as const } },
  },
} satisfies { readonly [name: string]: JudgedTrial };

describe('a trial stands', () => {
  test.each([
    ['met', 'met', 'AS EXPECTED', 'yes'],
    ['missed', 'missed', 'NOT EXPECTED (should be steady)', 'NO'],
    ['a base', 'base', 'the base, decides nothing', 'is the base'],
    ['a base that faulted', 'missed', 'NOT EXPECTED (should be steady)', 'NO'],
    ['an interrupted base', 'interrupted', 'decides nothing', 'shown only'],
    ['interrupted', 'interrupted', 'decides nothing', 'shown only'],
    ['JIT on', 'jit', "V8's default flags, decides nothing", 'shown only'],
  ] as const)('%s: alike in every report', (name, standing, words, cell) => {
    const judged = trials[name];
    const report = { ...exampleReport(), trials: [judged] };
    const group = { name: 'any', description: '', per: 'query', trials: [judged] };
    const decided = standing === 'met' || standing === 'missed';
    expect(standingOf(judged)).toBe(standing);
    expect(verdictLine(judged, group).expectation).toBe(words);
    expect(growthTable(report).sections[0]?.rows[0]?.at(-1)?.text).toBe(cell);
    expect(renderPrComment(report)).toContain(` | ${cell} |\n`);
    expect(metText(report)).toBe(`${standing === 'met' ? 1 : 0} of ${decided ? 1 : 0}`);
    expect(renderMarkdown(report)).toContain(` | ${metText(report)} |`);
    // Trials with JIT on are no cases.
    const state = ciCases(report)[0]?.state ?? 'skipped';
    expect(state === 'skipped').toBe(!decided);
    expect(state === 'passed').toBe(standing === 'met');
  });
});

describe('the scenario that shows most', () => {
  const of = (name: string, ...trials: readonly JudgedTrial[]): ScenarioGroup => ({
    name,
    description: '',
    per: 'query',
    trials,
  });
  const steady = of('steady', bounded);
  const alone = of('leaks alone', leaky);
  const compared = of('leaks beside a steady build', leaky, bounded);
  const missed = of('leaks and should not', { ...leaky, asExpected: false });
  const jitTrial = { ...leaky.result.trial, variant: 'jit' as const };
  const jit = of(
    'leaks with the JIT on',
    { ...leaky, result: { ...leaky.result, trial: jitTrial } },
    bounded,
  );

  test.each([
    ['a leak that should not be', [steady, alone, compared, missed], missed],
    ['a leak with a steady build beside it', [steady, alone, compared], compared],
    ['a leak', [steady, alone], alone],
    ['a leak, not one with the JIT on', [jit, alone], alone],
    ['the first where none leaks', [steady, of('also steady', bounded)], steady],
  ])('is %s', (_, groups, shown) => {
    expect(headline(groups)?.name).toBe(shown.name);
  });
});
