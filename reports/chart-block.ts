import { buildCurves } from './chart-curves.ts';
import { chartHeading, MARGIN } from './chart-heading.ts';
import type { ChartKind } from './chart-kinds.ts';
import { LABEL_HEIGHT } from './chart-labels.ts';
import { chartPanel } from './chart-panel.ts';
import { lastIteration, panelsOf } from './chart-panels.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { ScenarioGroup } from './judged.ts';
import { label } from './svg.ts';

interface BlockFrame {
  readonly top: number;
  readonly width: number;
  /** Of the panels together, their titles and axes included. */
  readonly height: number;
  readonly theme: ChartTheme;
  readonly kind: ChartKind;
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
  const panels = panelsOf(group, builds, frame.kind);
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
