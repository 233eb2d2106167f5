import { expect, test } from 'vitest';
import type { InconclusiveReason } from '../../harness/model.ts';
import { inconclusiveAdvice, inconclusiveText } from '../../reports/inconclusive-wording.ts';
import { HEAP } from '../support/report-fixture.ts';

test('every reason for no verdict says what to try', () => {
  const reasons: readonly InconclusiveReason[] = [
    'too-few-samples',
    'not-settled',
    'still-filling',
    'interval-spans-allowance',
    'unwitnessed',
    'rose-late',
    'too-large',
    'exchanged',
    'trial-faulted',
  ];
  expect(new Set(reasons.map(reason => inconclusiveText(reason, HEAP))).size).toBe(reasons.length);
  expect(reasons.every(reason => inconclusiveAdvice(reason, 2037).length > 10)).toBe(true);
  expect(inconclusiveAdvice('still-filling', 32_592)).toContain('--iterations 40000');
  expect(inconclusiveText('not-settled', undefined)).toBe('a metric never came to rest between windows');
});

test('a class that grows in place of another has the verb that its name asks for', () => {
  const grown = (name: string, unit: string) =>
    inconclusiveText('exchanged', { name: `class.${name}`, unit, kind: 'exact' });
  expect(grown('number', 'numbers')).toMatch(/^numbers grow, which the base lacks, /);
  expect(grown('Session', 'Session')).toMatch(/^Session grows, which the base lacks, /);
  expect(grown('B', 'B object')).toMatch(/^B object grows, /);
});
