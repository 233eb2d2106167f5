import type { Timing } from '../harness/model.ts';
import { formatCount, formatDuration, formatRatio } from './format.ts';
import { type Cell, cell, type Table, withoutEmptyColumns } from './table.ts';

/** Time per operation on a fresh and on an aged subject, and each build against the one it is compared with. */
export function timingTable(timings: readonly Timing[]): Table {
  const builds = [...new Set(timings.map(timing => timing.build))];
  const baseline = builds.includes('fixed') ? 'fixed' : (builds[0] ?? '');
  const fresh = Math.min(...timings.map(timing => timing.age));
  const aged = Math.max(...timings.map(timing => timing.age));
  const operations = [...new Set(timings.map(timing => timing.operation))];
  return withoutEmptyColumns({
    title: 'Time per operation (median, p99 in brackets)',
    columns: [
      { title: 'build', align: 'left' },
      { title: `after ${formatCount(fresh, 'reload')}`, align: 'right' },
      { title: aged === fresh ? '' : `after ${formatCount(aged, 'reload')}`, align: 'right' },
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
    const old = aged === fresh ? undefined : at(build, aged);
    return [
      cell(build),
      timeCell(at(build, fresh)),
      timeCell(old),
      ratioCell(old, at(build, fresh)),
      build === baseline ? cell('') : ratioCell(at(build, aged), at(baseline, aged)),
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
