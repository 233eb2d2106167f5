import { type BuildCurves, buildCurves, curvePoints, heapRate } from './chart-curves.ts';
import type { Panel } from './chart-labels.ts';
import { chartPanel } from './chart-panel.ts';
import type { ChartTheme } from './chart-theme.ts';
import { formatNumber, plural } from './format.ts';
import type { ScenarioGroup } from './judged.ts';
import { element, label } from './svg.ts';
import { verdictLine } from './verdict.ts';
import { truncate, wrap } from './wrap.ts';

export interface BlockFrame {
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
  /** Unique in the document. */
  readonly id: string;
}

const LEFT = 76;
const RIGHT = 178;
const MARGIN = 24;
/** Average width of a character in ems, on the generous side. */
const CHARACTER = 0.56;
const BOLD_CHARACTER = 0.7;

/** One scenario: its name, its verdicts, and panels that share the axis of iterations. */
export function chartBlock(group: ScenarioGroup, frame: BlockFrame): string {
  const { theme, top, width } = frame;
  const builds = buildCurves(group, theme);
  const head = heading(group, builds, frame);
  const panels = panelsOf(group, builds);
  const iterations = lastIteration(builds, panels);
  if (panels.length === 0 || iterations === 0) {
    const note = { x: MARGIN, y: head.bottom + 28, 'font-size': 12, fill: theme.quiet };
    return [head.markup, label('Nothing was sampled.', note)].join('\n');
  }
  const first = head.bottom + 34;
  const room = top + frame.height - 46 - first - (panels.length - 1) * GAP;
  const share = 1 / (panels.length + 1);
  let at = first;
  const drawn = panels.map((panel, place) => {
    const height = Math.max(60, room * (panels.length === 1 ? 1 : place === 0 ? 2 * share : share));
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
  return [head.markup, ...drawn].join('\n');
}

const GAP = 40;

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
  return [`${truncate(name, 12)} ${formatNumber(end?.y ?? 0)}`];
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

interface Heading {
  readonly markup: string;
  /** Where the panels may begin. */
  readonly bottom: number;
}

function heading(
  group: ScenarioGroup,
  builds: readonly BuildCurves[],
  { top, width, theme }: BlockFrame,
): Heading {
  const columns = (size: number) => Math.floor((width - 2 * MARGIN) / (size * CHARACTER));
  const title = { x: MARGIN, y: top + 30, 'font-size': 18, 'font-weight': 700, fill: theme.text };
  const lines = [
    label(truncate(group.name, Math.floor((width - 2 * MARGIN) / (18 * BOLD_CHARACTER))), title),
  ];
  let bottom = top + 30;
  if (group.description !== '') {
    bottom += 19;
    lines.push(
      label(truncate(group.description, columns(12)), {
        x: MARGIN,
        y: bottom,
        'font-size': 12,
        fill: theme.quiet,
      }),
    );
  }
  bottom += 6;
  const verdictText = { 'font-size': 11.5, fill: theme.text };
  for (const judged of group.trials) {
    const { badge, label: name, facts } = verdictLine(judged, group);
    const color = builds.find(build => build.trials.includes(judged))?.color ?? theme.quiet;
    bottom += 18;
    lines.push(
      element('rect', { x: MARGIN, y: bottom - 9, width: 9, height: 9, fill: color }),
      label(truncate(`${name} ${badge}`, 60), {
        ...verdictText,
        x: MARGIN + 16,
        y: bottom,
        'font-weight': 700,
      }),
    );
    for (const text of wrap(facts, columns(11.5), 0).split('\n')) {
      bottom += 15;
      lines.push(label(text, { ...verdictText, x: MARGIN + 16, y: bottom }));
    }
  }
  return { markup: lines.join('\n'), bottom };
}
