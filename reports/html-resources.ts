import {
  className,
  type Estimate,
  isContainerStore,
  isInBytes,
  isWatched,
  type JudgedTrial,
  type Metric,
} from '../harness/model.ts';
import {
  formatByteInterval,
  formatBytes,
  formatCount,
  formatCountRateShort,
  formatNumber,
  formatSignedBytes,
} from './format.ts';
import { type Child, h } from './html-markup.ts';
import { htmlTable } from './html-table.ts';
import { estimateOf, outcomeOf, type ScenarioGroup, seriesOf, trialLabel } from './judged.ts';
import { type Cell, cell, type Table } from './table.ts';
import { metricName } from './wording.ts';

/** Growth per iteration of every metric in every trial; what stayed as it was in all of them is folded away. */
export function htmlResources(group: ScenarioGroup): Child {
  const metrics = metricsOf(group.trials);
  if (metrics.length === 0) return undefined;
  const moved = metrics.filter(metric => group.trials.some(judged => moves(judged, metric)));
  const still = metrics.filter(metric => !moved.includes(metric));
  return [
    h('h3', {}, 'Resources'),
    moved.length === 0 ? undefined : htmlTable(table(`Growth per ${group.per}`, moved, group)),
    still.length === 0
      ? undefined
      : h(
          'details',
          {},
          h(
            'summary',
            {},
            `${formatCount(still.length, moved.length === 0 ? 'metric' : 'more metric')} did not grow`,
          ),
          htmlTable(table(`No growth per ${group.per}`, still, group)),
        ),
  ];
}

/** In the order of the probes; what was only read, as RSS, stands last. */
function metricsOf(trials: readonly JudgedTrial[]): readonly Metric[] {
  const estimated = trials.flatMap(({ verdict }) => verdict.estimates.map(({ metric }) => metric));
  const read = trials.flatMap(({ series }) => series.map(({ metric }) => metric));
  const byName = new Map([...estimated, ...read].map(metric => [metric.name, metric]));
  return [...byName.values()];
}

function moves(judged: JudgedTrial, metric: Metric): boolean {
  const estimate = estimateOf(judged, metric.name);
  if (estimate === undefined) return isInBytes(metric) && seriesOf(judged, metric.name) !== undefined;
  return estimate.slope !== 0 || estimate.high > estimate.slope;
}

function table(title: string, metrics: readonly Metric[], group: ScenarioGroup): Table {
  return {
    title,
    columns: [
      { title: 'metric', align: 'left' },
      ...group.trials.map(judged => ({ title: trialLabel(judged, group), align: 'right' as const })),
    ],
    sections: [
      {
        title: '',
        rows: metrics.map(metric => [
          cell(nameOf(metric)),
          ...group.trials.map(judged => growthCell(judged, metric)),
        ]),
      },
    ],
  };
}

function nameOf(metric: Metric): string {
  if (isWatched(metric)) return `instances of ${metricName(metric)}`;
  const kept = className(metric);
  if (kept !== undefined) return `kept: ${kept}${isContainerStore(metric) ? ', bytes' : ''}`;
  return metricName(metric);
}

function growthCell(judged: JudgedTrial, metric: Metric): Cell {
  const estimate = estimateOf(judged, metric.name);
  if (estimate === undefined) return readCell(judged, metric);
  const found =
    outcomeOf(judged) === 'leak' &&
    judged.verdict.outcome === 'leak' &&
    judged.verdict.findings.some(finding => finding.metric.name === metric.name);
  return cell(growthText(estimate), found ? 'bad' : estimate.slope === 0 ? 'quiet' : 'plain');
}

function growthText({ metric, slope, low, high }: Estimate): string {
  if (!isInBytes(metric)) return formatCountRateShort(slope);
  if (isContainerStore(metric)) return formatSignedBytes(slope);
  return formatByteInterval(slope, low, high);
}

/** Not judged: what it was at the first and at the last sample. */
function readCell(judged: JudgedTrial, metric: Metric): Cell {
  const points = seriesOf(judged, metric.name)?.points ?? [];
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return cell('-', 'quiet');
  const text = isInBytes(metric) ? formatBytes : formatNumber;
  const span = points.length === 1 ? 'read once' : `${text(first.value)} to ${text(last.value)}`;
  return cell(span, 'quiet');
}
