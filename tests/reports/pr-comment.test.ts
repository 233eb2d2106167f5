import { describe, expect, test } from 'vitest';
import { classMetric } from '../../harness/model.ts';
import { COMMENT_MARKER, renderJobSummary, renderPrComment } from '../../reports/pr-comment.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';
import { nativeLeak, unexpectedLeak } from '../support/unexpected-leak.ts';

describe('a comment on a pull request', () => {
  test('begins with a marker that does not show, by which it is found again', () => {
    expect(renderPrComment(cleanReport()).split('\n')[0]).toBe(COMMENT_MARKER);
    expect(COMMENT_MARKER).toMatch(/^<!-- .* -->$/);
    expect(renderPrComment(cleanReport()).endsWith(renderJobSummary(cleanReport()))).toBe(true);
    expect(renderJobSummary(cleanReport())).not.toContain('<!--');
  });

  test('says in its heading what is wrong, or that nothing is', () => {
    const heading = (text: string) => text.split('\n').find(line => line.startsWith('### '));
    expect(heading(renderPrComment(cleanReport()))).toBe('### leakgate: no unexpected leak');
    expect(heading(renderPrComment(exampleReport()))).toBe('### leakgate: 2 of 5 not as expected');
    expect(heading(renderPrComment(emptyReport()))).toBe('### leakgate: no trial was run');
  });

  test('has the numbers of the chart, a row per trial', () => {
    const rows = renderPrComment(exampleReport())
      .split('\n')
      .filter(line => line.startsWith('|'));
    expect(rows).toHaveLength(2 + exampleReport().trials.length);
    expect(rows[2]).toContain('| auto-reload | leaky | 6.9 MB to 477 MB | +231 kB/reload');
    expect(rows[2]).toContain('+10 timers/reload exactly');
  });

  test('tells what grew off the heap, and of native memory no evidence', () => {
    const text = renderPrComment(nativeLeak());
    expect(text).toContain(String.raw`| native memory +1.5 kB/reload \[1.5, 1.5\] |`);
    expect(text).not.toContain('at startTimer');
  });

  test('folds the evidence and all that is not the verdict', () => {
    const text = renderPrComment(unexpectedLeak());
    expect(text).toContain(
      '<details open><summary>Evidence: auto-reload leaky, LEAK, should be steady</summary>',
    );
    expect(text).toContain('at startTimer (src/zones.ts:41:9)');
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('stays below what GitHub accepts, whole sections being left out', () => {
    const trials = Array.from({ length: 100 }, () => exampleReport().trials).flat();
    const text = renderPrComment({ ...exampleReport(), trials });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('Shortened');
  });

  test('keeps names from becoming markup', () => {
    const text = renderPrComment(hostileReport('</summary><script> | **x** `y`'));
    // Indented by four, it is code.
    expect(text.split('\n').filter(line => line.includes('<script>') && !line.startsWith('    '))).toEqual(
      [],
    );
    expect(
      text
        .split('\n')
        .filter(line => /^\|.*script/.test(line))
        .every(line => line.includes('\\|')),
    ).toBe(true);
  });
});

test('tells a class once that is watched and was counted in snapshots', () => {
  const report = cleanReport();
  const [first] = report.trials;
  if (first?.verdict.outcome !== 'leak') throw new Error('The example must begin with a leak');
  const zones = first.verdict.findings.find(({ metric }) => metric.name === 'instances.Zone')!;
  const metric = classMetric('Zone', 'Zone');
  const twice = [zones, { ...zones, metric, estimate: { ...zones.estimate, metric } }];
  const verdict = { ...first.verdict, findings: twice as unknown as typeof first.verdict.findings };
  expect(renderPrComment({ ...report, trials: [{ ...first, verdict }] })).toContain(
    '| +10 Zone/reload exactly |',
  );
});
