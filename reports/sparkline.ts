const BARS = '▁▂▃▄▅▆▇█';

/** Values as a row of small bars from their least to their greatest, thinned evenly to at most `columns`. */
export function sparkline(values: readonly number[], columns: number): string {
  const shown = thinned(values, columns);
  const least = Math.min(...shown);
  const range = Math.max(...shown) - least;
  return shown
    .map(value => BARS.charAt(range === 0 ? 0 : Math.round(((value - least) / range) * (BARS.length - 1))))
    .join('');
}

/** A reading at some place of an axis from 0. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The same of readings at uneven distances, over an axis from 0 to `end` in `columns`: a row that ends before it is as much
 * shorter. Between two readings the value is taken to go evenly.
 */
export function sparklineOf(points: readonly Point[], end: number, columns: number): string {
  const last = points.at(-1);
  if (!last) return '';
  const step = end / Math.max(1, columns - 1);
  const count = Math.min(columns, Math.max(2, Math.round(last.x / step) + 1));
  const values = Array.from({ length: count }, (_, at) =>
    valueAt((last.x * at) / Math.max(1, count - 1), points),
  );
  return sparkline(values, columns);
}

function valueAt(x: number, points: readonly Point[]): number {
  const place = points.findIndex(point => point.x >= x);
  const [before, after] = [points[place - 1], points[place]];
  if (!after) return points.at(-1)?.y ?? 0;
  if (!before || after.x === before.x) return after.y;
  return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
}

/** First and last value stay. */
function thinned(values: readonly number[], columns: number): readonly number[] {
  if (values.length <= columns) return values;
  const step = (values.length - 1) / Math.max(1, columns - 1);
  return Array.from({ length: columns }, (_, at) => values[Math.round(at * step)] ?? 0);
}
