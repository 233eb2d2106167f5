import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderText } from '../../reports/text.ts';
import { columnsOf } from '../../reports/wrap.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';

describe('the terminal report', () => {
  test('at 100 columns', async () => {
    await expect(renderText(exampleReport(), { width: 100, color: false })).toMatchFileSnapshot(
      '../golden/report-100.txt',
    );
  });

  test('at 60 columns', async () => {
    await expect(renderText(exampleReport(), { width: 60, color: false })).toMatchFileSnapshot(
      '../golden/report-60.txt',
    );
  });

  test('of a clean run', async () => {
    await expect(renderText(cleanReport(), { width: 120, color: false })).toMatchFileSnapshot(
      '../golden/clean-120.txt',
    );
  });

  test('of a run without trials', async () => {
    await expect(renderText(emptyReport(), { width: 80, color: false })).toMatchFileSnapshot(
      '../golden/empty-80.txt',
    );
  });

  test.each([40, 60, 80, 100, 140])('nothing but an unbroken path is wider than %d columns', width => {
    const lines = renderText(exampleReport(), { width, color: true }).split('\n');
    expect(lines.filter(line => columnsOf(line) > width && !line.includes('/project/'))).toEqual([]);
  });

  test('unlimited width keeps every verdict on one line', () => {
    const lines = renderText(exampleReport(), { width: Number.POSITIVE_INFINITY, color: false }).split('\n');
    expect(
      lines.filter(line =>
        /^(LEAK|steady|inconclusive|CRASHED|not judged) .*(AS EXPECTED|NOT EXPECTED|decides nothing)/.test(
          line,
        ),
      ),
    ).toHaveLength(6);
    expect(lines[0]).toMatch(
      /^LEAK .*leaky .*AS EXPECTED .*\+10 timers\/reload exactly .*heap \+231 kB\/reload \[228, 233\]$/,
    );
  });

  test('colours change nothing but colours', () => {
    const plain = renderText(exampleReport(), { width: 100, color: false });
    const colored = renderText(exampleReport(), { width: 100, color: true });
    expect(colored).toContain('\u001b[31m');
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });

  test('without colours a hostile subject brings no control codes in', () => {
    const text = renderText(hostileReport('\u001b[31mred\u001b[0m\u0007\u009b2J\u202e'), {
      width: 100,
      color: false,
    });
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(text).toContain('red');
  });

  test('the curves of a leak and of a steady build part in the plot, told apart without colour', () => {
    const rows = renderText(cleanReport(), { width: 100, color: false })
      .split('\n')
      .filter(line => line.includes('┤'));
    expect(rows).toHaveLength(12);
    expect(rows[0]).toMatch(/^471 MB ┤.*leaky LEAK$/);
    expect(rows[11]).toMatch(/^ {3}0 B ┤.*⣀ ⣀ ⣀ .*fixed steady$/);
  });

  test('says where the charts of other scenarios are, and nothing where there are none', () => {
    const said = '\n  2 more scenarios: their charts are in report.html\n';
    expect(renderText(exampleReport(), { width: 100, color: false })).toContain(said);
    expect(renderText(cleanReport(), { width: 100, color: false })).not.toContain('report.html');
  });

  test('a terminal too narrow for axes still shows how the heap went', () => {
    const text = renderText(cleanReport(), { width: 30, color: false });
    expect(text).toMatch(/leaky LEAK\n▁.*█ 471 MB/);
    expect(text).not.toContain('┤');
  });
});
