import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Evidence, Report } from '../../harness/model.ts';
import { renderHtml } from '../../reports/html.ts';
import type { ScenarioCurves } from '../../reports/html-curves.ts';
import { EVIDENCE } from '../support/evidence-fixture.ts';
import { cleanReport, emptyReport, exampleReport, hostileReport } from '../support/report-fixture.ts';

const whole: Report = { ...exampleReport(), evidence: EVIDENCE };

describe('the HTML report', () => {
  test('gives equal bytes for equal data and others for others', () => {
    expect(renderHtml(exampleReport(3))).toBe(renderHtml(exampleReport(3)));
    expect(renderHtml(exampleReport(3))).not.toBe(renderHtml(exampleReport(4)));
  });

  test('loads nothing: its policy allows its own scripts and styles by their hashes alone', () => {
    const html = renderHtml(whole);
    const policy = unescaped(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '');
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const scripts = insides(html, /<script>([\s\S]*?)<\/script>/g);
    const styles = insides(html, /<style>([\s\S]*?)<\/style>/g);
    expect([scripts.length, styles.length]).toEqual([2, 3]);
    for (const text of [...scripts, ...styles]) expect(policy).toContain(`'sha256-${sha256(text)}'`);
    const markup = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/\s(src|srcset|style|on\w+)=/);
    expect(insides(markup, /\shref="([^"]*)"/g).filter(link => !/^(#|data:,)/.test(link))).toEqual([]);
  });

  test.each([
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '<!--<script>',
    ']]></noscript><svg onload=alert(1)>',
    '\u2028&lt;b&gt;\u202e',
  ])('keeps the hostile name %j from becoming markup', name => {
    const plain = tagsOf(renderHtml(hostileReport('name')));
    const html = renderHtml({ ...hostileReport(name), evidence: hostileEvidence(name) });
    const evidenced = tagsOf(renderHtml({ ...hostileReport('name'), evidence: hostileEvidence('name') }));
    expect(tagsOf(html)).toEqual(evidenced);
    expect(evidenced.length).toBeGreaterThan(plain.length);
    expect(JSON.stringify(dataOf(html))).toContain(JSON.stringify(printed(name)).slice(1, -1));
  });

  test('of an interrupted run says so first, and promises nothing', () => {
    const text = textOf(renderHtml({ ...cleanReport(), interrupted: true, exitCode: 2 }));
    expect(text).toContain('Interrupted: what there is decides nothing');
    expect(text).not.toContain('What the green light is worth');
  });

  test('says what came out and what its green light is worth before anything else', () => {
    const text = textOf(renderHtml(cleanReport()));
    const order = [
      'Every build did what its scenario expects',
      '2 of 2 as expected',
      'What the green light is worth',
      '41 B per reload',
      '1 per 80 reloads',
      '1 per 194 reloads',
      'would have caught 41 B/reload',
      'Heap after collection',
      'Resources',
      'All readings as a table',
      'How this was measured',
    ];
    const places = order.map(words => text.indexOf(words.replace('2 of 2 as expected', 'as expected2 of 2')));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((left, right) => left - right));
  });

  test('claims no green light where nothing is steady', () => {
    const leak = { ...cleanReport(), trials: cleanReport().trials.slice(0, 1) };
    expect(renderHtml(leak)).not.toContain('What the green light is worth');
  });

  test('names the weakest limit of all steady verdicts, and what was not counted', () => {
    const text = textOf(renderHtml(exampleReport()));
    expect(text).toContain('Each of the 2 steady verdicts that decide would have caught at least this');
    expect(text).toContain('58.4 B per iteration');
    expect(text).toContain('64 B per iteration');
    expect(text).toContain('not counted');
    expect(text).toContain('1 per 194 iterations');
  });

  test('names the limit of native memory only where every steady verdict has one', () => {
    const withNative = (those: (place: number) => boolean) => {
      const report = exampleReport();
      let place = 0;
      const trials = report.trials.map(trial => {
        if (trial.verdict.outcome !== 'steady' || !those(place++)) return trial;
        const limit = { ...trial.verdict.limit, nativeBytesPerIteration: 500 + place };
        return { ...trial, verdict: { ...trial.verdict, limit } };
      });
      return textOf(renderHtml({ ...report, trials }));
    };
    expect(withNative(() => true)).toMatch(/growth of native memory\s*502 B per iteration/);
    expect(withNative(place => place === 0)).not.toContain('growth of native memory');
  });

  test('holds for every scenario the heap first and then what moved', () => {
    const [reload, cache] = dataOf(renderHtml(exampleReport()));
    expect(reload?.charts.map(({ title }) => title)).toEqual([
      'Heap after collection',
      'Active timers',
      'Live instances of Zone',
      'RSS',
    ]);
    expect(cache?.charts.map(({ title }) => title)).toEqual(['Heap after collection']);
    expect(reload?.charts[0]?.lines.map(({ label, rate }) => `${label} ${rate}`)).toEqual([
      'leaky +231 kB/reload',
      'fixed +1.2 B/reload',
    ]);
  });

  test('puts every reading in a table: what a chart shows can be read without it', () => {
    const html = renderHtml(exampleReport());
    const [reload] = dataOf(html);
    const table = /<table id="s0-readings">([\s\S]*?)<\/table>/.exec(html)?.[1] ?? '';
    const cells = insides(table, /<td>([^<]*)<\/td>/g).filter(text => text !== '');
    const read = reload!.charts.flatMap(({ lines }) =>
      lines.flatMap(({ y }) => y.filter(value => value !== null)),
    );
    expect(cells.map(Number).sort(ascending)).toEqual(read.toSorted(ascending));
  });

  test('joins readings of different iterations and leaves gaps where a build was not read', () => {
    const [reload] = dataOf(renderHtml(exampleReport()));
    const zones = reload!.charts.find(({ title }) => title === 'Live instances of Zone')!;
    expect(zones.x).toEqual([0, 679, 1358, 2037]);
    for (const { y } of zones.lines) expect(y).toHaveLength(4);
  });

  test('shows evidence as trees: what is kept, by whom, and where it came from', () => {
    const text = textOf(renderHtml(whole));
    for (const words of [
      '10 Zone per reload, held by a timer started at harness/engine/zone/reload.ts:27, owner auto:zones',
      '10 per reload exactly interval of 30000 ms harness/engine/zone/reload.ts:27:19',
      'Its cleanup auto:zones never ran, as this build undoes CoreDNS PR 6705.',
      '10 per reload exactly Zone holding 134 kB per reload harness/engine/zone/zone.ts:9:14',
      '2,910 held by (GC roots) … Zone "example.org."',
      '1 per 40 reloads function onDone',
      'bounded: not looked into: it is steady',
    ])
      expect(text).toContain(words);
    expect(renderHtml(whole).match(/<details open/g)?.length).toBeGreaterThan(2);
    expect(renderHtml(whole)).toContain('harness/<wbr>engine/<wbr>zone/<wbr>reload.ts:27:19');
    expect(renderHtml(exampleReport())).not.toContain('Why it leaks');
    const path = 'shop\\cart.js';
    const onWindows = { ...hostileReport(path), evidence: hostileEvidence(path) };
    expect(renderHtml(onWindows)).toContain('shop\\<wbr>cart.js:1:1');
  });

  test('sets growth beside a base where there is one', () => {
    const report = exampleReport();
    const [leaky, ...rest] = report.trials;
    const metric = { name: 'timers', unit: 'timers', kind: 'exact' } as const;
    const comparisons = [
      { metric, slope: 10, base: 9, difference: 1, low: 1, high: 1, change: 'worse' },
    ] as const;
    const trials = [{ ...leaky!, base: { name: 'main.json', comparisons } }, ...rest];
    const text = textOf(renderHtml({ ...report, trials }));
    expect(text).toContain('leaky against main.json');
    expect(text).toContain('timers+9+10+1worse');
  });

  test('shows timings, heap diffs, warnings with advice, the null run, options and environment', () => {
    const text = textOf(renderHtml(exampleReport()));
    for (const words of [
      'Time per operation',
      'Net objects by class',
      'needs /proc',
      'give --option warmupLimit=1000',
      'measured on an empty scenario',
      'nodeFlags--no-opt --no-maglev --no-sparkplug',
      'Example CPU @ 2.40GHz',
      'assertion failed: transfer.closed',
    ])
      expect(text).toContain(words);
  });

  test('has a static chart for each scenario where scripts are off, with names that stay unique', () => {
    const html = renderHtml(exampleReport());
    const charts = insides(html, /<noscript>([\s\S]*?)<\/noscript>/g);
    expect(charts).toHaveLength(3);
    expect(charts.every(chart => chart.startsWith('<svg '))).toBe(true);
    const ids = insides(html.replace(/<script[\s\S]*?<\/script>/g, ''), /\sid="([^"]*)"/g);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is whole where nothing was run or nothing was sampled', () => {
    expect(textOf(renderHtml(emptyReport()))).toContain('No trial was run.');
    const [first] = exampleReport().trials;
    const unsampled = { ...exampleReport(), trials: [{ ...first!, series: [] }] };
    expect(textOf(renderHtml(unsampled))).toContain('Nothing was sampled.');
  });
});

function hostileEvidence(text: string): readonly Evidence[] {
  const evidence = EVIDENCE[0]!;
  const position = { file: text, line: 1, column: 1, function: text };
  if (evidence.outcome !== 'completed')
    throw new Error('Cannot be hostile as the evidence must be completed');
  return [
    {
      ...evidence,
      scenario: printed(text),
      build: text,
      objects: [
        {
          ...evidence.objects[0]!,
          name: text,
          with: [{ name: text, perIteration: 1 }],
          paths: [{ count: 1, steps: [{ name: text, position }] }],
          defined: position,
          allocated: [position],
        },
      ],
      resources: [
        { ...evidence.resources[0]!, name: text, created: [position], owner: { label: text, undoes: text } },
      ],
      snapshots: [text],
    },
  ];
}

/** A name as it is shown: without direction overrides. */
function printed(name: string): string {
  return name
    .replace(/[\u2028]/g, ' ')
    .replace(/\u202e/g, '')
    .trim();
}

function dataOf(html: string): readonly ScenarioCurves[] {
  const [json = ''] = insides(html, /<script type="application\/json" id="data">([\s\S]*?)<\/script>/g);
  expect(json).not.toContain('<');
  return JSON.parse(json) as ScenarioCurves[];
}

/** Without the places where a path may break, of which a name with slashes has more. */
function tagsOf(html: string): readonly string[] {
  return (html.match(/<\/?(?!wbr>)[a-z][\w-]*|<!--/gi) ?? []).map(tag => tag.toLowerCase());
}

function textOf(html: string): string {
  const markup = html.replace(/<(script|style|noscript)[\s\S]*?<\/\1>/g, '');
  return unescaped(markup.replace(/<[^>]*>/g, ''));
}

function unescaped(text: string): string {
  const entities: { [name: string]: string } = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');
}

function insides(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(match => match[1] ?? '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function ascending(left: number, right: number): number {
  return left - right;
}
