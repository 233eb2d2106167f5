import { expect, test } from 'vitest';
import type { Sample } from '../../../harness/model.ts';
import { describeOverhead, overheadOf, trialTimes } from '../../../scripts/numbers/overhead.ts';

const SAMPLES = [
  sample({ elapsed: 100, measuring: 100, census: true }),
  sample({ elapsed: 620, measuring: 120 }),
  sample({ elapsed: 1240, measuring: 240, census: true }),
];
const TIMES = trialTimes(
  { startup: 90, warmup: { elapsed: 150, iterations: 50, stable: true, drift: 0 }, wall: 1600 },
  SAMPLES,
);

test('parts of a trial are told apart and add up to its wall time', () => {
  expect(TIMES).toEqual({
    startup: 90,
    warmup: 150,
    samples: 20,
    censuses: 220,
    iterations: 1000,
    rest: 120,
    wall: 1600,
  });
  const { wall, ...parts } = TIMES;
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(wall);
});

test('a trial without samples has only a start and a rest', () => {
  expect(trialTimes({ startup: 90, wall: 100 }, [])).toMatchObject({ iterations: 0, samples: 0, rest: 10 });
});

test('overhead compares medians, so that one slow run does not decide', () => {
  const runs = [1000, 1000, 9000].map(bare => ({ bare, command: 2000, trial: TIMES }));
  const summary = overheadOf(runs, 1000);
  expect(summary).toMatchObject({ bare: 1000, commandOverhead: 1 });
  expect(summary.trialOverhead).toBeCloseTo(0.6);
  expect(describeOverhead(summary)).toContain('whole command   2000 ms  +100.0 %');
});

test('nothing cannot be compared', () => {
  expect(() => overheadOf([], 1000)).toThrow('Cannot compare as there must be at least one run');
});

function sample({
  elapsed,
  measuring,
  census = false,
}: {
  elapsed: number;
  measuring: number;
  census?: boolean;
}): Sample {
  return { iteration: 0, elapsed, measuring, settled: true, readings: { ...(census && { population: 1 }) } };
}
