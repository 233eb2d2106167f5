import { describe, expect, test } from 'vitest';
import { plateau } from '../../harness/stats/plateau.ts';
import { END, filling, readings, sawtooth, step, WARMUP } from './shapes.ts';

describe('a plateau', () => {
  test('begins where the level of the late half was first reached, and has the growth up to there', () => {
    const found = plateau(readings(filling(300, 600)), 10_000, WARMUP);
    expect(found).toEqual({ after: 679, growth: 180_000 });
  });

  test('begins after a step', () => {
    expect(plateau(readings(step(50_000, 300)), 10_000, WARMUP)).toEqual({ after: 388, growth: 50_000 });
  });

  test('is not found where growth stayed within the threshold', () => {
    expect(plateau(readings(filling(300, 600)), 180_000, WARMUP)).toBeUndefined();
  });

  test('is not found in a sawtooth or in a heap that shrinks', () => {
    expect(plateau(readings(sawtooth(90_000, 500, 0)), 10_000, WARMUP)).toBeUndefined();
    expect(plateau(readings(filling(-300, END)), 0, WARMUP)).toBeUndefined();
  });
});
