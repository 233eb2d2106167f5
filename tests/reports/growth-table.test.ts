import { expect, test } from 'vitest';
import { growthTable } from '../../reports/growth-table.ts';
import { offHeapLeak } from '../support/off-heap-leak.ts';
import { emptyReport, exampleReport } from '../support/report-fixture.ts';

const table = growthTable(exampleReport());

test('has a column for timers, every watched class, descriptors, and other counts that moved', () => {
  expect(table.columns.map(column => column.title)).toEqual([
    'build',
    'heap',
    'timers',
    'Zone',
    'descriptors',
    'objects',
    'verdict',
    'expected',
  ]);
});

test('has a column for memory off the heap where that leaks', () => {
  const { columns, sections } = growthTable(offHeapLeak(2_000_000));
  expect(columns.slice(0, 4).map(({ title }) => title)).toEqual([
    'build',
    'heap',
    'external memory',
    'timers',
  ]);
  const cells = sections[0]?.rows.map(row => row[2]?.text);
  expect(cells).toContain('+2 MB [2, 2]');
  expect(cells).toContain('-');
});

test('has a section per scenario that names the unit and a row per trial', () => {
  expect(table.sections.map(section => [section.title, section.rows.length])).toEqual([
    ['auto-reload, per reload', 3],
    ['response-cache, per query', 2],
    ['zone-transfer, per transfer', 1],
  ]);
});

test('a row holds growth, verdict and whether it was expected; what was not read is a dash', () => {
  const rows = table.sections.map(section => section.rows.at(0)?.map(cell => cell.text));
  expect(rows).toEqual([
    ['leaky', '+231 kB [228, 233]', '+10', '+10', '0', '+2,310', 'LEAK', 'yes'],
    ['bounded', '+2.1 B [-6.4, 9.9]', '0', '-', '-', '-', 'steady', 'yes'],
    ['patched', '-', '-', '-', '-', '-', 'CRASHED', 'NO'],
  ]);
});

test('descriptors of all types are added up, handles only get a column once one moved', () => {
  const report = exampleReport();
  const [leaky] = report.trials;
  const handle = { name: 'handles.udp', unit: 'udp handles', kind: 'exact' } as const;
  const socket = { ...handle, name: 'descriptors.socket' };
  const file = { ...handle, name: 'descriptors.file' };
  const grown = [handle, socket, file].map(metric => ({
    metric,
    slope: 0.0625,
    low: 0.0625,
    high: 0.0625,
    confidence: 1,
    points: 5,
    method: 'exact' as const,
  }));
  const verdict = { ...leaky!.verdict, estimates: grown };
  const { columns, sections } = growthTable({ ...report, trials: [{ ...leaky!, verdict }] });
  expect(columns.map(column => column.title)).toEqual([
    'build',
    'heap',
    'descriptors',
    'handles',
    'verdict',
    'expected',
  ]);
  expect(sections[0]?.rows[0]?.map(cell => cell.text)).toEqual([
    'leaky',
    '-',
    '+1 per 8',
    '+1 per 16',
    'LEAK',
    'yes',
  ]);
});

test('an empty report gives an empty table', () => expect(growthTable(emptyReport()).sections).toEqual([]));

test('what lies within the noise of a count, and a single thing that went away, is no growth', () => {
  const report = exampleReport();
  const [leaky] = report.trials;
  const population = { name: 'population', unit: 'objects', kind: 'exact' } as const;
  const noise = { metric: population, slope: -0.0005, low: -0.006, high: 0.005 };
  const gone = {
    metric: { ...population, name: 'timers', unit: 'timers' },
    slope: -0.0005,
    low: -0.0005,
    high: -0.0005,
  };
  const estimates = [noise, gone].map(one => ({
    ...one,
    confidence: 1,
    points: 4,
    method: 'exact' as const,
  }));
  const trial = { ...leaky!, verdict: { ...leaky!.verdict, estimates } };
  const { columns, sections } = growthTable({ ...report, trials: [trial] });
  expect(columns.map(({ title }) => title)).toEqual(['build', 'heap', 'timers', 'verdict', 'expected']);
  expect(sections[0]?.rows[0]?.[2]?.text).toBe('0');
});

test('a count of a steady build that rises and falls has no rate', () => {
  const report = exampleReport();
  const steady = report.trials.find(({ verdict }) => verdict.outcome === 'steady')!;
  const metric = { name: 'population', unit: 'objects', kind: 'exact' } as const;
  const shape = { metric, slope: 1 / 12, low: 0.01, high: 0.2, confidence: 1, points: 4 };
  const estimates = [{ ...shape, method: 'exact' as const }];
  const objectsOf = (accepted: readonly { metric: typeof metric; because: 'level'; allowance: number }[]) => {
    const verdict = { ...steady.verdict, estimates, accepted } as typeof steady.verdict;
    const { columns, sections } = growthTable({ ...report, trials: [{ ...steady, verdict }] });
    return sections[0]?.rows[0]?.[columns.findIndex(({ title }) => title === 'objects')]?.text;
  };
  expect(objectsOf([])).toBe('+1 per 12');
  expect(objectsOf([{ metric, because: 'level', allowance: 16 }])).toBe('~0');
});
