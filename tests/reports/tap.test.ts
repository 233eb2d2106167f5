import { Parser } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { renderTap } from '../../reports/tap.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';
import { unexpectedLeak } from '../support/unexpected-leak.ts';

function parsed(report: Report) {
  const parser = new Parser({ strict: true });
  const points: { ok: boolean; name: string; diag?: Record<string, unknown> }[] = [];
  let final: { ok: boolean; count: number; fail: number; failures: unknown[] } | undefined;
  parser.on('assert', point => points.push(point as (typeof points)[number]));
  parser.on('complete', result => {
    final = result;
  });
  parser.end(renderTap(report));
  return { points, final };
}

describe('TAP', () => {
  test('is read by a strict parser: a point per scenario and build', () => {
    const { points, final } = parsed(exampleReport());
    expect(points.map(({ ok, name }) => [ok, name])).toEqual([
      [true, 'auto-reload leaky: LEAK, as expected'],
      [true, 'auto-reload fixed: steady, as expected'],
      [true, 'response-cache bounded: steady, as expected'],
      [false, 'response-cache generous: inconclusive, should be steady'],
      [false, 'zone-transfer patched: CRASHED, should be steady'],
    ]);
    expect(final).toMatchObject({ ok: false, count: 5, fail: 2 });
  });

  test('is ok where all is as expected', () => {
    expect(parsed(cleanReport()).final).toMatchObject({ ok: true, count: 2 });
    expect(parsed(emptyReport()).final).toMatchObject({ ok: true, count: 0 });
    expect(parsed({ ...cleanReport(), exitCode: 2 }).final).toMatchObject({ ok: false, count: 3 });
  });

  test('says nothing of verdicts where there is none', () => {
    const text = renderTap({ ...cleanReport(), exitCode: 2 });
    expect(text).toContain('not ok 3');
    expect(text).not.toMatch(/verdicts:\n {2}\.\.\./);
  });

  test('says in YAML what was found and where', () => {
    const [leak] = parsed(unexpectedLeak()).points;
    expect(leak?.diag).toMatchObject({
      severity: 'fail',
      at: { file: '/project/dist/scenarios/auto-reload.js' },
      evidence: expect.arrayContaining(['  at startTimer (src/zones.ts:41:9)']),
    });
  });

  test.each(['# SKIP it', '\\# TODO', 'a: b\n  ...\nnot ok 9', '"}', '%TAG'])(
    'takes the name %j for a name',
    name => {
      const { points, final } = parsed(hostileReport(name));
      expect(points[1]).toMatchObject({ ok: false });
      expect(points.map(point => point.name).join()).toContain(name.replace(/\s+/g, ' '));
      expect(final?.count).toBe(points.length);
    },
  );
});
