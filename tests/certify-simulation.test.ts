import { describe, expect, test } from 'vitest';
import { certifiedRun, isBytes, plantOf, powerCurve } from '../harness/certify.ts';
import type { CertifiedKind, CertifiedRun } from '../harness/model.ts';
import { simulatedTrial } from './support/simulated-trial.ts';

/** Keeps nothing. */
const NOTHING = { kind: 'object', size: 0, every: 1, seed: 0 } as const;
const RULE = { iterations: 2000, allowance: 16, repetitions: 3, seed: 1 };
const RUNS = 6;

describe('of what a steady run of a still subject states', () => {
  const { plant: _, ...clean } = certifiedRun(simulatedTrial(NOTHING, 1));

  test('there is something', () => {
    expect(clean).toMatchObject({ outcome: 'steady', iterations: 2037 });
  });

  test.each<CertifiedKind>(['heap', 'object', 'off-heap', 'timer', 'descriptor'])(
    'twice as much of %s is caught by the whole gate, and less than half is not always',
    kind => {
      const stated = powerCurve(kind, [clean], RULE).stated ?? 0;
      expect(caughtAt(kind, stated * 2)).toBe(RUNS);
      expect(caughtAt(kind, stated / 2.5)).toBeLessThan(RUNS);
    },
    120_000,
  );
});

/** Of so many runs. */
function caughtAt(kind: CertifiedKind, growth: number): number {
  const planted = isBytes(kind) ? growth : 1 / Math.round(1 / growth);
  const runs = Array.from({ length: RUNS }, (_, nth): CertifiedRun => {
    return certifiedRun(simulatedTrial(plantOf(kind, planted, nth, 1), nth + 1));
  });
  return runs.filter(({ outcome }) => outcome === 'leak').length;
}
