import { describe, expect, test } from 'vitest';
import type {
  BaseKind,
  Change,
  Comparison,
  Finding,
  JudgedTrial,
  Metric,
  Report,
} from '../../harness/model.ts';
import { comparisonsText } from '../../reports/base-wording.ts';
import { growthTable } from '../../reports/growth-table.ts';
import { renderHtml } from '../../reports/html.ts';
import { renderJson } from '../../reports/json.ts';
import { scenarioGroups } from '../../reports/judged.ts';
import { renderMarkdown } from '../../reports/markdown.ts';
import { readReport } from '../../reports/saved-report.ts';
import { renderText } from '../../reports/text.ts';
import { verdictLine } from '../../reports/verdict.ts';
import { warningText } from '../../reports/warning-wording.ts';
import { exitText } from '../../reports/wording.ts';
import { comparison } from '../support/comparisons.ts';
import { cleanReport, HEAP, TIMERS, ZONES } from '../support/report-fixture.ts';

const heap = (change: Change, slope: number, base: number) => comparison(HEAP, change, slope, base);

/** The clean report, whose steady trial was judged against a base and whose leaking one is the base. */
function compared(comparisons: readonly Comparison[], from: BaseKind = 'build'): Report {
  const report = cleanReport();
  const trials = report.trials.map(
    (judged): JudgedTrial =>
      judged.result.trial.build === 'fixed'
        ? { ...judged, base: { name: 'known', from, comparisons } }
        : { ...judged, isBase: true, asExpected: false },
  );
  return { ...report, trials };
}

function lineOf(comparisons: readonly Comparison[], build = 'fixed', from: BaseKind = 'baseline') {
  const report = compared(comparisons, from);
  const [group] = scenarioGroups(report);
  const judged = report.trials.find(({ result }) => result.trial.build === build);
  if (!group || !judged) throw new Error(`Cannot find ${build} as the clean report must have it`);
  return verdictLine(judged, group);
}

describe('a verdict against a base', () => {
  test.each([
    [
      'worse',
      heap('worse', 240, 120),
      'heap +240 B/reload, +120 B [118, 122] more than in the base (+120 B)',
    ],
    ['same', heap('same', 120, 118), 'as in the base: heap +120 B/reload (+118 B);'],
    [
      'same over the length of a shorter base',
      { ...heap('same', 135, 96), sameOver: 312 },
      'as in the base: heap +135 B/reload (+96 B over its 312 reloads);',
    ],
    [
      'better',
      heap('better', 20, 120),
      'heap +20 B/reload, 100 B [98, 102] less than in the base (+120 B): update the baseline to keep it so',
    ],
    ['unclear', heap('unclear', 135, 120), 'heap +135 B/reload, +15 B [13, 17] beside the base (+120 B)'],
    ['worse in counts', comparison(ZONES, 'worse', 11, 10), '+11 Zone/reload, +10 in the base;'],
    [
      'worse by little',
      comparison(ZONES, 'worse', 1.02, 1.0001),
      '+1 Zone/reload, +1 per 50 more than in the base;',
    ],
    [
      'unclear in counts',
      comparison(ZONES, 'unclear', 3, 2),
      '+3 Zone/reload, which may be more than the +2 in the base;',
    ],
    [
      'unclear in counts',
      comparison(ZONES, 'unclear', 3, 2),
      '+3 Zone/reload, which may be more than the +2 in the base;',
    ],
    ['new, and seldom', comparison(ZONES, 'worse', 0.02, 0), '+1 Zone per 50 reloads, none in the base;'],
  ])('says what is %s', (_, comparison, text) => {
    expect(lineOf([comparison]).facts).toContain(text);
  });

  test.each(['build', 'report'] as const)('has no baseline to be updated where the base is a %s', from => {
    const { facts } = lineOf([heap('better', 20, 120)], 'fixed', from);
    expect(facts).toMatch(/100 B \[98, 102\] less than in the base \(\+120 B\)(;|$)/);
  });

  test('says once that the baseline can be updated, and only where nothing is in doubt', () => {
    const better = [heap('better', 20, 120), comparison(ZONES, 'better', 1, 10)];
    const advice = 'update the baseline to keep it so';
    expect(lineOf(better).facts).toMatch(
      new RegExp(`less than in the base \\(\\+120 B\\); \\+1 Zone[^;]*: ${advice}; would`),
    );
    const report = compared(better, 'baseline');
    const [group] = scenarioGroups(report);
    const judged = report.trials.find(({ result }) => result.trial.build === 'fixed');
    if (!group || !judged) throw new Error('the clean report must have a fixed build');
    const { estimates, plateaus } = judged.verdict;
    const open = {
      outcome: 'inconclusive',
      reason: 'exchanged',
      metric: ZONES,
      estimates,
      plateaus,
    } as const;
    expect(verdictLine({ ...judged, verdict: open }, group).facts).not.toContain(advice);
  });

  test('of a leak tells first what is new, each thing once, and last what the base has, too', () => {
    const classOf = (name: string): Metric => ({ name: `class.${name}`, unit: name, kind: 'exact' });
    const store: Metric = { name: 'class.store of an array', unit: 'B', kind: 'exact' };
    const found = (metric: Metric, slope: number): Finding => {
      const counted = {
        slope,
        low: slope,
        high: slope,
        confidence: 0.99,
        points: 6,
        method: 'exact',
      } as const;
      const estimate = { metric, ...counted };
      return { metric, estimate, growth: 200, from: 0, to: 2000, exactMultiple: false };
    };
    const [extra, entry] = [classOf('Extra'), classOf('Entry')];
    const comparisons = [
      comparison(ZONES, 'worse', 0.05, 0),
      heap('same', 120, 118),
      comparison(entry, 'same', 1, 1),
    ];
    const report = compared(comparisons);
    const [group] = scenarioGroups(report);
    const judged = report.trials.find(({ base }) => base);
    if (!group || !judged) throw new Error('One must have a base');
    const { estimates } = judged.verdict;
    const findings = [
      found(ZONES, 0.05),
      found(classOf('Zone'), 0.05),
      found(extra, 0.05),
      found(store, 11),
    ] as const;
    const verdict = { outcome: 'leak', findings, estimates, plateaus: [] } as const;
    expect(verdictLine({ ...judged, verdict }, group).facts).toBe(
      '+1 Zone per 20 reloads, none in the base; kept, and not known of the base: +1 Extra per 20 reloads; as in the base: heap +120 B/reload (+118 B), +1 Entry/reload (+1)',
    );
  });

  test('names classes that grow beside those of the base, once', () => {
    const classOf = (name: string): Metric => ({ name: `class.${name}`, unit: `${name}s`, kind: 'exact' });
    const grown = (name: string): Finding => {
      const counted = {
        slope: 0.1,
        low: 0.1,
        high: 0.1,
        confidence: 0.99,
        points: 6,
        method: 'exact',
      } as const;
      const estimate = { metric: classOf(name), ...counted };
      return { metric: classOf(name), estimate, growth: 200, from: 0, to: 2000, exactMultiple: false };
    };
    const told = (known: readonly Comparison[]) => {
      const report = compared(known);
      const [group] = scenarioGroups(report);
      const judged = report.trials.find(({ base }) => base);
      if (!group || !judged?.base) throw new Error('One must have a base');
      const alone = { outcome: 'leak', classes: ['string', 'number'].map(grown) } as const;
      return verdictLine({ ...judged, base: { ...judged.base, alone } }, group).facts;
    };
    expect(told([comparison(classOf('number'), 'same', 0.1, 0.1)])).toMatch(
      /; grows too, and is not in the base: \+1 string per 10 reloads; would have caught/,
    );
    expect(told([comparison(classOf('Zone'), 'same', 0.1, 0.1)])).toMatch(
      /; grow too, and are not in the base: \+1 string per 10 reloads, \+1 number per 10 reloads; would/,
    );
    expect(told([heap('same', 120, 118)])).not.toMatch(/grows? too/);
    const both = ['string', 'number'].map(name => comparison(classOf(name), 'same', 0.1, 0.1));
    expect(told(both)).not.toMatch(/grows? too/);
  });

  test('says nothing of what grew in neither, and that the limit lies beyond the base', () => {
    const { facts } = lineOf([heap('same', 1.2, 1), comparison(TIMERS, 'same', 0, 0)]);
    expect(facts).toMatch(
      /^heap \+1.2 B\/reload \[-0.4, 2.9\]; would have caught .* 194 reloads beyond the base$/,
    );
  });

  test('of the base itself says that it decides nothing, and the exit code does not count it', () => {
    expect(lineOf([], 'leaky').expectation).toBe('the base, decides nothing');
    expect(exitText(compared([]))).toContain('(1 trial)');
  });
});

test('the growth table has a column for the base, with the gravest change and whose it is', () => {
  const comparisons = [
    heap('same', 1, 1),
    comparison(TIMERS, 'worse', 1, 0),
    comparison(ZONES, 'worse', 1, 0),
  ];
  const { columns, sections } = growthTable(compared(comparisons));
  const place = columns.findIndex(({ title }) => title === 'vs base');
  expect(sections[0]?.rows.map(row => row[place]?.text)).toEqual(['-', 'worse (timers, Zone)']);
  expect(growthTable(cleanReport()).columns.map(({ title }) => title)).not.toContain('vs base');
});

test('a summary names heap first, and no more than four metrics', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map(name =>
    comparison({ name, unit: name, kind: 'exact' }, 'worse', 1, 0),
  );
  expect(comparisonsText([...many.slice(1), many[0] ?? heap('same', 0, 0)])).toBe(
    'worse (b, c, d, e, 1 more)',
  );
  expect(comparisonsText([heap('same', 1, 1)])).toBe('same');
  expect(comparisonsText([])).toBe('');
});

test('every format shows the base, and the saved report keeps it', () => {
  const report = compared([heap('worse', 240, 120)]);
  expect(renderText(report, { width: 200, color: false })).toContain('worse (heap)');
  expect(renderMarkdown(report)).toContain('more than in the base');
  expect(readReport(renderJson(report))).toEqual(report);
});

describe('warnings about a base', () => {
  const about = { trial: 'cache/default/1', base: 'known.json' };
  test.each([
    [
      { code: 'base-missing', ...about, metrics: [] } as const,
      'cache/default/1: not in the base known.json, so judged absolutely',
    ],
    [
      { code: 'base-missing', ...about, metrics: ['timers', 'instances.Zone'] } as const,
      'cache/default/1: judged absolutely, as the base known.json lacks it: timers, instances.Zone',
    ],
    [
      { code: 'base-differs', ...about, setting: 'nodeFlags', was: '--jitless', is: '' } as const,
      'cache/default/1: the base known.json was measured with the flags --jitless, this run with none',
    ],
  ])('say what differs: %#', (warning, text) => {
    expect(warningText(warning).text).toBe(text);
  });
});

test('the page says that its limit is one beyond the base where all that is steady has one', () => {
  const report = compared([heap('same', 120, 118)]);
  const [judged] = report.trials.filter(({ base }) => base);
  if (!judged) throw new Error('One must have a base');
  const { base: _, ...alone } = judged;
  expect(renderHtml({ ...report, trials: [judged] })).toContain('would have caught beyond its base');
  expect(renderHtml({ ...report, trials: [judged, alone] })).not.toContain('beyond its base');
});
