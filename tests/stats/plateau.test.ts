import { describe, expect, test } from 'vitest';
import { plateau } from '../../harness/stats/plateau.ts';
import { lateHalf, type Point } from '../../harness/stats/point.ts';
import { END, filling, readings, sawtooth, step, WARMUP } from './shapes.ts';

/** The iteration of the first reading that is no earlier. */
function firstFrom(iteration: number, points: readonly Point[]): number | undefined {
  return points.find(point => point.iteration >= iteration)?.iteration;
}

function plateauOf(points: readonly Point[], threshold: number) {
  return plateau(points, lateHalf(points, WARMUP), threshold);
}

describe('a plateau', () => {
  test('begins where the level of the late half was first reached, and has the growth up to there', () => {
    const cache = readings(filling(300, 600));
    expect(plateauOf(cache, 10_000)).toEqual({ after: firstFrom(600, cache), growth: 180_000 });
  });

  test('begins there also where later readings are a little higher', () => {
    const cache = readings(filling(300, 600));
    const strayed = cache.map(point => ({
      ...point,
      value: point.value + (point.iteration > 900 ? 100 : 0),
    }));
    expect(plateauOf(strayed, 10_000)?.after).toBe(firstFrom(600, cache));
  });

  test('begins after a step', () => {
    const stepped = readings(step(50_000, 300));
    expect(plateauOf(stepped, 10_000)).toEqual({ after: firstFrom(301, stepped), growth: 50_000 });
  });

  test('is not found where growth stayed within the threshold', () => {
    expect(plateauOf(readings(filling(300, 600)), 180_000)).toBeUndefined();
  });

  test('is not found where the late half rises and falls by more than what came before', () => {
    const restless = readings(n => (n < 300 ? 100 * n : 30_000 + 70_000 * (Math.floor(n / 97) % 2)));
    expect(plateauOf(restless, 10_000)).toBeUndefined();
  });

  test('is not found in a sawtooth or in a heap that shrinks', () => {
    expect(plateauOf(readings(sawtooth(90_000, 500, 0)), 10_000)).toBeUndefined();
    expect(plateauOf(readings(filling(-300, END)), 0)).toBeUndefined();
  });
});
