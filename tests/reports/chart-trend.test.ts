import { describe, expect, test } from 'vitest';
import type { JudgedTrial, Report } from '../../harness/model.ts';
import { CHART_THEMES } from '../../reports/chart-theme.ts';
import { DEFAULT_TREND, renderTrend } from '../../reports/chart-trend.ts';
import { comparison } from '../support/comparisons.ts';
import { cleanReport, emptyReport, exampleReport, HEAP, hostileReport } from '../support/report-fixture.ts';
import { xmlFault } from '../support/well-formed.ts';

/** Five nights of the clean run; in the fourth the fixed build began to leak. */
const nights: readonly Report[] = [0.4, 1.2, 0.1, 240, 251].map((slope, at) => ({
  ...cleanReport(),
  environment: {
    ...cleanReport().environment,
    date: `2026-11-1${at}T03:00:00.000Z`,
    commit: `${at}2f81c0d4be${at === 4 ? '-dirty' : ''}`,
  },
  trials: cleanReport().trials.map(judged =>
    judged.result.trial.build === 'fixed' ? grown(judged, slope) : judged,
  ),
}));

describe('the trend chart', () => {
  test('of five runs', async () => {
    await expect(renderTrend(nights)).toMatchFileSnapshot('../golden/trend.svg');
  });

  test('marks a run that is steady only beside its base by a square that is filled, and says so', () => {
    const [first, ...others] = nights as [Report, ...Report[]];
    const excused = { ...comparison(HEAP, 'same', 356, 350), excused: true } as const;
    const beside = first.trials.map(judged =>
      judged.result.trial.build === 'fixed'
        ? { ...judged, base: { name: 'known.json', comparisons: [excused] } }
        : judged,
    );
    const filled = (svg: string) => svg.split(`fill="${CHART_THEMES.light.lines.steady[0]}"`).length - 1;
    const drawn = renderTrend([{ ...first, trials: beside }, ...others]);
    expect(texts(drawn)).toContain('no worse');
    // Heap, timers, and what the mark means.
    expect(filled(drawn)).toBe(3);
    expect(texts(renderTrend(nights))).not.toContain('no worse');
    expect(filled(renderTrend(nights))).toBe(0);
  });

  test('shows beside the heap what leaks most plainly, and objects where no count of the runtime moves', () => {
    const leaking = (name: string) =>
      nights.map(night => ({
        ...night,
        trials: night.trials.map(judged => withCount(judged, name)),
      }));
    expect(texts(renderTrend(leaking('descriptors')))).toContain('descriptors per reload');
    expect(texts(renderTrend(leaking('population')))).toContain('objects per reload');
  });

  test('puts runs in the order of their dates, whatever order they come in', () => {
    expect(renderTrend(nights.toReversed())).toBe(renderTrend(nights));
    expect(renderTrend(nights)).not.toBe(renderTrend(nights.slice(1)));
  });

  test('has for each build the heap and the timers, the last growth in numbers, and commits below', () => {
    const shown = texts(renderTrend(nights));
    for (const text of [
      'Growth over 5 runs',
      'Per iteration, in the order of their dates, 2026-11-10 to 2026-11-14',
      'fixed: heap growth per reload',
      'leaky: heap growth per reload',
      '+251 B',
      '+231 kB',
      '+10',
      '32f81c0',
      '42f81c0*',
    ])
      expect(shown).toContain(text);
  });

  test('calls runs without a commit by their day, and by their time where the day has several', () => {
    const dated = (...dates: string[]) =>
      dates.map((date, place) => {
        const night = nights[place] as Report;
        return { ...night, environment: { ...night.environment, commit: '', date } };
      });
    const days = texts(renderTrend(dated('2026-11-10T08:30:00.000Z', '2026-11-11T08:30:00.000Z')));
    expect(days).toEqual(expect.arrayContaining(['11-10', '11-11']));
    const hours = texts(
      renderTrend(dated('2026-11-10T08:30:00.000Z', '2026-11-10T19:05:00.000Z', '2026-11-11T08:30:00.000Z')),
    );
    expect(hours).toEqual(expect.arrayContaining(['08:30', '19:05', '11-11']));
  });

  test('names a commit once where several runs of it follow each other, also where there is room for few', () => {
    const named = (commits: readonly string[]) => {
      const runs = commits.map((commit, at) => {
        const night = nights[at % nights.length] as Report;
        const date = `2026-11-10T${10 + Math.floor(at / 10)}:${10 + (at % 10)}:00.000Z`;
        return { ...night, environment: { ...night.environment, commit: commit.repeat(8), date } };
      });
      const names = texts(renderTrend(runs)).filter(text => /^(a|b|c){7}$/.test(text));
      return names.slice(0, names.length / 2).map(name => name[0]);
    };
    expect(named(['a', 'b', 'b', 'b', 'a'])).toEqual(['a', 'b', 'a']);
    const many = (commit: string, count: number) => Array<string>(count).fill(commit);
    expect(named([...many('a', 11), 'b', 'c', 'c', ...many('a', 11), ...many('b', 10)])).toEqual([
      'a',
      'a',
      'b',
    ]);
  });

  test('marks each run by its verdict', () => {
    const svg = renderTrend(nights);
    const { leak, steady } = CHART_THEMES.light.lines;
    const marks = (fill: string, color: string) =>
      svg.match(new RegExp(`fill="${fill}" stroke="${color}" stroke-width="1.6"`, 'g'))?.length;
    // Each twice, for heap and timers, and once more in the key.
    expect(marks(leak[0], leak[0])).toBe(2 * (5 + 2) + 1);
    expect(marks('#ffffff', steady[0])).toBe(2 * 3 + 1);
  });

  test('of repetitions shows the gravest verdict, and the mean within all their bounds', () => {
    const twice = nights.map(night => ({
      ...night,
      trials: night.trials.flatMap(judged =>
        judged.result.trial.build === 'fixed' ? [judged, grown(judged, 300)] : [judged],
      ),
    }));
    const svg = renderTrend(twice);
    const { leak } = CHART_THEMES.light.lines;
    const marks = svg.match(new RegExp(`fill="${leak[0]}" stroke="${leak[0]}" stroke-width="1.6"`, 'g'));
    expect(marks).toHaveLength(2 * (5 + 5) + 1);
    expect(texts(svg)).toContain('+276 B');
  });

  test('draws nothing for a run that has no reading of a metric', () => {
    const marks = (reports: readonly Report[]) =>
      renderTrend(reports).match(/stroke-width="1\.6"/g)?.length ?? 0;
    const [first, ...others] = nights;
    const blind = first!.trials.map(judged => ({
      ...judged,
      verdict: {
        ...judged.verdict,
        estimates: judged.verdict.estimates.filter(({ metric }) => metric.name !== 'timers'),
      },
    }));
    expect(marks(nights) - marks([{ ...first!, trials: blind }, ...others])).toBe(blind.length);
  });

  test('draws the allowance where a build should be steady, and only there', () => {
    const lines = (report: Report) => texts(renderTrend([report])).filter(text => text === 'allowance');
    const [leaky, fixed] = cleanReport().trials;
    expect(lines({ ...cleanReport(), trials: [fixed!] })).toHaveLength(1);
    expect(lines({ ...cleanReport(), trials: [leaky!] })).toHaveLength(0);
  });

  test('is well-formed whatever the reports, and refuses to draw none', () => {
    const hostile = hostileReport('<script>alert("1")</script> & \u0000\u001b[31m\ud800');
    for (const theme of ['light', 'dark'] as const) {
      const svg = renderTrend([exampleReport(), cleanReport(), emptyReport(), hostile], {
        ...DEFAULT_TREND,
        theme,
      });
      expect(xmlFault(svg)).toBeUndefined();
      expect(svg).not.toContain('<script');
    }
    expect(() => renderTrend([])).toThrow('Cannot draw a trend as there must be a report: there is none');
  });
});

function grown(judged: JudgedTrial, slope: number): JudgedTrial {
  const estimates = judged.verdict.estimates.map(estimate =>
    estimate.metric.name === 'heap.used' ? { ...estimate, slope, low: slope - 2, high: slope + 3 } : estimate,
  );
  const { verdict } = cleanReport().trials[0]!;
  return { ...judged, verdict: { ...(slope > 64 ? verdict : judged.verdict), estimates } };
}

function texts(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(match => match[1] ?? '');
}

/** The same, as a leak of that count alone. */
function withCount(judged: JudgedTrial, name: string): JudgedTrial {
  const unit = name === 'population' ? 'objects' : name;
  const metric = { name, unit, kind: 'exact' } as const;
  const { estimates, plateaus } = judged.verdict;
  const estimate = { ...estimates.find(one => one.metric.name === 'timers')!, metric };
  const finding = { metric, estimate, growth: 200, from: 0, to: 2000, exactMultiple: false };
  const verdict = {
    outcome: 'leak',
    findings: [finding],
    plateaus,
    estimates: [...estimates, estimate],
  } as const;
  return { ...judged, series: [], verdict };
}
