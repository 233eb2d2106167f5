import { expect, test } from 'vitest';
import {
  costPerIteration,
  describeGrowth,
  describeLengths,
  type LengthRun,
  linearity,
  memoryOf,
  parentGrowth,
} from '../../../scripts/numbers/lengths.ts';

const RUNS = [
  run(1000, 600, [60e6, 61e6]),
  run(10_000, 1050, [60e6, 62e6]),
  run(100_000, 5550, [60e6, 65e6]),
];

test('cost that grows in proportion has the linearity 1, whatever is paid once', () => {
  expect(costPerIteration(RUNS[0]!, RUNS[1]!)).toBeCloseTo(50);
  expect(linearity(RUNS)).toBeCloseTo(1);
});

test('cost that grows faster shows', () => {
  expect(linearity([RUNS[0]!, RUNS[1]!, run(100_000, 10_050, [])])).toBeCloseTo(2);
});

test('one run alone has no linearity', () => {
  expect(linearity([RUNS[0]!])).toBeNaN();
});

test('memory is compared from the first second to the end of the trials, to the most it ever was, and between the runs', () => {
  expect(parentGrowth(RUNS)).toEqual({ whileMeasuring: 5e6, inAll: 8e6, byLength: 4e6 });
  expect(describeGrowth({ whileMeasuring: 5e6, inAll: 8e6, byLength: 4.04e6 })).toBe(
    "the parent grew by at most 5.0 MB while trials ran and 8.0 MB in all; the longest run's was 4.0 MB larger than the shortest's",
  );
  expect(parentGrowth([run(1000, 600, [])])).toBeUndefined();
});

test('the first reading is one after everything is loaded, the next the last one before results are written', () => {
  const readings = [1, 2, 3, 41, 40, 39, 52, 51];
  expect(memoryOf(readings, 250, 1600)).toEqual({ first: 41, measured: 39, most: 52 });
  expect(memoryOf([7, 9], 250, 300)).toEqual({ first: 9, measured: 9, most: 9 });
  expect(memoryOf([], 250, 300)).toBeUndefined();
});

test('of a run that was over before everything was loaded nothing is known of the time in between', () => {
  expect(memoryOf([1, 2, 3, 41, 42], 250, 600)).toEqual({ first: 41, measured: 41, most: 42 });
});

test('a row says length, time, memory and what an iteration more costs', () => {
  const [, second = ''] = describeLengths(RUNS).split('\n');
  expect(second).toContain('10,000 iterations,    1.1 s, 22 samples, parent 60 MB to 62 MB');
  expect(second).toContain('report 0.50 MB, 50.0 us for each more');
});

function run(iterations: number, wall: number, [first, measured]: readonly number[]): LengthRun {
  const memory =
    first !== undefined && measured !== undefined
      ? { memory: { first, measured, most: measured + 3e6 } }
      : {};
  return { iterations, wall, samples: 22, report: 500_000, ...memory };
}
