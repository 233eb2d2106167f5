import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessRule } from '../../harness/judge/assess-rule.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { plannedStage } from '../../harness/stages.ts';

/** Of error that the rule of a look leaves. */
function errorAt(look: number, confidence: number): number {
  const options = { ...DEFAULT_OPTIONS, confidence };
  const stages = Array.from({ length: look }, () => plannedStage(options));
  return 1 - assessRule({ samples: [], options, stages }).confidence;
}

describe('of the probability of error', () => {
  const confidences = fc.double({ min: 0, max: 0.9999, noNaN: true });

  test.each([
    [1, 2],
    [2, 6],
    [3, 12],
    [4, 20],
    [5, 30],
    [6, 42],
  ])('look %i spends one part in %i', (look, parts) => {
    expect(errorAt(look, 0.99)).toBeCloseTo(0.01 / parts, 12);
  });

  test('each look spends less than the one before, and all together no more than there is', () => {
    fc.assert(
      fc.property(confidences, fc.integer({ min: 1, max: 60 }), (confidence, looks) => {
        const spent = Array.from({ length: looks }, (_, before) => errorAt(before + 1, confidence));
        const all = spent.reduce((sum, error) => sum + error, 0);
        expect(spent).toEqual(spent.toSorted((a, b) => b - a));
        expect(all).toBeLessThanOrEqual(1 - confidence);
        expect(all).toBeCloseTo((1 - confidence) * (1 - 1 / (looks + 1)), 12);
      }),
    );
  });

  test('a trial without stages spends what a first look does', () => {
    expect(errorAt(0, 0.99)).toBe(errorAt(1, 0.99));
  });
});
