import { HEAP_USED, isHeap, isInBytes, isWatched, type Metric } from '../harness/model.ts';
import { type BuildCurves, curvePoints, heapRate } from './chart-curves.ts';
import type { ChartKind } from './chart-kinds.ts';
import type { Panel } from './chart-labels.ts';
import { formatBytes, formatNumber, plural } from './format.ts';
import { estimateOf, leadingCount, leadingMemory, type ScenarioGroup } from './judged.ts';
import { countRateText, metricName } from './wording.ts';
import { truncate } from './wrap.ts';

/** The panels of one scenario, from the top down; none where nothing of the kind was sampled. */
export function panelsOf(
  group: ScenarioGroup,
  builds: readonly BuildCurves[],
  kind: ChartKind,
): readonly Panel[] {
  const metrics = METRICS[kind](builds).filter(metric => lastIteration(builds, [{ metric }]) > 0);
  return metrics.map((metric, place) => ({
    title: titleOf(metric, builds, group.per),
    metric,
    isBytes: isBytes(metric, builds),
    endLabel: curves =>
      kind === 'heap' ? endLabelOf(curves, metric, group.per) : rateLabelOf(curves, metric, group.per),
    allowance: metric === HEAP_USED ? (group.trials[0]?.result.trial.options.allowance ?? 0) : 0,
    xTitle: place === metrics.length - 1 ? plural(group.per) : '',
  }));
}

/** The last reading of any of these in any trial. */
export function lastIteration(
  builds: readonly BuildCurves[],
  panels: readonly { readonly metric: string }[],
): number {
  const trials = builds.flatMap(build => build.trials);
  const ends = panels.flatMap(({ metric }) =>
    trials.map(judged => curvePoints(judged, metric).at(-1)?.x ?? 0),
  );
  return Math.max(0, ...ends);
}

const METRICS: { readonly [kind in ChartKind]: (builds: readonly BuildCurves[]) => readonly string[] } = {
  heap: builds => [
    HEAP_USED,
    ...memoryOf(builds),
    ...countOf(builds),
    ...grown(builds, 'instances.').slice(0, 1),
  ],
  timers: builds => ['timers', ...grown(builds, 'immediates').filter(metric => hasMoved(builds, metric))],
  handles: builds => handleMetrics(builds),
};

function countOf(builds: readonly BuildCurves[]): readonly string[] {
  const count = leadingCount(builds.flatMap(({ trials }) => trials));
  return count === undefined ? [] : [count];
}

function memoryOf(builds: readonly BuildCurves[]): readonly string[] {
  const memory = leadingMemory(builds.flatMap(({ trials }) => trials));
  return memory ? [memory.name] : [];
}

const MOST_PANELS = 5;

/** What moved, the fastest first; where nothing did, what there is most of shows that. */
function handleMetrics(builds: readonly BuildCurves[]): readonly string[] {
  const all = ['handles.', 'descriptors.', 'listeners'].flatMap(prefix => grown(builds, prefix));
  const moved = all.filter(metric => hasMoved(builds, metric));
  const shown = moved.length > 0 ? moved : all.filter(metric => most(builds, metric) > 0).slice(0, 2);
  return shown.toSorted((left, right) => growth(builds, right) - growth(builds, left)).slice(0, MOST_PANELS);
}

/** Metrics whose name begins so and that were read more than once, the one that grew most first. */
function grown(builds: readonly BuildCurves[], prefix: string): readonly string[] {
  const names = new Set(
    seriesIn(builds)
      .filter(({ metric, points }) => metric.name.startsWith(prefix) && points.length > 1)
      .map(({ metric }) => metric.name),
  );
  return [...names].sort((left, right) => growth(builds, right) - growth(builds, left));
}

function growth(builds: readonly BuildCurves[], name: string): number {
  return Math.max(
    ...valuesOf(builds, name).map(values => (values.at(-1) ?? 0) - (values[0] ?? 0)),
    Number.NEGATIVE_INFINITY,
  );
}

function hasMoved(builds: readonly BuildCurves[], name: string): boolean {
  return valuesOf(builds, name).some(values => values.some(value => value !== values[0]));
}

function most(builds: readonly BuildCurves[], name: string): number {
  return Math.max(0, ...valuesOf(builds, name).flat());
}

function valuesOf(builds: readonly BuildCurves[], name: string): readonly (readonly number[])[] {
  return seriesIn(builds)
    .filter(({ metric }) => metric.name === name)
    .map(({ points }) => points.map(point => point.value));
}

function seriesIn(builds: readonly BuildCurves[]) {
  return builds.flatMap(build => build.trials.flatMap(judged => judged.series));
}

function isBytes(name: string, builds: readonly BuildCurves[]): boolean {
  return seriesIn(builds).some(({ metric }) => metric.name === name && isInBytes(metric));
}

function titleOf(metric: string, builds: readonly BuildCurves[], per: string): string {
  if (metric === HEAP_USED)
    return `Heap after collection, growth since the first sample, over ${plural(per)}`;
  const found = seriesIn(builds).find(series => series.metric.name === metric)?.metric;
  if (found === undefined) return metric;
  return `${metricTitle(found)}${isInBytes(found) ? ', growth since the first sample' : ''}`;
}

const ACRONYM = /^(tcp|udp|tty)\b/;

/** What a panel is headed with: `Active timers`, `UDP handles`, `Live instances of Zone`. */
export function metricTitle(metric: Metric): string {
  if (isHeap(metric)) return 'Heap after collection';
  if (metric.name === 'timers') return 'Active timers';
  const name = metricName(metric);
  if (isWatched(metric)) return `Live instances of ${name}`;
  if (ACRONYM.test(name)) return name.replace(ACRONYM, acronym => acronym.toUpperCase());
  return name.includes('.') ? name : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function endLabelOf(curves: BuildCurves, metric: string, per: string): readonly string[] {
  if (metric === HEAP_USED) return [truncate(nameOf(curves), 20), `${curves.badge} ${heapRate(curves, per)}`];
  const { name, isEarly, x } = endOf(curves, metric);
  return [name, ...(isEarly ? [`at ${formatNumber(x)}, not read later`] : [])];
}

/** With the growth per iteration below. */
function rateLabelOf(curves: BuildCurves, metric: string, per: string): readonly string[] {
  const [judged] = curves.trials;
  const estimate = judged === undefined ? undefined : estimateOf(judged, metric);
  const { name } = endOf(curves, metric);
  if (judged === undefined || estimate === undefined) return [name];
  const rate = estimate.slope === 0 ? 'no growth' : countRateText(estimate, per);
  return [name, rate.replace(/ [^/]*\//, '/')];
}

function endOf(curves: BuildCurves, metric: string) {
  const end = curves.trials.flatMap(judged => curvePoints(judged, metric).slice(-1)).at(-1);
  const heapEnd = curves.trials.flatMap(judged => curvePoints(judged, HEAP_USED).slice(-1)).at(-1);
  const value = isBytes(metric, [curves]) ? formatBytes : formatNumber;
  return {
    name: `${truncate(nameOf(curves), 12)} ${value(end?.y ?? 0)}`,
    isEarly: end !== undefined && heapEnd !== undefined && end.x < heapEnd.x,
    x: end?.x ?? 0,
  };
}

function nameOf({ build, trials }: BuildCurves): string {
  return trials.length > 1 ? `${build} x${trials.length}` : build;
}
