import { describe, expect, test } from 'vitest';
import type { Fault, Report } from '../../harness/model.ts';
import { render } from '../../reports/index.ts';
import { exampleReport } from '../support/report-fixture.ts';

const FAULT: Fault = {
  kind: 'scenario-error',
  message: 'Error: refused',
  detail: '    at iterate (file:///app/leaks/a.mjs:3:7)',
  printed: 'listening on 8080\n    at handle (file:///app/server.mjs:9:1)',
  during: 'iteration 5',
};

/** The example, whose trials that faulted did so thus. */
function faulted(): Report {
  const report = exampleReport();
  const trials = report.trials.map(judged =>
    judged.result.outcome === 'faulted' ? { ...judged, result: { ...judged.result, fault: FAULT } } : judged,
  );
  return { ...report, trials };
}

describe('what a scenario had printed before its error', () => {
  test.each(['text', 'markdown', 'html', 'junit', 'pr-comment'] as const)(
    'stands in %s line by line, after the stack',
    format => {
      const text = String(render(faulted(), format));
      expect(text).toMatch(
        /at iterate [^\n]*\n[^\n]*It had printed:\n[^\n]*listening on 8080\n[^\n]*at handle/,
      );
    },
  );

  test('says nothing of where the error was thrown', () => {
    const { runs } = JSON.parse(String(render(faulted(), 'sarif'))) as {
      runs: { results: { locations: unknown[] }[] }[];
    };
    const places = JSON.stringify(runs[0]?.results.map(({ locations }) => locations));
    expect(places).toContain('leaks/a.mjs');
    expect(places).not.toContain('server.mjs');
  });
});
