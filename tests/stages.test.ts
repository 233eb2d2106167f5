import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, type Stage, type StageReason } from '../harness/model.ts';
import { nextStage, plannedStage, windowEnd } from '../harness/stages.ts';

const SEED = { seed: 20_260 };
const OPTIONS = { iterations: 2000, windows: 20, maxIterations: 0, snapshots: 'in-doubt' } as const;

describe('plannedStage()', () => {
  test('cuts 2000 iterations into windows of 97, as many as are needed', () => {
    expect(plannedStage(OPTIONS)).toEqual({
      from: 0,
      windows: 21,
      length: 97,
      stint: 97,
      reason: 'planned',
      snapshots: false,
    });
  });

  test.each([
    [7, 20, { windows: 7, length: 1 }],
    [39, 20, { windows: 39, length: 1 }],
    [40, 20, { windows: 20, length: 2 }],
    [100, 2, { windows: 3, length: 47 }],
  ])('%i iterations for %i samples', (iterations, windows, stage) => {
    expect(plannedStage({ ...OPTIONS, iterations, windows })).toMatchObject(stage);
  });

  test('does at least the iterations wanted and less than a window more, in windows of prime length', () => {
    assert(
      property(integer({ min: 7, max: 100_000 }), integer({ min: 2, max: 200 }), (iterations, windows) => {
        const { length, windows: count } = plannedStage({ ...OPTIONS, iterations, windows });
        expect(length * count).toBeGreaterThanOrEqual(iterations);
        expect(length * (count - 1)).toBeLessThan(iterations);
        expect(length === 1 || divisors(length).length === 2).toBe(true);
      }),
      SEED,
    );
  });

  test('takes heap snapshots only when they are asked for', () => {
    expect(plannedStage({ ...OPTIONS, snapshots: 'always' }).snapshots).toBe(true);
  });
});

describe('nextStage()', () => {
  test('doubles the run, with heap snapshots', () => {
    const next = nextStage(plannedStage(OPTIONS), 'confirm', OPTIONS);
    expect(next).toEqual({
      from: 2037,
      windows: 21,
      length: 97,
      stint: 97,
      reason: 'confirm',
      snapshots: true,
    });
  });

  test('cuts longer stages into longer windows, of stints as long as before', () => {
    const { length, stint, windows } = nextStage(stageEndingAt(8148), 'confirm', OPTIONS) ?? stageEndingAt(0);
    expect({ length, stint, windows }).toEqual({ length: 194, stint: 97, windows: 42 });
  });

  test('cuts the longest stages into windows that censuses at one distance end', () => {
    const lengths = stagesFrom(OPTIONS).map(({ length }) => length / 97);
    expect(lengths).toEqual([1, 1, 1, 2, 3, 6]);
  });

  test('ends at 16 times the plan, at 32 where the verdict is still open', () => {
    const resolved = [2037, 4074, 8148, 16_296, 32_592, 65_184];
    expect(ends(OPTIONS)).toEqual(resolved);
    expect(stagesFrom(OPTIONS, 'confirm').map(endOf)).toEqual(resolved.slice(0, -1));
  });

  test('ends where the options say, and at once where they allow no more than the plan', () => {
    expect(ends({ ...OPTIONS, maxIterations: 5000 })).toEqual([2037, 4074]);
    expect(ends({ ...OPTIONS, maxIterations: 2000 })).toEqual([2037]);
  });

  test('goes past what the options say by no more than whole windows take', () => {
    expect(ends({ ...OPTIONS, maxIterations: 4000 })).toEqual([2037, 4074]);
    expect(ends({ ...OPTIONS, maxIterations: 3999 })).toEqual([2037]);
    expect(ends({ ...OPTIONS, iterations: 500, maxIterations: 810 })).toEqual([506]);
    expect(ends({ ...OPTIONS, maxIterations: 32_000 })).toEqual([2037, 4074, 8148, 16_296, 32_592]);
  });

  test('takes no heap snapshot where the options forbid it', () => {
    const options = { ...OPTIONS, snapshots: 'never' } as const;
    expect(nextStage(plannedStage(options), 'resolve', options)?.snapshots).toBe(false);
  });
});

function stageEndingAt(end: number): Stage {
  return { from: 0, windows: end / 97, length: 97, stint: 97, reason: 'planned', snapshots: false };
}

type Options = Parameters<typeof nextStage>[2] & Parameters<typeof plannedStage>[0];

/** Last iterations of all stages that follow each other. */
function ends(options: Options): number[] {
  return stagesFrom(options).map(endOf);
}

function stagesFrom(options: Options, reason: StageReason = 'resolve'): Stage[] {
  const stages: Stage[] = [];
  for (let stage: Stage | undefined = plannedStage(options); stage; stage = nextStage(stage, reason, options))
    stages.push(stage);
  return stages;
}

function divisors(value: number): number[] {
  return Array.from({ length: value }, (_, index) => index + 1).filter(divisor => value % divisor === 0);
}

describe('windowEnd()', () => {
  test('begins and ends with the stage, and goes forward', () => {
    assert(
      property(integer({ min: 7, max: 100_000 }), integer({ min: 2, max: 200 }), (iterations, windows) => {
        const stage = plannedStage({ ...OPTIONS, iterations, windows });
        const ends = Array.from({ length: stage.windows + 1 }, (_, window) => windowEnd(stage, window));
        expect([ends[0], ends.at(-1)]).toEqual([stage.from, endOf(stage)]);
        for (let window = 1; window < ends.length; window++) {
          const width = (ends[window] ?? 0) - (ends[window - 1] ?? 0);
          expect(width).toBeGreaterThanOrEqual(1);
          expect(width).toBeGreaterThanOrEqual(Math.floor(stage.length / 10));
          expect(width).toBeLessThan(2 * stage.length + 1);
        }
      }),
      SEED,
    );
  });

  test.each([24, 48, 95, 96, 98, 192])(
    'reads what comes round every %i iterations at all places of its round',
    period => {
      const stage = plannedStage(OPTIONS);
      const places = Array.from({ length: stage.windows - 1 }, (_, window) => windowEnd(stage, window + 1))
        .map(end => (end % period) / period)
        .toSorted((a, b) => a - b);
      const gaps = places.map((place, index) => place - (places[index - 1] ?? (places.at(-1) ?? 0) - 1));
      expect(Math.max(...gaps)).toBeLessThan(0.35);
    },
  );
});
