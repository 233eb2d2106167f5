import { expect, test } from 'vitest';
import { timingTable } from '../../reports/timing-table.ts';
import { exampleReport } from '../support/report-fixture.ts';

const { timings } = exampleReport();

test('compares aged with fresh and every build with the fixed one', () => {
  const { columns, sections } = timingTable(timings);
  expect(columns.map(column => column.title)).toEqual([
    'build',
    'after 0 reloads',
    'after 2,000 reloads',
    'aged / fresh',
    'against fixed',
  ]);
  expect(sections[0]).toEqual({
    title: 'query A over UDP',
    rows: [
      [plain('fixed'), plain('41.2 µs (98.7 µs)'), plain('41.9 µs (101 µs)'), plain('1.02x'), plain('')],
      [plain('leaky'), plain('41.4 µs (97.9 µs)'), plain('63.3 µs (1.8 ms)'), bad('1.53x'), bad('1.51x')],
    ],
  });
});

test('shows every age that was timed, in order', () => {
  const between = timings.map(timing => ({ ...timing, age: timing.age / 2 }));
  const { columns, sections } = timingTable([...timings, ...between.filter(({ age }) => age > 0)]);
  expect(columns.slice(1, 4).map(column => column.title)).toEqual([
    'after 0 reloads',
    'after 1,000 reloads',
    'after 2,000 reloads',
  ]);
  for (const row of sections.flatMap(({ rows }) => rows)) expect(row[2]).toEqual(row[3]);
});

test('one age leaves out what cannot be compared', () => {
  const fresh = timingTable(timings.filter(timing => timing.age === 0));
  expect(fresh.columns.map(column => column.title)).toEqual(['build', 'after 0 reloads', 'against fixed']);
});

test('one build leaves out the comparison of builds', () => {
  const alone = timingTable(timings.filter(timing => timing.build === 'leaky'));
  expect(alone.columns.map(column => column.title)).not.toContain('against leaky');
});

test('an operation that was not timed on one build leaves its cells empty', () => {
  const { sections } = timingTable(timings.slice(1));
  expect(sections[0]?.rows[0]?.map(cell => cell.text)).toEqual(['fixed', '', '41.9 µs (101 µs)', '', '']);
});

function plain(text: string) {
  return { text, tone: 'plain' };
}

function bad(text: string) {
  return { text, tone: 'bad' };
}
