import { expect, test } from 'vitest';
import { sparkline } from '../../reports/sparkline.ts';

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
