import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolTimes,
  symbolTriangle,
} from 'd3-shape';
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

/** A mark on every reading, or evenly on some where there are many; a curve that a fault cut short ends in a cross. */
export function curveMarks(points: readonly CurvePoint[], build: BuildCurves, theme: ChartTheme): string {
  const step = Math.ceil(points.length / MOST_MARKS);
  const shape = drawnSymbol(SHAPES[build.outcome], 26);
  const fill = build.outcome === 'leak' ? build.color : theme.background;
  const marks = element(
    'g',
    { fill, stroke: build.color, 'stroke-width': 1.3 },
    ...points.filter((_, at) => at % step === 0).map(point => mark(shape, point)),
  );
  const end = points.at(-1);
  if (build.outcome !== 'fault' || end === undefined) return marks;
  const cross = { fill: 'none', stroke: build.color, 'stroke-width': 2.5 };
  return marks + mark(drawnSymbol(symbolTimes, 130), end, cross);
}

/** Around 0, 0. */
function drawnSymbol(type: SymbolType, size: number): string {
  return symbol(type, size)() ?? '';
}

function mark(shape: string, point: CurvePoint, paint: Attributes = {}): string {
  const x = Math.round(point.x * 100) / 100;
  const y = Math.round(point.y * 100) / 100;
  return element('path', { d: shape, transform: `translate(${x},${y})`, ...paint });
}
