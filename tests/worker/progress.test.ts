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

function unended(fields: Partial<Progress>): string | undefined {
  return Object.assign(new Progress(), fields).unended();
}
