import { type Change, type Comparison, isClass, isHeap, type RunComparison } from '../harness/model.ts';
import { rateText } from './base-wording.ts';
import { formatByteInterval, formatCount, formatCountRateShort, formatSigned } from './format.ts';
import { gravestFirst } from './notable.ts';
import { heading, page, paint } from './page.ts';
import { printableText } from './printable.ts';
import { type Cell, cell, type Table, type Tone } from './table.ts';
import { terminalTable } from './terminal-table.ts';
import type { TextOptions } from './text.ts';
import { metricName } from './wording.ts';
import { wrap } from './wrap.ts';

const CHANGE_TONES: { readonly [change in Change]: Tone } = {
  worse: 'bad',
  better: 'good',
  same: 'quiet',
  unclear: 'doubt',
};

/** What got better or worse between two runs, for a terminal. */
export function renderComparison(comparison: RunComparison, { width, color }: TextOptions): string {
  const sheet = page(width, color);
  const { base, head, builds, notes } = comparison;
  const quiet = builds.flatMap(({ comparisons }) => comparisons).filter(one => !isTold(one)).length;
  const sections = [
    heading(sheet, wrap(printableText(`${base} to ${head}`), width, 2)),
    builds.length === 0 ? '' : terminalTable(comparisonTable(comparison), sheet),
    quiet === 0 ? '' : wrap(`${formatCount(quiet, 'more metric')} grew in neither.`, width, 2),
    notes.map(note => wrap(`${paint(sheet, 'doubt', 'note')} ${printableText(note)}`, width, 2)).join('\n'),
    exitText(comparison),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}

/** One section per scenario and build, one row per metric that grew in either run. */
function comparisonTable({ builds }: RunComparison): Table {
  return {
    title: 'Growth per iteration',
    columns: [
      { title: 'metric', align: 'left' },
      { title: 'base', align: 'right' },
      { title: 'head', align: 'right' },
      { title: 'difference', align: 'right' },
      { title: 'verdict', align: 'left' },
    ],
    sections: builds.map(({ scenario, build, comparisons }) => ({
      title: printableText(`${scenario} ${build}`),
      rows: comparisonRows(comparisons),
    })),
  };
}

/**
 * One row per metric that there is something to say of, the gravest change first: name, base, now,
 * difference, change.
 */
export function comparisonRows(comparisons: readonly Comparison[]): readonly (readonly Cell[])[] {
  const told = comparisons.filter(isTold);
  return gravestFirst(told.filter(one => !isToldTwice(one, told))).map(row);
}

/** A class that is watched, counted in heap snapshots as well. */
function isToldTwice({ metric, change }: Comparison, told: readonly Comparison[]): boolean {
  const name = metricName(metric);
  return (
    isClass(metric) &&
    told.some(one => !isClass(one.metric) && one.change === change && metricName(one.metric) === name)
  );
}

function row(comparison: Comparison): readonly Cell[] {
  const { metric, slope, base, change } = comparison;
  return [
    cell(printableText(metricName(metric))),
    cell(rateText(comparison, base)),
    cell(rateText(comparison, slope)),
    cell(differenceText(comparison)),
    cell(change, CHANGE_TONES[change]),
  ];
}

/** `+120 B [118, 122]`, `+1`, `+1 per 200`; of counts that are the same to a hundredth, as the rest is chance. */
function differenceText({ metric, change, difference, low, high }: Comparison): string {
  if (metric.kind !== 'exact') return formatByteInterval(difference, low, high);
  return change === 'same'
    ? formatSigned(Number(difference.toFixed(2)) + 0)
    : formatCountRateShort(difference);
}

/** The heap always, all else only where it moved. */
function isTold({ metric, slope, base, change }: Comparison): boolean {
  return isHeap(metric) || change !== 'same' || slope !== 0 || base !== 0;
}

function exitText({ exitCode, interrupted }: RunComparison): string {
  if (interrupted) return 'exit code 3: a run that was interrupted decides nothing';
  switch (exitCode) {
    case 0:
      return 'exit code 0: nothing got worse';
    case 1:
      return 'exit code 1: something got worse';
    case 3:
      return 'exit code 3: not clear whether something got worse';
  }
}
