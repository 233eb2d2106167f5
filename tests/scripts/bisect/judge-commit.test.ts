import { expect, test } from 'vitest';
import { verdictOf } from '../../../scripts/bisect/judge-commit.ts';
import { cleanReport, emptyReport, exampleReport } from '../../support/report-fixture.ts';

const judged = (build: string, expected: 'steady' | 'leak') => {
  const report = exampleReport();
  const trials = report.trials
    .filter(({ result }) => result.trial.build === build && result.trial.variant === 'stable')
    .map(trial => ({
      ...trial,
      result: { ...trial.result, trial: { ...trial.result.trial, expect: expected } },
    }));
  return { ...report, trials };
};

test('a build that should be steady and leaks is a leak, with its verdict line', () => {
  const { outcome, text } = verdictOf(judged('leaky', 'steady'));
  expect(outcome).toBe('leaks');
  expect(text).toMatch(/^LEAK {2}auto-reload leaky {2}\+10 timers\/reload/);
});

test('a build that should leak says nothing of the commit', () => {
  expect(verdictOf(judged('leaky', 'leak')).outcome).toBe('untestable');
});

test('a fault cannot be told from the leak that may be behind it', () => {
  const { outcome, text } = verdictOf(judged('patched', 'steady'));
  expect(outcome).toBe('untestable');
  expect(text).toContain('patched');
});

test('steady builds are steady, and no trial is no verdict', () => {
  expect(verdictOf(cleanReport()).outcome).toBe('steady');
  expect(verdictOf(emptyReport()).outcome).toBe('untestable');
});
