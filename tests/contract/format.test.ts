import { describe, expect, test, vi } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { FORMAT_NAMES, type Format, render } from '../../reports/index.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';

/** Bytes of the least there is to say; annotations are made of what is wrong alone, and TAP has no heading. */
const leastOf = (format: Format) => ({ github: -1, tap: 30 })[format as string] ?? 50;

/** What every format promises; a new one is covered by its line in `FORMATS`. */
describe.each(FORMAT_NAMES)('the format %s', format => {
  test('gives equal output for equal reports, and does not change them', () => {
    const report = frozen(exampleReport());
    expect(bytes(render(report, format))).toEqual(bytes(render(exampleReport(), format)));
  });

  test('tells reports apart', () => {
    expect(bytes(render(cleanReport(), format))).not.toEqual(bytes(render(exampleReport(), format)));
  });

  test('handles an empty report', () => {
    expect(bytes(render(emptyReport(), format)).length).toBeGreaterThan(leastOf(format));
  });

  test.each(['leak', 'steady', 'inconclusive', 'fault'])(
    'handles a report whose only trial ended in %s',
    outcome => {
      const report = exampleReport();
      const trial = report.trials.find(({ result, verdict }) =>
        outcome === 'fault'
          ? result.outcome === 'faulted'
          : result.outcome === 'completed' && verdict.outcome === outcome,
      );
      const alone = { ...report, trials: [trial!] };
      expect(bytes(render(alone, format)).length).toBeGreaterThan(leastOf(format));
    },
  );

  test('handles trials without a single sample', () => {
    const report = exampleReport();
    const bare = report.trials.map(judged => ({
      ...judged,
      series: [],
      verdict: { ...judged.verdict, estimates: [] },
    }));
    expect(bytes(render({ ...report, trials: bare }, format)).length).toBeGreaterThan(50);
  });

  test('handles trials of scenarios that were never described', () => {
    expect(bytes(render({ ...exampleReport(), scenarios: [] }, format)).length).toBeGreaterThan(50);
  });

  test('writes no control codes, whatever the subject is called', () => {
    const output = render(hostileReport('\u001b[31m<script>\u0000\u0007\ud800\u202e|`'), format);
    if (typeof output === 'string') expect(output).not.toMatch(/[^\P{Cc}\n]/u);
    else expect(output.length).toBeGreaterThan(50);
  });

  test('prints nothing', () => {
    const spies = [
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
      vi.spyOn(console, 'log'),
    ];
    render(exampleReport(), format);
    expect(spies.flatMap(spy => spy.mock.calls)).toEqual([]);
    vi.restoreAllMocks();
  });
});

test('a format that is not known is refused with those that are', () => {
  expect(() => render(cleanReport(), 'pdf' as Format)).toThrow(
    'Cannot render report as its format must be one of text, markdown, html, json, svg, png, junit, sarif, tap, github, pr-comment: current value is "pdf"',
  );
});

function bytes(output: string | Uint8Array): Buffer {
  return Buffer.from(output);
}

function frozen(report: Report): Report {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) => Object.freeze(value)) as Report;
}
