import { describe, expect, test } from 'vitest';
import { Progress } from '../../harness/worker/progress.ts';

describe('what has not ended', () => {
  test('is an iteration of the warm-up, or a measured one', () => {
    expect(unended({ phase: 'warm-up', iteration: 3, awaits: 'iterate' })).toBe('iteration 3 of the warm-up');
    expect(unended({ phase: 'iteration', iteration: 12, warmup: 50, awaits: 'iterate' })).toBe(
      'iteration 12 (62 with warm-up)',
    );
  });

  test('is the wait for rest after one', () => {
    expect(unended({ phase: 'iteration', iteration: 12, warmup: 50, awaits: 'waitForIdle' })).toBe(
      'waitForIdle after iteration 12 (62 with warm-up)',
    );
  });

  test('is unknown while the scenario is not awaited', () => {
    expect(unended({ phase: 'iteration', iteration: 12 })).toBeUndefined();
    expect(unended({ phase: 'setup' })).toBeUndefined();
  });
});

test('a fault in the warm-up tells the iteration while the scenario is awaited', () => {
  const told = (fields: Partial<Progress>) => String(Object.assign(new Progress(), fields));
  expect(told({ phase: 'warm-up', iteration: 30, awaits: 'iterate' })).toBe('iteration 30 of the warm-up');
  expect(told({ phase: 'warm-up', iteration: 30 })).toBe('warm-up');
});

function unended(fields: Partial<Progress>): string | undefined {
  return Object.assign(new Progress(), fields).unended();
}
