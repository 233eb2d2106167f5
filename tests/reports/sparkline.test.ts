import { expect, test } from 'vitest';
import { sparkline, sparklineOf } from '../../reports/sparkline.ts';

test('the least value is the lowest bar and the greatest the highest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([-10, 10], 8)).toBe('▁█');
});

test('equal values lie flat', () => expect(sparkline([5, 5, 5], 8)).toBe('▁▁▁'));

test('no values give no bars', () => expect(sparkline([], 8)).toBe(''));

test('more values than columns are thinned, the ends kept', () => {
  const bars = sparkline(
    Array.from({ length: 100 }, (_, at) => at),
    8,
  );
  expect(bars).toBe('▁▂▃▄▅▆▇█');
});

test('readings at uneven distances lie where they were taken', () => {
  const line = [0, 1, 2, 40, 70].map(x => ({ x, y: x }));
  expect(sparklineOf(line, 70, 8)).toBe('▁▂▃▄▅▆▇█');
  const late = [0, 60, 70].map(x => ({ x, y: x < 70 ? 0 : 5 }));
  expect(sparklineOf(late, 70, 8)).toBe('▁▁▁▁▁▁▁█');
});

test('a row that ends before the axis is shorter, of two bars at least', () => {
  const half = [0, 20, 35].map(x => ({ x, y: x }));
  expect(sparklineOf(half, 70, 9)).toHaveLength(5);
  expect(
    sparklineOf(
      [
        { x: 0, y: 1 },
        { x: 1, y: 2 },
      ],
      1000,
      9,
    ),
  ).toBe('▁█');
  expect(sparklineOf([], 70, 8)).toBe('');
});
