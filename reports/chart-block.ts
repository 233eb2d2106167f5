import { type BuildCurves, buildCurves, curvePoints, heapRate } from './chart-curves.ts';
import { chartHeading, MARGIN } from './chart-heading.ts';
import { LABEL_HEIGHT, type Panel } from './chart-labels.ts';
import { chartPanel } from './chart-panel.ts';
import type { ChartTheme } from './chart-theme.ts';
import { formatNumber, plural } from './format.ts';
import type { ScenarioGroup } from './judged.ts';
import { label } from './svg.ts';
import { truncate } from './wrap.ts';

export interface BlockFrame {
  readonly top: number;
  readonly width: number;
  /** Of the panels together, their titles and axes included. */
  readonly height: number;
  readonly theme: ChartTheme;
  /** Unique in the document. */
  readonly id: string;
}

const LEFT = 76;
const RIGHT = 178;
/** Room above a panel for its title. */
const TITLE = 34;
/** Room below the lowest panel for its axis. */
const AXIS = 46;
const GAP = 40;

export interface Block {
  readonly markup: string;
  /** Where the next block may begin. */
  readonly bottom: number;
}

/** One scenario: its name, its verdicts, and panels that share the axis of iterations. */
export function chartBlock(group: ScenarioGroup, frame: BlockFrame): Block {
  const { theme, width } = frame;
  const builds = buildCurves(group, theme);
  const head = chartHeading(group, builds, frame);
  const panels = panelsOf(group, builds);
  const iterations = lastIteration(builds, panels);
  if (panels.length === 0 || iterations === 0) {
    const note = { x: MARGIN, y: head.bottom + 28, 'font-size': 12, fill: theme.quiet };
    return { markup: `${head.markup}\n${label('Nothing was sampled.', note)}`, bottom: head.bottom + AXIS };
  }
  const room = frame.height - TITLE - AXIS - (panels.length - 1) * GAP;
  const share = room / (panels.length + 1);
  const least = builds.length * LABEL_HEIGHT;
  let at = head.bottom + TITLE;
  const drawn = panels.map((panel, place) => {
    const height = Math.max(least, panels.length === 1 ? room : place === 0 ? 2 * share : share);
    const own = {
      left: LEFT,
      top: at,
      width: width - LEFT - RIGHT,
      height,
      iterations,
      id: `${frame.id}-${place}`,
      theme,
    };
    at += height + GAP;
    return chartPanel(panel, builds, own);
  });
  return { markup: [head.markup, ...drawn].join('\n'), bottom: at - GAP + AXIS };
}

/** The heap always, timers and the watched class that grew most where they were counted. */
function panelsOf(group: ScenarioGroup, builds: readonly BuildCurves[]): readonly Panel[] {
  const metrics = ['heap.used', 'timers', mostGrown(builds)].filter(
    metric => metric !== undefined && lastIteration(builds, [{ metric }]) > 0,
  );
  return metrics.flatMap((metric, place) => {
    if (metric === undefined) return [];
    const title = titleOf(metric, group.per);
    const endLabel = (curves: BuildCurves) => endLabelOf(curves, metric, group.per);
    const allowance = metric === 'heap.used' ? (group.trials[0]?.result.trial.options.allowance ?? 0) : 0;
    return [
      { title, metric, endLabel, allowance, xTitle: place === metrics.length - 1 ? plural(group.per) : '' },
    ];
  });
}

function titleOf(metric: string, per: string): string {
  if (metric === 'heap.used')
    return `Heap after collection, growth since the first sample, over ${plural(per)}`;
  return metric === 'timers' ? 'Active timers' : `Live instances of ${metric.replace('instances.', '')}`;
}

function endLabelOf(curves: BuildCurves, metric: string, per: string): readonly string[] {
  const name = curves.trials.length > 1 ? `${curves.build} x${curves.trials.length}` : curves.build;
  if (metric === 'heap.used') return [truncate(name, 20), `${curves.badge} ${heapRate(curves, per)}`];
  const end = curves.trials.flatMap(judged => curvePoints(judged, metric).slice(-1)).at(-1);
  const heapEnd = curves.trials.flatMap(judged => curvePoints(judged, 'heap.used').slice(-1)).at(-1);
  const early = end !== undefined && heapEnd !== undefined && end.x < heapEnd.x;
  return [
    `${truncate(name, 12)} ${formatNumber(end?.y ?? 0)}${early ? ` at ${formatNumber(end.x)}` : ''}`,
    ...(early ? ['not read later'] : []),
  ];
}

function mostGrown(builds: readonly BuildCurves[]): string | undefined {
  const all = builds.flatMap(build => build.trials.flatMap(judged => judged.series));
  const watched = all.filter(
    series => series.metric.name.startsWith('instances.') && series.points.length > 1,
  );
  const grown = watched.map(({ metric, points }) => ({
    name: metric.name,
    growth: (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0),
  }));
  return grown.sort((a, b) => b.growth - a.growth)[0]?.name;
}

function lastIteration(
  builds: readonly BuildCurves[],
  panels: readonly { readonly metric: string }[],
): number {
  const trials = builds.flatMap(build => build.trials);
  const ends = panels.flatMap(({ metric }) =>
    trials.map(judged => curvePoints(judged, metric).at(-1)?.x ?? 0),
  );
  return Math.max(0, ...ends);
}
