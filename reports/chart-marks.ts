import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTimes, symbolTriangle } from 'd3-shape';
import type { BuildCurves, CurvePoint } from './chart-curves.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { Outcome } from './judged.ts';
import { type Attributes, element } from './svg.ts';

/** Outcomes are told apart by dashes and marks too, for readers and printers without colour. */
export const DASHES: { readonly [outcome in Outcome]: string } = {
  leak: '',
  steady: '7 4',
  inconclusive: '2 4',
  fault: '10 3 2 3',
};

export const SHAPES = {
  leak: symbolCircle,
  steady: symbolSquare,
  inconclusive: symbolTriangle,
  fault: symbolDiamond,
};
const MOST_MARKS = 40;

/**
 * A mark on every reading, or evenly on some where there are many; a curve that a fault cut short ends in a cross.
 * @param id unique in the document
 */
export function curveMarks(
  points: readonly CurvePoint[],
  { outcome, color }: BuildCurves,
  { theme, id }: { readonly theme: ChartTheme; readonly id: string },
): string {
  const step = Math.ceil(points.length / MOST_MARKS);
  const fill = outcome === 'leak' ? color : theme.background;
  const thinned = points.filter((_, at) => at % step === 0);
  const marks = marked(thinned, symbol(SHAPES[outcome], 26), id, {
    fill,
    stroke: color,
    'stroke-width': 1.3,
  });
  const end = points.at(-1);
  if (outcome !== 'fault' || end === undefined) return marks;
  const cross = { fill: 'none', stroke: color, 'stroke-width': 2.5 };
  return marks + marked([end], symbol(symbolTimes, 130), `${id}-end`, cross);
}

/** The shape once, and where it stands: less than half the bytes of drawing it again and again. */
function marked(
  points: readonly CurvePoint[],
  shape: () => string | null,
  id: string,
  paint: Attributes,
): string {
  const drawn = element('defs', {}, element('path', { id, d: shape() ?? '' }));
  const uses = points.map(({ x, y }) => element('use', { href: `#${id}`, x, y }));
  return drawn + element('g', paint, ...uses);
}
