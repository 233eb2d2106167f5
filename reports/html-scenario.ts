import type { HeapDiff, JudgedTrial, Report } from '../harness/model.ts';
import { type BuildCurves, buildCurves } from './chart-curves.ts';
import { DASHES } from './chart-marks.ts';
import { CHART_THEMES } from './chart-theme.ts';
import { comparisonRows } from './comparison.ts';
import { formatCount, formatSigned, formatSignedBytes } from './format.ts';
import { htmlCharts, swatch } from './html-charts.ts';
import type { ScenarioCurves } from './html-curves.ts';
import { htmlEvidence } from './html-evidence.ts';
import { type Child, h, type Markup } from './html-markup.ts';
import { htmlReadings } from './html-readings.ts';
import { htmlResources } from './html-resources.ts';
import { badgeOf, expectationOf } from './html-summary.ts';
import { htmlTable } from './html-table.ts';
import { type ScenarioGroup, trialLabel } from './judged.ts';
import { noteLines } from './notes.ts';
import { cell, type Table } from './table.ts';
import { verdictLine } from './verdict.ts';

/** Everything about one scenario: verdicts, charts, growth of every metric, and why. */
export function htmlScenario(
  group: ScenarioGroup,
  place: number,
  curves: ScenarioCurves | undefined,
  { report, staticChart }: { readonly report: Report; readonly staticChart: Markup },
): Markup {
  const builds = buildCurves(group, CHART_THEMES.page);
  const notes = noteLines([group]);
  return h(
    'section',
    { class: 'scenario', id: `scenario-${place}`, 'aria-labelledby': `scenario-${place}-name` },
    h('h2', { id: `scenario-${place}-name` }, group.name),
    group.description === '' ? undefined : h('p', { class: 'description' }, group.description),
    h(
      'ul',
      { class: 'trials' },
      group.trials.map(judged => trial(judged, group, builds)),
    ),
    curves === undefined
      ? h('p', { class: 'quiet' }, 'Nothing was sampled.')
      : htmlCharts(curves, staticChart),
    htmlResources(group),
    htmlEvidence(
      report.evidence.filter(({ scenario }) => scenario === group.name),
      report,
      group.per,
    ),
    comparisons(group),
    heapDiffs(report.heapDiffs.filter(({ scenario }) => scenario === group.name)),
    notes.length === 0
      ? undefined
      : [
          h('h3', {}, 'Figures of the scenario'),
          h(
            'ul',
            { class: 'plain' },
            notes.map(line => h('li', {}, line)),
          ),
        ],
    curves === undefined ? undefined : htmlReadings(curves),
  );
}

function trial(judged: JudgedTrial, group: ScenarioGroup, builds: readonly BuildCurves[]): Markup {
  const { facts, detail, printed } = verdictLine(judged, group);
  const below = [detail, printed].filter(text => text.trim() !== '').join('\n');
  const build = builds.find(({ trials }) => trials.includes(judged));
  return h(
    'li',
    {},
    h(
      'p',
      { class: 'trial-line' },
      build && swatch(build.color, DASHES[build.outcome]),
      h('strong', { class: 'name' }, trialLabel(judged, group)),
      badgeOf(judged),
      expectationOf(judged, group),
    ),
    h('p', { class: 'facts' }, facts),
    below === '' ? undefined : h('pre', { tabindex: 0 }, below),
  );
}

function comparisons(group: ScenarioGroup): Child {
  const compared = group.trials.filter(({ base }) => base !== undefined && base.comparisons.length > 0);
  if (compared.length === 0) return undefined;
  const table: Table = {
    title: `Beside the base, growth per ${group.per}`,
    columns: [
      { title: 'metric', align: 'left' },
      { title: 'base', align: 'right' },
      { title: 'now', align: 'right' },
      { title: 'difference', align: 'right' },
      { title: 'change', align: 'left' },
    ],
    sections: compared.map(judged => ({
      title: `${trialLabel(judged, group)} against ${judged.base?.name ?? ''}`,
      rows: comparisonRows(judged.base?.comparisons ?? []),
    })),
  };
  return [h('h3', {}, 'Beside the base'), htmlTable(table)];
}

const CLASSES_SHOWN = 12;

function heapDiffs(diffs: readonly HeapDiff[]): Child {
  if (diffs.length === 0) return undefined;
  const skipped = diffs.flatMap(diff => (diff.outcome === 'skipped' ? [diff] : []));
  const done = diffs.flatMap(diff => (diff.outcome === 'completed' ? [diff] : []));
  const table: Table = {
    title: 'Net objects by class',
    columns: [
      { title: 'class', align: 'left' },
      { title: 'objects', align: 'right' },
      { title: 'bytes', align: 'right' },
    ],
    sections: done.map(({ build, iterations, classes }) => ({
      title: `${build}, ${formatCount(iterations, 'iteration')}${classes.length === 0 ? ': nothing grew' : ''}`,
      rows: classes
        .slice(0, CLASSES_SHOWN)
        .map(({ name, net, bytes }) => [cell(name), cell(formatSigned(net)), cell(formatSignedBytes(bytes))]),
    })),
  };
  return [
    h('h3', {}, 'Heap diff by class'),
    done.length === 0
      ? undefined
      : h(
          'details',
          {},
          h('summary', {}, `Objects that came and stayed, in ${done.map(({ build }) => build).join(', ')}`),
          htmlTable(table),
        ),
    skipped.map(({ build, reason }) => h('p', { class: 'quiet' }, `${build}: skipped: ${reason}`)),
  ];
}
