import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '../../harness/stats/point.ts';
import { medianSlope, pointsNeeded, residuals, robustSlope, theilSen } from '../../harness/stats/slope.ts';
import { golden } from './golden.ts';

/** Whole numbers, so that sums and multiples stay exact. */
const series = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: -1000, max: 1000 })), {
    minLength: 2,
    maxLength: 25,
  })
  .map(pairs => {
    let iteration = 0;
    return pairs.map(([gap, value]): Point => {
      iteration += gap;
      return { iteration, value };
    });
  });

describe('Theil-Sen slope', () => {
  test.each(golden.trend)('of $y.length $kind readings at $confidence is that of scipy', one => {
    const points = one.x.map((iteration, place) => ({ iteration, value: one.y[place]! }));
    const found = theilSen(points, one.confidence);
    expect(found.slope).toBeCloseTo(one.slope, 9);
    expect(found.low).toBeCloseTo(one.low, 9);
    expect(found.high).toBeCloseTo(one.high, 9);
  });

  test('lies in its interval, and a higher confidence never narrows it', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(0.5, 0.8, 0.9), (points, confidence) => {
        const narrow = theilSen(points, confidence);
        const wide = theilSen(points, 0.99);
        expect(narrow.low).toBeLessThanOrEqual(narrow.slope);
        expect(narrow.high).toBeGreaterThanOrEqual(narrow.slope);
        expect(wide.low).toBeLessThanOrEqual(narrow.low);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
      }),
      { seed: 1 },
    );
  });

  test('grows with the unit, and a line added to the readings adds its slope', () => {
    fc.assert(
      fc.property(
        series,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        (points, unit, line) => {
          const before = theilSen(points, 0.99);
          const scaled = theilSen(
            points.map(point => ({ ...point, value: point.value * unit + 7 })),
            0.99,
          );
          const tilted = points.map(({ iteration, value }) => ({
            iteration,
            value: value + line * iteration,
          }));
          expect(scaled.slope).toBeCloseTo(before.slope * unit, 9);
          expect(scaled.low).toBeCloseTo(before.low * unit, 9);
          expect(medianSlope(tilted)).toBeCloseTo(before.slope + line, 9);
        },
      ),
      { seed: 1 },
    );
  });

  test('turns with the sign of the readings', () => {
    fc.assert(
      fc.property(series, points => {
        const up = theilSen(points, 0.95);
        const down = theilSen(
          points.map(point => ({ ...point, value: -point.value })),
          0.95,
        );
        expect(down.slope).toBeCloseTo(-up.slope, 9);
      }),
      { seed: 1 },
    );
  });

  test('is not moved by a quarter of the readings gone wild', () => {
    const line = Array.from({ length: 20 }, (_, place) => ({ iteration: place * 97, value: place * 97 * 5 }));
    const wild = line.map((point, place) => (place % 4 === 1 ? { ...point, value: 1e9 } : point));
    expect(medianSlope(wild)).toBeCloseTo(5, 9);
  });

  test('of an exact line is exact, interval and all', () => {
    const line = Array.from({ length: 8 }, (_, place) => ({ iteration: place * 97, value: place * 291 }));
    expect(robustSlope(line, 0.99)).toEqual({ slope: 3, low: 3, high: 3 });
    expect(residuals(line, 3)).toEqual(line.map(() => 0));
  });

  test('has a wider interval when readings resemble their neighbours', () => {
    const wave = Array.from({ length: 30 }, (_, place) => ({
      iteration: place,
      value: place + 20 * Math.sin(place / 5),
    }));
    const [plain, robust] = [theilSen(wave, 0.99), robustSlope(wave, 0.99)];
    expect(robust.slope).toBe(plain.slope);
    expect(robust.high - robust.low).toBeGreaterThan(plain.high - plain.low);
  });
});

test('an interval of 99 % needs six readings, one of 95 % five', () => {
  expect(pointsNeeded(0.99)).toBe(6);
  expect(pointsNeeded(0.95)).toBe(5);
});
