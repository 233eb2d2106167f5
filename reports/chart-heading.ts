import type { BuildCurves } from './chart-curves.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { ScenarioGroup } from './judged.ts';
import { element, label } from './svg.ts';
import { verdictLine } from './verdict.ts';
import { truncate, wrap } from './wrap.ts';

interface HeadingFrame {
  readonly top: number;
  readonly width: number;
  readonly theme: ChartTheme;
}

export interface Heading {
  readonly markup: string;
  /** Where the panels may begin. */
  readonly bottom: number;
}

/** Room left and right of what is written over the whole width. */
export const MARGIN = 24;

/** Average width of a character in ems, on the generous side. */
const CHARACTER = 0.56;
const BOLD_CHARACTER = 0.7;

/** The scenario's name and description, then every trial's verdict beside the colour of its build. */
export function chartHeading(
  group: ScenarioGroup,
  builds: readonly BuildCurves[],
  { top, width, theme }: HeadingFrame,
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
