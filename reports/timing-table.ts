import type { Timing } from '../harness/model.ts';
import { formatCount, formatDuration, formatRatio } from './format.ts';
import { type Cell, cell, type Table, withoutEmptyColumns } from './table.ts';

/** Time per operation on a fresh subject and at each age, and each build against the one it is compared with. */
export function timingTable(timings: readonly Timing[]): Table {
  const builds = [...new Set(timings.map(timing => timing.build))];
  const baseline = builds.includes('fixed') ? 'fixed' : (builds[0] ?? '');
  const ages = [...new Set(timings.map(timing => timing.age))].sort((one, other) => one - other);
  const [fresh = 0] = ages;
  const oldest = ages.at(-1) ?? fresh;
  const operations = [...new Set(timings.map(timing => timing.operation))];
  return withoutEmptyColumns({
    title: 'Time per operation (median, p99 in brackets)',
    columns: [
      { title: 'build', align: 'left' },
      ...ages.map(age => ({ title: `after ${formatCount(age, 'reload')}`, align: 'right' as const })),
      { title: 'aged / fresh', align: 'right' },
      { title: `against ${baseline}`, align: 'right' },
    ],
    sections: operations.map(operation => ({
      title: operation,
      rows: builds.map(build =>
        row(
          timings.filter(timing => timing.operation === operation),
          build,
        ),
      ),
    })),
  });

  function row(timed: readonly Timing[], build: string): readonly Cell[] {
    const at = (name: string, age: number) =>
      timed.find(timing => timing.build === name && timing.age === age);
    return [
      cell(build),
      ...ages.map(age => timeCell(at(build, age))),
      oldest === fresh ? cell('') : ratioCell(at(build, oldest), at(build, fresh)),
      build === baseline ? cell('') : ratioCell(at(build, oldest), at(baseline, oldest)),
    ];
  }
}

function timeCell(timing: Timing | undefined): Cell {
  return timing === undefined
    ? cell('')
    : cell(`${formatDuration(timing.median)} (${formatDuration(timing.p99)})`);
}

const MUCH_SLOWER = 1.25;

function ratioCell(timing: Timing | undefined, against: Timing | undefined): Cell {
  if (timing === undefined || against === undefined || against.median === 0) return cell('');
  const ratio = timing.median / against.median;
  return cell(formatRatio(ratio), ratio >= MUCH_SLOWER ? 'bad' : 'plain');
}
