import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../reports/markdown.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';

describe('the Markdown report', () => {
  test('of every outcome', async () => {
    await expect(renderMarkdown(exampleReport())).toMatchFileSnapshot('../golden/report.md');
  });

  test('shows the chart beside it, but none where nothing was run', () => {
    expect(renderMarkdown(cleanReport())).toContain('](heap-growth.svg)');
    expect(renderMarkdown(emptyReport())).not.toContain('heap-growth.svg');
    expect(renderMarkdown(emptyReport())).toContain('No trial was run.');
  });

  test('names cannot become markup or break a table', () => {
    const text = renderMarkdown(hostileReport('<script>x</script> | [a](b) `c` **d** \\'));
    const code = (line: string) => line.startsWith('      ');
    expect(text.split('\n').filter(line => line.includes('<script') && !code(line))).toEqual([]);
    expect(text).toContain('&lt;script&gt;x&lt;/script&gt; \\| \\[a\\](b) \\`c\\` \\*\\*d\\*\\* \\\\');
    const pipes = (line: string) => line.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length;
    const growth = text.slice(text.indexOf('## Growth')).split('\n\n')[1]!.split('\n');
    expect(new Set(growth.map(pipes)).size).toBe(1);
  });

  test('names call nobody', () => {
    const text = renderMarkdown(hostileReport('@acme/db'));
    const code = (line: string) => line.startsWith('      ');
    expect(text.split('\n').filter(line => line.includes('@acme') && !code(line))).toEqual([]);
    expect(text).toContain('@&#8203;acme/db');
    const lines = renderMarkdown(hostileReport('fixes #12')).split('\n');
    expect(lines.filter(line => line.includes('#12') && !code(line))).toEqual([]);
  });

  test('every row of every table has as many cells as its head', () => {
    const tables = renderMarkdown(exampleReport())
      .split('\n\n')
      .filter(block => block.startsWith('|'));
    expect(tables).toHaveLength(3);
    for (const table of tables)
      expect(new Set(table.split('\n').map(line => line.split('|').length)).size).toBe(1);
  });
});
