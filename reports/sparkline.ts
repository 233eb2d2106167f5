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

/** First and last value stay. */
function thinned(values: readonly number[], columns: number): readonly number[] {
  if (values.length <= columns) return values;
  const step = (values.length - 1) / Math.max(1, columns - 1);
  return Array.from({ length: columns }, (_, at) => values[Math.round(at * step)] ?? 0);
}
