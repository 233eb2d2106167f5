import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Report } from '../../harness/model.ts';
import { renderJunit } from '../../reports/junit.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';
import { unexpectedLeak } from '../support/unexpected-leak.ts';

const SCHEMA = readFileSync('tests/support/schemas/junit.xsd', 'utf8');
const HOSTILE = '\u001b[31mred\u001b[0m ]]> <b>&\u0000\u0008\ud800 "\'';

async function faults(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml, schema: SCHEMA });
  return errors.map(({ message }) => message);
}

describe('JUnit XML', () => {
  test.each<[string, Report]>([
    ['of every outcome', exampleReport()],
    ['of a green run', cleanReport()],
    ['of a leak with evidence', unexpectedLeak()],
    ['of no trial', emptyReport()],
    ['of a run in which leakgate failed', { ...exampleReport(), exitCode: 2 }],
    ['of hostile names', hostileReport(HOSTILE)],
  ])('%s fits the published schema', async (_, report) => {
    expect(await faults(renderJunit(report))).toEqual([]);
  });

  test('that is wrong does not fit it', async () => {
    expect(await faults('<testsuites><testcase/></testsuites>')).not.toEqual([]);
  });

  test('has one test case per scenario and build, and counts them', () => {
    const xml = renderJunit(exampleReport());
    expect(
      [...xml.matchAll(/<testcase name="(.*?)" classname="(.*?)"/g)].map(([, ...names]) => names),
    ).toEqual([
      ['leaky', 'auto-reload'],
      ['fixed', 'auto-reload'],
      ['bounded', 'response-cache'],
      ['generous', 'response-cache'],
      ['patched', 'zone-transfer'],
    ]);
    expect(xml).toContain('<testsuites name="leakgate" tests="5" failures="0" errors="2" time="83.412">');
    expect(xml).toContain('<error type="inconclusive" message="inconclusive, should be steady">');
    expect(xml).toContain('<error type="fault" message="CRASHED, should be steady">');
  });

  test('tells the evidence in the text of the failure', () => {
    const xml = renderJunit(unexpectedLeak());
    const failure = /<failure type="leak" message="LEAK, should be steady">(.*?)<\/failure>/s.exec(xml)?.[1];
    expect(failure).toContain('interval of 1000 ms: +10 kept/reload exactly');
    expect(failure).toContain('at startTimer (src/zones.ts:41:9)');
    expect(failure).toContain('owner auto:zones never ran: this build undoes CoreDNS PR 6705');
    expect(failure).toContain('held by Timeout list &gt; Zone &lt;&quot;example.org.&quot;&gt;');
  });

  test('takes repetitions together, and one that leaks fails the case', () => {
    const report = unexpectedLeak();
    const [leaking] = report.trials;
    const calm = exampleReport().trials[1]!;
    const again = {
      ...calm,
      result: { ...calm.result, trial: { ...leaking!.result.trial, id: 'x', repetition: 2 } },
    };
    const xml = renderJunit({ ...report, trials: [again, leaking!] });
    expect(xml).toContain('tests="1" failures="1" errors="0" time=');
    expect(xml).toMatch(/LEAK leaky #1: .*\n?/);
  });

  test('holds no control character', () => {
    expect(renderJunit(hostileReport(HOSTILE))).not.toMatch(/[^\P{Cc}\n]|\[31m/u);
  });

  test('is not green when leakgate could not do its work', () => {
    expect(renderJunit({ ...cleanReport(), exitCode: 2 })).toContain(
      '<error type="fault" message="exit code 2',
    );
  });
});
