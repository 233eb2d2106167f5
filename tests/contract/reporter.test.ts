import { describe, expect, test, vi } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { REPORTERS } from '../../reports/index.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';

/** What every reporter promises; a new one is covered by its line in `REPORTERS`. */
describe.each(REPORTERS)('the $name reporter', reporter => {
  test('gives equal output for equal reports, and does not change them', () => {
    const report = frozen(exampleReport());
    expect(bytes(reporter.render(report))).toEqual(bytes(reporter.render(exampleReport())));
  });

  test('tells reports apart', () => {
    expect(bytes(reporter.render(cleanReport()))).not.toEqual(bytes(reporter.render(exampleReport())));
  });

  test('handles an empty report', () => {
    expect(bytes(reporter.render(emptyReport())).length).toBeGreaterThan(50);
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
      expect(bytes(reporter.render(alone)).length).toBeGreaterThan(50);
    },
  );

  test('handles trials without a single sample', () => {
    const report = exampleReport();
    const bare = report.trials.map(judged => ({
      ...judged,
      series: [],
      verdict: { ...judged.verdict, estimates: [] },
    }));
    expect(bytes(reporter.render({ ...report, trials: bare })).length).toBeGreaterThan(50);
  });

  test('handles trials of scenarios that were never described', () => {
    expect(bytes(reporter.render({ ...exampleReport(), scenarios: [] })).length).toBeGreaterThan(50);
  });

  test('writes no control codes, whatever the subject is called', () => {
    const output = reporter.render(hostileReport('\u001b[31m<script>\u0000\u0007\ud800\u202e|`'));
    if (typeof output === 'string') expect(output).not.toMatch(/[^\P{Cc}\n]/u);
    else expect(output.length).toBeGreaterThan(50);
  });

  test('has a name and an extension of its own', () => {
    const twins = REPORTERS.filter(
      ({ name, extension }) => name === reporter.name || extension === reporter.extension,
    );
    expect(twins).toEqual([reporter]);
  });

  test('prints nothing', () => {
    const spies = [
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
      vi.spyOn(console, 'log'),
    ];
    reporter.render(exampleReport());
    expect(spies.flatMap(spy => spy.mock.calls)).toEqual([]);
    vi.restoreAllMocks();
  });
});

function bytes(output: string | Uint8Array): Buffer {
  return Buffer.from(output);
}

function frozen(report: Report): Report {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) => Object.freeze(value)) as Report;
}
