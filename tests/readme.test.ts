import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { render } from '../reports/index.ts';
import { readReport } from '../reports/saved-report.ts';

const readme = readFileSync('README.md', 'utf8');

test('shows the verdicts of the sample report as they are printed', () => {
  const report = readReport(readFileSync('reports/sample/report.json', 'utf8'));
  const [verdicts = ''] = render(report, 'text', { width: 120, color: false }).split('\nauto-reload: heap');
  expect(verdicts).toMatch(/steady .*\n.*\nLEAK/);
  expect(readme).toContain(verdicts.trim());
});

test('links to files that exist', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) expect(() => readFileSync(link.replace(/\/?$/, '')), link).not.toThrow(/ENOENT/);
});
