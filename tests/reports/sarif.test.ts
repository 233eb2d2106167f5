import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { renderSarif } from '../../reports/sarif.ts';
import { RULES } from '../../reports/sarif-rules.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';
import {
  leakCaughtOnce,
  leakOfHeldObjects,
  leakThroughPackage,
  nativeLeak,
  unexpectedLeak,
} from '../support/unexpected-leak.ts';

const schema = createRequire(import.meta.url)(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
) as object;
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number; readonly startColumn?: number };
    };
  }[];
  readonly stacks?: unknown;
  readonly partialFingerprints: { readonly 'leakgate/v1': string };
}

function results(report: Report, places?: Parameters<typeof renderSarif>[1]): readonly Result[] {
  const log = JSON.parse(renderSarif(report, places)) as { runs: [{ results: Result[] }] };
  return log.runs[0].results;
}

function placesOf(result: Result | undefined): readonly string[] {
  return (result?.locations ?? []).map(({ physicalLocation: { artifactLocation, region } }) =>
    [artifactLocation.uri, region.startLine, region.startColumn].join(':'),
  );
}

describe('SARIF', () => {
  test.each<[string, Report]>([
    ['of every outcome', exampleReport()],
    ['of a leak with evidence', unexpectedLeak()],
    ['of a leak without', { ...unexpectedLeak(), evidence: [] }],
    ['of a green run', cleanReport()],
    ['of no trial', emptyReport()],
    ['of a run in which leakgate failed', { ...emptyReport(), exitCode: 2 }],
    ['of hostile names', hostileReport('\u001b[31m <a>\n%\u0000 é')],
  ])('%s fits the published schema 2.1.0', (_, report) => {
    validate(JSON.parse(renderSarif(report)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('of native memory blames nothing that is on the heap', () => {
    const found = results(nativeLeak());
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['leak-memory', 'inconclusive', 'fault']);
    expect(found[0]?.message.text).toContain('native memory +1.5 kB/reload');
  });

  test('that is wrong does not fit it', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  test('points at the line that created what is kept, by kind of leak', () => {
    const found = results(unexpectedLeak(), { cwd: '/project', root: '/project' });
    expect(found.slice(0, 3).map(result => [result.ruleId, ...placesOf(result)])).toEqual([
      ['leak-timer', 'src/zones.ts:41:9'],
      // Frames of Node are nobody's to mend.
      ['leak-handle', 'dist/scenarios/auto-reload.js:1:'],
      ['leak-object', 'file:///elsewhere/zone.ts:3:1'],
    ]);
    expect(found[0]?.message.text).toContain('interval of 1000 ms: +10 kept/reload exactly');
  });

  test('points at the line that created what holds an object of which no line is known', () => {
    const object = results(leakOfHeldObjects()).find(({ ruleId }) => ruleId === 'leak-object');
    expect(placesOf(object)).toEqual(['src/zones.ts:41:9']);
  });

  test('of a leak that one repetition missed reports the miss, not what it was expected to find', () => {
    expect(results(leakCaughtOnce()).map(({ ruleId }) => ruleId)).toContain('leak-not-caught');
    expect(results(leakCaughtOnce()).map(({ ruleId }) => ruleId)).not.toContain('leak-timer');
  });

  test('knows a result again when only its rate or share is another', () => {
    const withShare = (share: number): Report => {
      const report = unexpectedLeak();
      const by = { file: 'src/cart.js', line: 12, column: 3, function: 'add' };
      const evidence = report.evidence.map(one =>
        one.outcome === 'completed'
          ? { ...one, allocations: [{ bytes: 100, share, by, frames: [by] }] }
          : one,
      );
      return { ...report, evidence };
    };
    const prints = (report: Report) => results(report).map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(withShare(0.83))).toEqual(prints(withShare(0.84)));
    expect(prints(withShare(0.83)).map(print => print['leakgate/v1'])).toContain(
      'auto-reload/leaky/leak-object/allocated by add in src/cart.js',
    );
  });

  test('has a fingerprint for a resource in which neither times nor paths stand', () => {
    const named = (name: string): Report => {
      const report = unexpectedLeak();
      const evidence = report.evidence.map(one =>
        one.outcome === 'completed'
          ? { ...one, resources: one.resources.map(kept => ({ ...kept, name, noun: 'file' })) }
          : one,
      );
      return { ...report, evidence };
    };
    const prints = (report: Report) =>
      results(report).map(({ partialFingerprints }) => partialFingerprints['leakgate/v1']);
    expect(prints(named('file /tmp/one'))).toEqual(prints(named('file /tmp/two')));
    expect(prints(named('file /tmp/one'))).toContain(
      'auto-reload/leaky/leak-timer/file of startTimer in src/zones.ts',
    );
  });

  test.each([
    ['/home/ann/lib/cart.js', '/builds/17/lib/cart.js'],
    ['c:\\work\\lib\\cart.js', 'd:\\a\\lib\\cart.js'],
    ["/home/ann's (old) shop/cart.js", '/builds/17/cart.js'],
    ['../shop/cart.js', '../../17/cart.js'],
  ])('has the same fingerprint wherever the subject lies, at %s as at %s', (here, there) => {
    const at = (file: string): Report => {
      const by = { file, line: 3, column: 9, function: 'add' };
      const report = unexpectedLeak();
      const evidence = report.evidence.map(one =>
        one.outcome === 'completed'
          ? {
              ...one,
              objects: one.objects.map(kept => ({ ...kept, name: `function add (${file}:3)` })),
              allocations: file.startsWith('.') ? [] : [{ bytes: 100, share: 0.9, by, frames: [by] }],
            }
          : one,
      );
      return { ...report, evidence };
    };
    const prints = (report: Report) =>
      results(report).map(({ partialFingerprints }) => partialFingerprints['leakgate/v1']);
    expect(prints(at(here))).toEqual(prints(at(there)));
    expect(prints(at(here))).toContain('auto-reload/leaky/leak-object/function add (cart.js:3)');
  });

  test('points into the program where a package that it calls created it', () => {
    const [timer] = results(leakThroughPackage(), { cwd: '/project', root: '/project' });
    expect(placesOf(timer)).toEqual(['src/zones.ts:41:9']);
    expect(JSON.stringify(timer?.stacks)).toContain('node_modules/undici/core.js');
  });

  test('gives paths as the repository sees them, not as the working directory does', () => {
    const [timer] = results(unexpectedLeak(), { cwd: '/repo/packages/dns server', root: '/repo' });
    expect(placesOf(timer)).toEqual(['packages/dns%20server/src/zones.ts:41:9']);
  });

  test('points at the scenario where there is no evidence, once per kind', () => {
    const found = results({ ...unexpectedLeak(), evidence: [] });
    expect(found.slice(0, 3).map(({ ruleId }) => ruleId)).toEqual([
      'leak-timer',
      'leak-object',
      'leak-memory',
    ]);
    expect(placesOf(found[0])).toEqual(['file:///project/dist/scenarios/auto-reload.js:1:']);
  });

  test('reports nothing that is as expected, and leaves open what is inconclusive', () => {
    expect(results(cleanReport())).toEqual([]);
    expect(results(exampleReport()).map(({ ruleId, kind, level }) => [ruleId, kind, level])).toEqual([
      ['inconclusive', 'open', 'none'],
      ['fault', 'fail', 'error'],
    ]);
  });

  test('has a place for what concerns the run as such: GitHub refuses a file with a result that has none', () => {
    const found = results({ ...cleanReport(), trials: [], exitCode: 2 });
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['harness']);
    expect(found.map(({ locations }) => locations.length)).toEqual([1]);
  });

  test('names its rules by their place in the list', () => {
    for (const { ruleId, ruleIndex } of results(unexpectedLeak())) expect(RULES[ruleIndex]?.id).toBe(ruleId);
  });
});
