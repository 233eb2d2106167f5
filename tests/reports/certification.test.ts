import { describe, expect, test } from 'vitest';
import type { Certification } from '../../harness/model.ts';
import { renderCertification } from '../../reports/certification.ts';
import { readCertification, renderCertificationJson } from '../../reports/certification-json.ts';
import { renderCertificationMarkdown } from '../../reports/certification-markdown.ts';
import { certificationExitCode } from '../../reports/certification-wording.ts';
import { CertifyProgress } from '../../reports/certify-progress.ts';
import { renderPowerChart } from '../../reports/power-chart.ts';
import { certificationJsonSchema } from '../../reports/schema-certification.ts';
import { columnsOf } from '../../reports/wrap.ts';
import { caughtRun, cleanRun, exampleCertification } from '../support/certified.ts';
import { xmlFault } from '../support/well-formed.ts';

const EXAMPLE = exampleCertification();
const [BUILD] = EXAMPLE.builds;

describe('a certification', () => {
  test('sets what is caught beside what a steady run states, then shows the curves', async () => {
    const text = renderCertification(EXAMPLE, { width: 100, color: false });
    await expect(text).toMatchFileSnapshot('../golden/certification-100.txt');
    expect(text).toContain('22 B/reload  3 of 3              17 B/reload  yes, 1.29x as much');
    expect(text).toContain('1 in 680  0 of 3 (0 to 71 %)');
  });

  test.each([
    [1, 'in its one run'],
    [3, 'in all of 3 runs'],
    [19, 'in all of 19 runs'],
    [20, 'in at least 95 % of 20 runs'],
  ])('of %d runs of a size says that it was caught %s, in tables and in the chart', (repetitions, often) => {
    const certification = { ...EXAMPLE, repetitions };
    const text = renderCertification(certification, { width: 100, color: false });
    expect(text).toContain(`smallest leak caught ${often}\n`);
    expect(renderCertificationMarkdown(certification)).toContain(`smallest leak caught ${often}`);
    expect(renderPowerChart(certification)).toContain(`caught ${often} from 22 B/reload on`);
  });

  test.each([40, 60, 80, 120])('fits a terminal of %d columns', width => {
    const lines = renderCertification(EXAMPLE, { width, color: false }).split('\n');
    for (const line of lines.filter(text => text.includes(' ')))
      expect(columnsOf(line)).toBeLessThanOrEqual(width);
  });

  test('is written as Markdown with its chart beside it', () => {
    const text = renderCertificationMarkdown(EXAMPLE);
    expect(text).toContain('| heap | 22 B/reload | 3 of 3 | 17 B/reload | yes, 1.29x as much |');
    expect(text).toContain('](power.svg)');
    expect(renderCertificationMarkdown(EXAMPLE, 'dark')).toContain('](power-dark.svg)');
  });

  test('survives being written and read', () => {
    expect(readCertification(renderCertificationJson(EXAMPLE))).toEqual(EXAMPLE);
    expect(() => readCertification('{"schemaVersion":"2.0.0"}')).toThrow(
      'schemaVersion must be 1.x or older',
    );
  });

  // After a change of the shape: npx vitest run tests/reports/certification.test.ts -u
  test('has a published JSON Schema, the one that readers use', async () => {
    await expect(certificationJsonSchema()).toMatchFileSnapshot('../../reports/certification.schema.json');
  });

  test('prints no control codes of names from a file', () => {
    const hostile = {
      ...EXAMPLE,
      scenario: { ...EXAMPLE.scenario, name: '\u001b[31mred', unit: 'a\u0007b' },
    };
    for (const text of [
      renderCertification(hostile, { width: 100, color: false }),
      renderCertificationMarkdown(hostile),
      renderPowerChart(hostile),
    ])
      expect(text).not.toMatch(/\p{Cc}(?<!\n)/u);
  });
});

describe('the exit code of a certification', () => {
  test('is 1 where what was stated is off, or a build is not steady by itself', () => {
    expect(certificationExitCode(EXAMPLE)).toBe(1);
    expect(certificationExitCode(withRuns([cleanRun(1, { outcome: 'leak' })]))).toBe(1);
  });

  test('is 0 where it holds, and 3 where it is open', () => {
    expect(certificationExitCode(withCurves(['heap']))).toBe(0);
    expect(certificationExitCode(withRuns([cleanRun(1, { outcome: 'inconclusive' })]))).toBe(3);
    const open = EXAMPLE.builds.map(build => ({
      ...build,
      curves: [{ kind: 'object' as const, points: [] }],
    }));
    expect(certificationExitCode({ ...EXAMPLE, builds: open })).toBe(3);
  });

  function withCurves(kinds: readonly string[]): Certification {
    const builds = EXAMPLE.builds.map(build => ({
      ...build,
      curves: build.curves.filter(({ kind }) => kinds.includes(kind)),
    }));
    return { ...EXAMPLE, builds };
  }

  function withRuns(runs: Certification['builds'][number]['runs']): Certification {
    return { ...EXAMPLE, builds: EXAMPLE.builds.map(build => ({ ...build, curves: [], runs })) };
  }
});

describe('the power chart', () => {
  test('is well-formed, draws every size, and the line of what was stated', () => {
    const svg = renderPowerChart(EXAMPLE);
    expect(xmlFault(svg)).toBeUndefined();
    const points = BUILD?.curves.flatMap(curve => curve.points) ?? [];
    expect(svg.match(/<circle /g)).toHaveLength(points.length);
    expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(2);
    expect(svg).toContain('heap: text on the heap, by its slope');
  });

  test('has no line of text that is longer than it is wide', () => {
    const across = [...renderPowerChart(EXAMPLE).matchAll(/<text x="24" [^>]*font-size="12"[^>]*>([^<]*)</g)];
    expect(across.length).toBeGreaterThanOrEqual(2);
    // A character of this font is 6.7 wide on average.
    for (const [, text = ''] of across) expect(24 + text.length * 6.7).toBeLessThan(900);
  });

  test('is the same every time, and draws kinds without a run', () => {
    expect(renderPowerChart(EXAMPLE)).toBe(renderPowerChart(EXAMPLE));
    const builds = EXAMPLE.builds.map(build => ({
      ...build,
      curves: [{ kind: 'object' as const, points: [] }],
    }));
    expect(renderPowerChart({ ...EXAMPLE, builds })).toContain('no size caught often enough');
  });
});

describe('progress of a certification', () => {
  test('says beforehand how many runs there are, and after each about how long it will go on', () => {
    const progress = new CertifyProgress({ unit: 'reload', jobs: 2 });
    expect(progress.begin(EXAMPLE.scenario, 68)).toBe(
      'certifying auto-reload: about 68 runs, first some without a plant',
    );
    expect(progress.ended(cleanRun(1), 65)).toBe(
      'nothing planted: steady after 2,037 reloads in 2 s; about 3 min 20 s left',
    );
    const plant = { kind: 'heap', size: 220, every: 10, seed: 1 } as const;
    expect(progress.ended(caughtRun(plant), 40)).toBe(
      '22 B/reload on the heap, once per 10 reloads: leak (heap.used) after 4,074 reloads in 5 s; about 1 min 40 s left',
    );
    expect(progress.ended(caughtRun({ ...plant, kind: 'off-heap', every: 1 }), 40)).toMatch(
      /^220 B\/reload in array buffers: /,
    );
    expect(progress.ended(caughtRun({ ...plant, kind: 'unref-timer', size: 1 }), 0)).toBe(
      "1 timer per 10 reloads, unref'd: leak (timers) after 4,074 reloads in 5 s",
    );
  });
});
