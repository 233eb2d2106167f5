import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { renderJson } from '../../reports/json.ts';
import { UnreadableFile } from '../../reports/saved.ts';
import { readReport } from '../../reports/saved-report.ts';
import { emptyReport, exampleReport } from '../support/report-fixture.ts';

describe('a saved report', () => {
  test('is read back as it was, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        expect(readReport(renderJson(exampleReport(seed)))).toEqual(exampleReport(seed));
      }),
      { seed: 2, numRuns: 20 },
    );
    expect(readReport(renderJson(emptyReport()))).toEqual(emptyReport());
  });

  test('keeps every option that a scenario may set', () => {
    const report = exampleReport();
    const scenarios = report.scenarios.map(scenario => ({ ...scenario, options: DEFAULT_OPTIONS }));
    expect(readReport(renderJson({ ...report, scenarios })).scenarios).toEqual(scenarios);
  });

  test('of a later minor version is read without the fields that are unknown', () => {
    const later = { ...exampleReport(), schemaVersion: '1.7.2', novelty: true };
    expect(readReport(JSON.stringify(later))).toEqual({ ...exampleReport(), schemaVersion: '1.7.2' });
  });

  test('of a newer major version is refused by that name, whatever its shape', () => {
    expect(() => readReport('{"schemaVersion":"2.0.0","trials":7}')).toThrow(
      'Cannot read report as its schemaVersion must be 1.x or older, update leakgate to read it: current value is "2.0.0"',
    );
  });

  test('that is damaged is refused with the place of every fault', () => {
    const report = exampleReport();
    const damaged = JSON.stringify({ ...report, exitCode: 7, warnings: [{ code: 'odd' }], elapsed: 'long' });
    expect(() => readReport(damaged)).toThrow(UnreadableFile);
    expect(() => readReport(damaged)).toThrow(/must fit the report schema:\n[\s\S]*at elapsed/);
    expect(() => readReport(damaged)).toThrow(/at warnings\[0\]/);
    expect(() => readReport(damaged)).toThrow(/at exitCode/);
  });

  test.each(['', '{', 'null', '[]', '{"schemaVersion":1}', '{"schemaVersion":"x"}'])(
    '%j is refused readably',
    text => {
      expect(() => readReport(text)).toThrow(
        /^Cannot read report as it must be (JSON: |a report of leakgate, with schemaVersion and trials: it is ).+$/,
      );
    },
  );

  test('that is something else is told by what it holds, in one line', () => {
    expect(() => readReport('{"name":"shop","version":"1.0.0","type":"module","main":"a"}')).toThrow(
      'Cannot read report as it must be a report of leakgate, with schemaVersion and trials: it is an object with "name","version","type"',
    );
    expect(() => readReport('[1]')).toThrow(/: it is a list$/);
    expect(() => readReport('{"\\u001b[31m":1}')).toThrow(/: it is an object with "\\u001b\[31m"$/);
  });

  test('a number without a JSON form is refused when it is written, not when it is read', () => {
    expect(() => renderJson({ ...exampleReport(), elapsed: Number.NaN })).toThrow(
      'Cannot write report as "elapsed" must be a finite number: current value is NaN',
    );
  });
});
