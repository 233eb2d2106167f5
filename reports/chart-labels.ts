import type { PanelFrame, Scale } from './chart-axes.ts';
import { type BuildCurves, curvePoints } from './chart-curves.ts';
import { label } from './svg.ts';

/** What the curves of a panel show. */
export interface Panel {
  readonly title: string;
  readonly metric: string;
  /** Whether the metric is a size, whose curve shows growth since the first sample. */
  readonly isBytes: boolean;
  /** Lines of text beside the end of a build's curve. */
  readonly endLabel: (curves: BuildCurves) => readonly string[];
  /** Growth per iteration that is still accepted; 0 where none is. The axis reaches at least as far. */
  readonly allowance: number;
  /** Set on the lowest panel only. */
  readonly xTitle: string;
}

const LINE_HEIGHT = 15;
/** A label of one line and the distance to the next. */
export const LABEL_HEIGHT = LINE_HEIGHT + 3;

interface EndLabel {
  readonly lines: readonly string[];
  readonly color: string;
  /** Height of its first line. */
  readonly top: number;
}

/** Labels at the height of the curves' ends, pushed apart where they would overlap; names only where room is short. */
export function endLabels(panel: Panel, builds: readonly BuildCurves[], y: Scale, frame: PanelFrame): string {
  const roomy = builds.length * (LINE_HEIGHT + LABEL_HEIGHT) <= frame.height;
  const wanted = builds.flatMap(build => {
    const end = build.trials.flatMap(judged => curvePoints(judged, panel.metric).slice(-1)).at(-1);
    const lines = panel.endLabel(build).slice(0, roomy ? 2 : 1);
    const top = y(end?.y ?? 0) - ((lines.length - 1) * LINE_HEIGHT) / 2;
    return end === undefined ? [] : [{ lines, color: build.color, top }];
  });
  return pushedApart(wanted, frame)
    .map(one => written(one, frame))
    .join('\n');
}

/** Upwards from the bottom of the panel first, then down again what would stand above it. */
function pushedApart(wanted: readonly EndLabel[], { top, height }: PanelFrame): readonly EndLabel[] {
  let lowest = top + height;
  const raised = [...wanted]
    .sort((a, b) => b.top - a.top)
    .map(one => {
      const place = Math.min(one.top, lowest - (one.lines.length - 1) * LINE_HEIGHT);
      lowest = place - LABEL_HEIGHT;
      return { ...one, top: place };
    });
  let highest = top;
  return raised.reverse().map(one => {
    const place = Math.max(one.top, highest);
    highest = place + (one.lines.length - 1) * LINE_HEIGHT + LABEL_HEIGHT;
    return { ...one, top: place };
  });
}

function written({ lines, color, top }: EndLabel, { left, width, theme }: PanelFrame): string {
  const x = left + width + 12;
  const [name = '', ...rest] = lines;
  const quiet = { 'font-size': 11, fill: theme.quiet };
  return [
    label(name, { x, y: top + 4, 'font-size': 12, 'font-weight': 700, fill: color }),
    ...rest.map((text, row) => label(text, { x, y: top + (row + 1) * LINE_HEIGHT + 4, ...quiet })),
  ].join('\n');
}
