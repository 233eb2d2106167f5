import type { PanelFrame, Scale } from './chart-axes.ts';
import { type BuildCurves, curvePoints } from './chart-curves.ts';
import { label } from './svg.ts';

/** What the curves of a panel show. */
export interface Panel {
  readonly title: string;
  readonly metric: string;
  /** Lines of text beside the end of a build's curve. */
  readonly endLabel: (curves: BuildCurves) => readonly string[];
  /** Growth per iteration that is still accepted; 0 where none is. The axis reaches at least as far. */
  readonly allowance: number;
  /** Set on the lowest panel only. */
  readonly xTitle: string;
}

const LINE_HEIGHT = 15;

/** Labels at the height of the curves' ends, pushed apart where they would overlap; names only where room is short. */
export function endLabels(panel: Panel, builds: readonly BuildCurves[], y: Scale, frame: PanelFrame): string {
  const roomy = builds.length * (2 * LINE_HEIGHT + 3) <= frame.height + 2 * LINE_HEIGHT;
  const wanted = builds.flatMap(build => {
    const end = build.trials.flatMap(judged => curvePoints(judged, panel.metric).slice(-1)).at(-1);
    const lines = panel.endLabel(build).slice(0, roomy ? 2 : 1);
    return end === undefined ? [] : [{ build, lines, at: y(end.y) - ((lines.length - 1) * LINE_HEIGHT) / 2 }];
  });
  wanted.sort((a, b) => a.at - b.at);
  let lowest = frame.top + frame.height;
  const placed = wanted.reverse().map(one => {
    const top = Math.min(one.at, lowest - (one.lines.length - 1) * LINE_HEIGHT);
    lowest = top - LINE_HEIGHT - 3;
    return { ...one, top };
  });
  return placed
    .flatMap(({ build, lines, top }) =>
      lines.map((text, row) =>
        label(text, {
          x: frame.left + frame.width + 12,
          y: top + row * LINE_HEIGHT + 4,
          'font-size': row === 0 ? 12 : 11,
          'font-weight': row === 0 ? 700 : 400,
          fill: row === 0 ? build.color : frame.theme.quiet,
        }),
      ),
    )
    .join('\n');
}
