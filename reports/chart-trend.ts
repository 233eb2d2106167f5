import { HEAP_USED, isPopulation, type JudgedTrial, type Metric, type Report } from '../harness/model.ts';
import { NO_WORSE } from './badge.ts';
import { worstOutcome } from './chart-curves.ts';
import { MARGIN } from './chart-heading.ts';
import { CHART_THEMES, type ChartTheme, type ChartThemeName } from './chart-theme.ts';
import { outcomeKey, type TrendMark, type TrendPoint, trendPanel } from './chart-trend-panel.ts';
import { formatSigned, formatSignedBytes } from './format.ts';
import { estimateOf, leadingCount, outcomeOf, scenarioGroups } from './judged.ts';
import { drifts } from './notable.ts';
import { printable } from './printable.ts';
import { element, escapeXml, label } from './svg.ts';
import { metricName } from './wording.ts';
import { truncate } from './wrap.ts';

export interface TrendOptions {
  readonly width: number;
  /** Of one build's panels, pixels. */
  readonly height: number;
  readonly theme: ChartThemeName;
}

export const DEFAULT_TREND: TrendOptions = { width: 900, height: 150, theme: 'light' };

const LEFT = 76;
const RIGHT = 92;
const GAP = 118;
const HEAD = 78;
const FOOT = 34;
/** Room for a scenario's name, and for a build's. */
const NAME = 34;
const TITLE = 44;
const AXIS = 44;

/**
 * How growth per iteration went from run to run, as an SVG document: per scenario and build the heap's slope
 * with its interval, and the count that tells most, each run marked by its verdict. Runs stand in the order of
 * their dates. The same reports give the same bytes.
 * @throws {RangeError} without a report.
 */
export function renderTrend(reports: readonly Report[], options: TrendOptions = DEFAULT_TREND): string {
  if (reports.length === 0)
    throw new RangeError('Cannot draw a trend as there must be a report: there is none');
  const { width, height } = options;
  const theme = CHART_THEMES[options.theme];
  const runs = reports.map(printable).sort(byDate);
  const rows: string[] = [];
  let bottom = HEAD;
  for (const name of scenariosOf(runs)) {
    rows.push(heading(name, bottom + NAME - 8, { width, theme }));
    bottom += NAME;
    const builds = buildsOf(runs, name);
    const count = countOf(runs.flatMap(stableTrials).filter(({ result }) => result.trial.scenario === name));
    for (const [at, build] of builds.entries()) {
      const isLast = at === builds.length - 1;
      rows.push(row(runs, name, build, { count, top: bottom + TITLE, isLast, options, theme }));
      bottom += TITLE + height + (isLast ? AXIS : 0);
    }
  }
  const tall = bottom + FOOT;
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height: tall,
      viewBox: `0 0 ${width} ${tall}`,
      'font-family': "'DejaVu Sans', Verdana, sans-serif",
      role: 'img',
    },
    `\n${element('title', {}, escapeXml(titleText(runs)))}\n`,
    `${element('rect', { width, height: tall, fill: theme.background })}\n`,
    `${head(runs, { width, theme })}\n`,
    `${rows.join('\n')}\n`,
    `${label(footText(runs), { x: MARGIN, y: tall - 16, 'font-size': 10, fill: theme.quiet })}\n`,
  )}\n`;
}

function byDate(left: Report, right: Report): number {
  return left.environment.date.localeCompare(right.environment.date, 'en');
}

function scenariosOf(runs: readonly Report[]): readonly string[] {
  return [...new Set(runs.flatMap(run => scenarioGroups(run).map(({ name }) => name)))];
}

function buildsOf(runs: readonly Report[], scenario: string): readonly string[] {
  const trials = runs.flatMap(run => stableTrials(run).map(({ result }) => result.trial));
  return [...new Set(trials.filter(trial => trial.scenario === scenario).map(({ build }) => build))];
}

function stableTrials(run: Report): readonly JudgedTrial[] {
  return run.trials.filter(({ result }) => result.trial.variant === 'stable');
}

interface TrendStyle {
  readonly width: number;
  readonly theme: ChartTheme;
}

function titleText(runs: readonly Report[]): string {
  return `Growth over ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
}

function head(runs: readonly Report[], { width, theme }: TrendStyle): string {
  const dates = [runs[0], runs.at(-1)].map(run => run?.environment.date.slice(0, 10) ?? '');
  const between = dates[0] === dates[1] ? dates[0] : `${dates[0]} to ${dates[1]}`;
  const title = { x: MARGIN, y: 32, 'font-size': 18, 'font-weight': 700, fill: theme.text };
  return [
    label(titleText(runs), title),
    label(`Per iteration, in the order of their dates, ${between}`, {
      x: MARGIN,
      y: 52,
      'font-size': 12,
      fill: theme.quiet,
    }),
    outcomeKey({ right: width - MARGIN, y: 32, hasNoWorse: runs.flatMap(stableTrials).some(drifts), theme }),
  ].join('\n');
}

function heading(name: string, y: number, { width, theme }: TrendStyle): string {
  const columns = Math.floor((width - 2 * MARGIN) / 11);
  const text = { x: MARGIN, y, 'font-size': 15, 'font-weight': 700, fill: theme.text };
  const rule = { x1: MARGIN, x2: width - MARGIN, y1: y - 24, y2: y - 24, stroke: theme.grid };
  return `${element('line', rule)}\n${label(truncate(name, columns), text)}`;
}

interface RowFrame {
  /** Shown beside the heap. */
  readonly count: Metric;
  readonly top: number;
  readonly isLast: boolean;
  readonly options: TrendOptions;
  readonly theme: ChartTheme;
}

function row(runs: readonly Report[], scenario: string, build: string, frame: RowFrame): string {
  const { top, isLast, theme } = frame;
  const { width, height } = frame.options;
  const panel = (width - LEFT - RIGHT - GAP) / 2;
  const trials = runs.map(run =>
    stableTrials(run).filter(
      ({ result }) => result.trial.scenario === scenario && result.trial.build === build,
    ),
  );
  const per = runs.flatMap(run => run.scenarios).find(({ name }) => name === scenario)?.unit ?? 'iteration';
  const expected = trials.flat().at(-1)?.result.trial;
  const common = {
    top,
    width: panel,
    height: height - TITLE / 2,
    runs: isLast ? runNames(runs) : [],
    count: runs.length,
    theme,
  };
  return [
    trendPanel(
      trials.map(own => point(own, HEAP_USED)),
      {
        ...common,
        left: LEFT,
        title: `${truncate(build, 20)}: heap growth per ${per}`,
        bytes: true,
        limit: expected?.expect === 'steady' ? expected.options.allowance : 0,
        written: value => `${formatSignedBytes(value)}`,
      },
    ),
    trendPanel(
      trials.map(own => point(own, frame.count.name)),
      {
        ...common,
        left: LEFT + panel + GAP,
        title: `${metricName(frame.count)} per ${per}`,
        bytes: false,
        limit: 0,
        written: value => formatSigned(Number(value.toFixed(2))),
      },
    ),
  ].join('\n');
}

/** What leaks or rises beside the heap; where nothing does, how many objects there are, if they were counted. */
function countOf(trials: readonly JudgedTrial[]): Metric {
  const metrics = trials.flatMap(({ verdict }) => verdict.estimates.map(({ metric }) => metric));
  const leading = leadingCount(trials);
  const named = (isNamed: (metric: Metric) => boolean) => metrics.find(isNamed);
  return named(({ name }) => name === leading) ?? named(isPopulation) ?? TIMERS;
}

const TIMERS: Metric = { name: 'timers', unit: 'timers', kind: 'exact' };

/** Of repetitions: the gravest outcome, and the mean of their estimates within all their bounds. */
function point(trials: readonly JudgedTrial[], metric: string): TrendPoint | undefined {
  const estimates = trials.map(judged => estimateOf(judged, metric)).filter(one => one !== undefined);
  const [first] = estimates;
  return (
    first && {
      outcome: markOf(trials),
      estimate: {
        ...first,
        slope: estimates.reduce((sum, { slope }) => sum + slope, 0) / estimates.length,
        low: Math.min(...estimates.map(({ low }) => low)),
        high: Math.max(...estimates.map(({ high }) => high)),
      },
    }
  );
}

function markOf(trials: readonly JudgedTrial[]): TrendMark {
  const outcome = worstOutcome(trials.map(outcomeOf));
  return outcome === 'steady' && trials.some(drifts) ? NO_WORSE : outcome;
}

/** Their commits; a run without one is called by its day, or by its time (UTC) where the day has another. */
function runNames(runs: readonly Report[]): string[] {
  const days = runs.map(({ environment }) => environment.date.slice(0, 10));
  return runs.map(({ environment: { commit, date } }, at) => {
    const [hash = '', dirty] = commit.split('-');
    if (hash !== '') return `${hash.slice(0, 7)}${dirty === undefined ? '' : '*'}`;
    const isOnly = days.every((day, other) => other === at || day !== days[at]);
    return isOnly ? date.slice(5, 10) : date.slice(11, 16);
  });
}

function footText(runs: readonly Report[]): string {
  const nodes = [...new Set(runs.map(({ environment }) => environment.node.replace(/^v/, '')))];
  const dirty = runs.some(({ environment }) => environment.commit.endsWith('-dirty'));
  return `Node ${nodes.join(', ')}. Bars: the interval of the estimate.${dirty ? ' *: with changes that were not committed.' : ''}`;
}
