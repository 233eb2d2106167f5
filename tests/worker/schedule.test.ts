import { assert, constantFrom, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stage } from '../../harness/model.ts';
import {
  type Censuses,
  type Standing,
  wantsCensus,
  wantsInspection,
  wantsSample,
} from '../../harness/worker/schedule.ts';

const SEED = { seed: 20_260 };
const SHARE = 0.25;
const CENSUSES = { measuringShare: SHARE, censuses: 4 };

describe('wantsSample()', () => {
  test('takes every sample of a quick trial', () => {
    const windows = samplesOf({ windows: 21, work: 0.1, sample: 15 });
    expect(windows).toHaveLength(22);
  });

  test('takes every sample while measuring keeps within its share', () => {
    expect(samplesOf({ windows: 21, work: 1000, sample: 200 })).toHaveLength(22);
  });

  test('thins out later samples as they become dearer', () => {
    const windows = samplesOf({ windows: 40, work: 300, sample: 40, dearer: 1.1, heapGrowth: 3 });
    expect(windows.length).toBeGreaterThan(8);
    expect(windows.length).toBeLessThan(41);
    const half = windows.filter(window => window <= 20).length;
    expect(half).toBeGreaterThan(windows.length - half);
    expect(windows.slice(0, 11)).toEqual(Array.from({ length: 11 }, (_, window) => window));
  });

  test('takes every sample while the heap is flat, on a machine however slow', () => {
    expect(samplesOf({ windows: 21, work: 10, sample: 800 })).toHaveLength(22);
    expect(samplesOf({ windows: 21, work: 10, sample: 800, heapGrowth: 3 })).toHaveLength(6);
  });

  test('takes six samples whatever they cost, spread evenly from the first to the last', () => {
    expect(samplesOf({ windows: 20, work: 1, sample: 60_000 })).toEqual([0, 4, 8, 12, 16, 20]);
    assert(
      property(integer({ min: 7, max: 500 }), windows => {
        const taken = samplesOf({ windows, work: 1, sample: 60_000 });
        expect(taken).toHaveLength(6);
        expect(taken[0]).toBe(0);
        expect(taken.at(-1)).toBe(windows);
        const gaps = taken.slice(1).map((window, index) => window - (taken[index] ?? 0));
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
      SEED,
    );
  });
});

describe('wantsInspection()', () => {
  test('is every third window of the first stage, and the last', () => {
    expect(inspected({ windows: 21 })).toEqual([3, 6, 9, 12, 15, 18, 21]);
    expect(inspected({ windows: 20 })).toEqual([3, 6, 9, 12, 15, 18, 20]);
    expect(inspected({ windows: 5 })).toEqual([1, 2, 3, 4, 5]);
  });

  test('is as rare in later stages as in the second, in iterations', () => {
    expect(inspected({ windows: 21, from: 2037 })).toEqual([6, 12, 18, 21]);
    expect(inspected({ windows: 42, from: 4074 })).toEqual([6, 12, 18, 24, 30, 36, 42]);
    expect(inspected({ windows: 12, from: 8148, length: 194 })).toEqual([3, 6, 9, 12]);
  });

  test('is every window where the heap grows fast', () => {
    expect(inspected({ windows: 21, heapGrowth: 2 })).toHaveLength(21);
  });
});

describe('wantsCensus()', () => {
  test('spreads the censuses of a cheap trial, at uneven distances', () => {
    expect(censusesOf({ windows: 21, work: 100, cost: 50 })).toEqual([4, 11, 21]);
  });

  test('takes them all while the heap is flat, on a machine however slow', () => {
    expect(censusesOf({ windows: 21, work: 20, cost: 800 })).toEqual([4, 11, 21]);
  });

  test('leaves out those that do not fit, but takes the last where it costs less than a second', () => {
    expect(censusesOf({ windows: 21, work: 20, cost: 150, growth: 1_000_000 })).toEqual([1, 4, 21]);
  });

  test('takes the second one early, while it is cheap, where the heap will have doubled', () => {
    expect(censusesOf({ windows: 21, work: 100, cost: 2000, growth: 1_000_000 })).toEqual([1, 4]);
  });

  test('takes at least two in every trial, the opening one included', () => {
    const anyCost = double({ min: 1, max: 1e5, noNaN: true });
    assert(
      property(integer({ min: 1, max: 100 }), anyCost, constantFrom(0, 1e4, 1e7), (windows, cost, growth) => {
        expect(censusesOf({ windows, work: 1, cost, growth }).length).toBeGreaterThanOrEqual(1);
      }),
      SEED,
    );
  });
});

/** Windows that get a sample, on a course where each takes `work` ms and each sample `sample` ms, ever `dearer`. */
function samplesOf(input: {
  windows: number;
  work: number;
  sample: number;
  dearer?: number;
  heapGrowth?: number;
}): number[] {
  const taken: number[] = [];
  const { heapGrowth = 1 } = input;
  let standing: Standing = { window: 0, elapsed: 0, sampling: 0, walking: 0, sampleCost: 0, heapGrowth };
  for (let window = 0; window <= input.windows; window++) {
    const work = window === 0 ? 0 : input.work;
    standing = { ...standing, window, elapsed: standing.elapsed + work };
    if (!wantsSample(stageOf(input.windows), SHARE, standing)) continue;
    taken.push(window);
    const sampleCost = input.sample * (input.dearer ?? 1) ** window;
    const { elapsed, sampling } = standing;
    standing = { ...standing, elapsed: elapsed + sampleCost, sampling: sampling + sampleCost, sampleCost };
  }
  return taken;
}

/** Windows that get a census after the opening one, where every window gets a sample that costs nothing. */
function censusesOf(input: { windows: number; work: number; cost: number; growth?: number }): number[] {
  const heap = (window: number) => 5_000_000 + window * (input.growth ?? 0);
  const cost = (window: number) => (input.cost * heap(window)) / heap(0);
  const windows: number[] = [];
  let standing: Standing = {
    window: 0,
    elapsed: input.cost,
    sampling: 0,
    walking: input.cost,
    sampleCost: 0,
    heapGrowth: 1,
  };
  let past: Censuses = { taken: 1, cost: input.cost, firstHeap: heap(0), lastHeap: heap(0) };
  for (let window = 0; window <= input.windows; window++) {
    const elapsedNow = standing.elapsed + (window === 0 ? 0 : input.work);
    standing = { ...standing, window, elapsed: elapsedNow, heapGrowth: heap(window) / heap(0) };
    if (!wantsCensus(stageOf(input.windows), CENSUSES, standing, past, heap(window))) continue;
    windows.push(window);
    past = { ...past, taken: past.taken + 1, cost: cost(window), lastHeap: heap(window) };
    const { elapsed, walking } = standing;
    standing = { ...standing, elapsed: elapsed + cost(window), walking: walking + cost(window) };
  }
  return windows;
}

function stageOf(windows: number): Stage {
  return { from: 0, windows, length: 97, stint: 97, reason: 'planned', snapshots: false };
}

interface Inspected {
  readonly windows: number;
  readonly from?: number;
  readonly length?: number;
  readonly heapGrowth?: number;
}

/** Windows with a reading of the probes of moderate cost, where a sample is taken after each. */
function inspected({ windows, from = 0, length = 97, heapGrowth = 1 }: Inspected) {
  const stage: Stage = { from, windows, length, stint: 97, reason: 'planned', snapshots: false };
  const taken: number[] = [];
  for (let window = 1; window <= windows; window++) {
    const standing = { window, elapsed: 0, sampling: 0, walking: 0, sampleCost: 0, heapGrowth };
    if (wantsInspection(stage, standing, taken.at(-1) ?? 0)) taken.push(window);
  }
  return taken;
}
