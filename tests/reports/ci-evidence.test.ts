import { expect, test } from 'vitest';
import { ciCases } from '../../reports/ci-case.ts';
import { evidenceSummaries, evidenceTexts } from '../../reports/ci-evidence.ts';
import { renderGithub } from '../../reports/github.ts';
import { renderJunit } from '../../reports/junit.ts';
import { renderPrComment } from '../../reports/pr-comment.ts';
import { renderTap } from '../../reports/tap.ts';
import { unexpectedLeak } from '../support/unexpected-leak.ts';

const report = unexpectedLeak();
const leak = ciCases(report).find(({ state }) => state === 'leaked')!;
const SUMMARY = '10 Zone per reload, held by a timer started at src/zones.ts:41, owner auto:zones never ran';

test('begins with the whole story of the leak in one line', () => {
  expect(evidenceSummaries(report, leak)).toEqual([expect.stringContaining(SUMMARY)]);
  const [first, second] = evidenceTexts(report, leak);
  expect(first).toContain(SUMMARY);
  expect(second).toBe('interval of 1000 ms: +10 kept/reload exactly');
});

test.each([
  ['JUnit', renderJunit],
  ['TAP', renderTap],
  ['the comment', renderPrComment],
  ['the first annotation', renderGithub],
])('stands in %s', (_, render) => {
  const lines = render(report)
    .split('\n')
    .filter(line => line.includes(SUMMARY));
  expect(lines).toHaveLength(1);
});
