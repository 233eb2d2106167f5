import { type ScaleLogarithmic, scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Certification, CertifiedBuild, PowerCurve, PowerPoint } from '../harness/model.ts';
import {
  allowsMiss,
  growthLabel,
  growthText,
  KIND_TITLES,
  oftenEnoughText,
} from './certification-wording.ts';
import { CHART_THEMES, type ChartTheme, type ChartThemeName } from './chart-theme.ts';
import { setUpText } from './environment.ts';
import { formatShare, plural } from './format.ts';
import { printable } from './printable.ts';
import { element, escapeXml, label } from './svg.ts';
import { wrap } from './wrap.ts';

const WIDTH = 900;
const MARGIN = 24;
const HEADING = 82;
const FOOT = 50;
/** Of a panel with its title and its axis. */
const ROW = 200;
const PANEL = { left: 62, right: 18, top: 34, bottom: 40 };
const COLUMNS = 2;

/**
 * The power curves as an SVG document: of each kind of leak the share of runs in which each size was caught,
 * with its exact interval, and what steady runs state. The same certification gives the same bytes.
 */
export function renderPowerChart(certification: Certification, theme: ChartThemeName = 'light'): string {
  const { scenario, builds, environment, repetitions, share } = printable(certification);
  const rule = { repetitions, share };
  const colors = CHART_THEMES[theme];
  const { name } = scenario;
  let at = 0;
  const blocks = builds.map(build => {
    const top = at;
    at += HEADING + Math.ceil(build.curves.length / COLUMNS) * ROW;
    return powerBlock(build, { name, unit: scenario.unit, rule, top, theme: colors });
  });
  const height = at + FOOT;
  const flags = builds[0]?.trialOptions.nodeFlags ?? [];
  const foot = wrap(setUpText(environment, flags), Math.floor((WIDTH - 2 * MARGIN) / 5.7), 0);
  const document = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      'font-family': "'DejaVu Sans', Verdana, sans-serif",
      role: 'img',
    },
    `\n${element('title', {}, escapeXml(`Leaks caught: ${name}`))}\n`,
    `${element('rect', { width: WIDTH, height, fill: colors.background })}\n`,
    `${blocks.join('\n')}\n`,
    ...foot
      .split('\n')
      .slice(0, 2)
      .map(
        (text, row) =>
          `${label(text, { x: MARGIN, y: height - 24 + row * 13, 'font-size': 10, fill: colors.quiet })}\n`,
      ),
  );
  return `${document}\n`;
}

interface BlockFrame {
  readonly name: string;
  readonly unit: string;
  readonly rule: Pick<Certification, 'repetitions' | 'share'>;
  readonly top: number;
  readonly theme: ChartTheme;
}

/** One build: its name, then a panel for each kind. */
function powerBlock({ build, curves }: CertifiedBuild, frame: BlockFrame): string {
  const { name, unit, rule, top, theme } = frame;
  const title = { x: MARGIN, y: top + 30, 'font-size': 18, 'font-weight': 700, fill: theme.text };
  const subtitle = SUBTITLE.map((text, row) =>
    label(text, { x: MARGIN, y: top + 50 + row * 16, 'font-size': 12, fill: theme.quiet }),
  );
  const panels = curves.map((curve, place) => {
    const width = (WIDTH - 2 * MARGIN) / COLUMNS;
    const left = MARGIN + (place % COLUMNS) * width;
    const above = top + HEADING + Math.floor(place / COLUMNS) * ROW;
    return powerPanel(curve, {
      unit,
      rule,
      theme,
      left: left + PANEL.left - MARGIN,
      right: left + width - PANEL.right,
      top: above + PANEL.top,
      bottom: above + ROW - PANEL.bottom,
    });
  });
  return [label(`${name} ${build}: which planted leaks are caught`, title), ...subtitle, ...panels].join(
    '\n',
  );
}

/** Each as long as the chart is wide, at most. */
const SUBTITLE = [
  'Share of runs in which each size was caught, with its exact interval;',
  'dashed: what a steady run says it would have caught; dotted: what counts as caught',
];

interface PanelFrame {
  readonly unit: string;
  readonly rule: Pick<Certification, 'repetitions' | 'share'>;
  readonly theme: ChartTheme;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function powerPanel(curve: PowerCurve, frame: PanelFrame): string {
  const { kind, points, limit, stated } = curve;
  const { left, top, theme, unit, rule } = frame;
  const caught =
    limit === undefined
      ? 'no size caught often enough'
      : `caught ${oftenEnoughText(rule)} from ${growthText(kind, limit, unit)} on`;
  const title = [
    label(`${kind}: ${KIND_TITLES[kind]}`, { x: left, y: top - 23, 'font-size': 12, fill: theme.text }),
    label(caught, { x: left, y: top - 9, 'font-size': 11, fill: theme.quiet }),
  ];
  if (points.length === 0) return title.join('\n');
  const growths = [...points.map(({ growth }) => growth), ...(stated === undefined ? [] : [stated])];
  const x = scaleLog([Math.min(...growths) / 1.2, Math.max(...growths) * 1.2], [left, frame.right]);
  const y = scaleLinear([0, 1], [frame.bottom, top]);
  return [
    ...title,
    axes(curve, x, y, frame),
    statedLine(curve, x, frame),
    drawnCurve(curve, x, y, frame),
  ].join('\n');
}

type X = ScaleLogarithmic<number, number>;
type Y = (share: number) => number;

/** Room that a label on the x axis takes. */
const LABEL = 46;

function axes({ kind, points }: PowerCurve, x: X, y: Y, frame: PanelFrame): string {
  const { left, right, bottom, theme, unit, rule } = frame;
  const small = { 'font-size': 10, fill: theme.quiet };
  const lines = [0, 0.5, 1].flatMap(tick => [
    element('line', {
      x1: left,
      x2: right,
      y1: y(tick),
      y2: y(tick),
      stroke: tick === 0 ? theme.quiet : theme.grid,
    }),
    label(formatShare(tick), { x: left - 6, y: y(tick) + 4, 'text-anchor': 'end', ...small }),
  ]);
  const wanted = { stroke: theme.quiet, 'stroke-dasharray': '1 3' };
  const goal = allowsMiss(rule) ? y(rule.share) : y(1);
  const aim = element('line', { x1: left, x2: right, y1: goal, y2: goal, ...wanted });
  let last = Number.NEGATIVE_INFINITY;
  const ticks = points.flatMap(({ growth }) => {
    if (x(growth) - last < LABEL) return [];
    last = x(growth);
    return [
      label(growthLabel(kind, growth), { x: x(growth), y: bottom + 15, 'text-anchor': 'middle', ...small }),
    ];
  });
  const bytes = kind === 'heap' || kind === 'off-heap';
  const title = bytes ? `kept per ${unit}` : `kept once in so many ${plural(unit)}`;
  const name = label(title, { x: (left + right) / 2, y: bottom + 29, 'text-anchor': 'middle', ...small });
  return [...lines, aim, ...ticks, name].join('\n');
}

function statedLine({ stated }: PowerCurve, x: X, { top, bottom, theme }: PanelFrame): string {
  if (stated === undefined) return '';
  const at = x(stated);
  return element('line', {
    x1: at,
    x2: at,
    y1: top,
    y2: bottom,
    stroke: theme.lines.leak[0],
    'stroke-width': 1.5,
    'stroke-dasharray': '6 4',
  });
}

function drawnCurve({ points }: PowerCurve, x: X, y: Y, { theme }: PanelFrame): string {
  const [color] = theme.lines.steady;
  const share = ({ caught, runs }: PowerPoint) => caught / runs;
  const path = line<PowerPoint>(
    point => x(point.growth),
    point => y(share(point)),
  )(points);
  const marks = points.flatMap(point => {
    const at = x(point.growth);
    return [
      element('line', {
        x1: at,
        x2: at,
        y1: y(point.low),
        y2: y(point.high),
        stroke: color,
        'stroke-opacity': 0.4,
        'stroke-width': 3,
      }),
      element('circle', { cx: at, cy: y(share(point)), r: 3.5, fill: color }),
    ];
  });
  return [element('path', { d: path ?? '', fill: 'none', stroke: color, 'stroke-width': 2 }), ...marks].join(
    '\n',
  );
}
