import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DETECTOR_NAMES, loadDetector } from '../../../scripts/detectors/index.ts';

const DOCUMENT = readFileSync('docs/detectors.md', 'utf8');

test.each(DETECTOR_NAMES)(
  '%s is labelled in the document as in the tables, and the label is explained',
  async name => {
    const { run } = await loadDetector(name);
    const rows = DOCUMENT.split('\n').filter(line => line.startsWith(`| \`${name}\` |`));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toContain(`| ${run} |`);
    expect(DOCUMENT).toContain(`\`${run}\` where `);
  },
);

test('a tool that only shows is not said to judge', async () => {
  expect((await loadDetector('memwatch-heap-diff')).run).toBe('package, own rule');
});
