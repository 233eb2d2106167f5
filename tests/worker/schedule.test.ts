import { assert, constantFrom, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stage } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { nextStage, plannedStage } from '../../harness/stages.ts';
import {
  type Censuses,
  type Standing,
  wantsCensus,
  wantsSample,
  wantsSnapshot,
} from '../../harness/worker/schedule.ts';

const SEED = { seed: 20_260 };
const SHARE = 0.25;
const OPTIONS = { measuringShare: SHARE, censuses: 4, iterations: 2000 };

describe('wantsSnapshot()', () => {
  test('takes them in the middle and at the end of a stage, of the fourth and later ones at their quarters, of the first none', () => {
    let stage: Stage | undefined = plannedStage(DEFAULT_OPTIONS);
    const taken: number[] = [];
    while (stage) {
      const windows = Array.from({ length: stage.windows }, (_, window) => window + 1);
      taken.push(windows.filter(window => wantsSnapshot(stage as Stage, window)).length);
      stage = nextStage(stage, 'inspect', DEFAULT_OPTIONS);
    }
    expect(taken).toEqual([0, 2, 2, 4, 4]);
  });
});

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
    expect(samplesOf({ windows: 21, work: 10, sample: 800, heapGrowth: 3 })).toHaveLength(9);
  });

  test('takes twenty of a stage that is to tell whether a heap that has grown is full, unless one costs too much', () => {
    const grown = { windows: 60, work: 10, heapGrowth: 30, elapsed: 1000 };
    expect(samplesOf({ ...grown, sample: 150, reason: 'resolve' }).length).toBeGreaterThanOrEqual(20);
    expect(samplesOf({ ...grown, sample: 150, reason: 'confirm' }).length).toBeLessThan(20);
    expect(samplesOf({ ...grown, sample: 250, reason: 'resolve' }).length).toBeLessThan(20);
  });

  test('takes those with a census that tells how a long run ends, unless one costs too much', () => {
    const busy = { windows: 56, work: 1, elapsed: 30_000, sampled: 20_000, from: 16_296, length: 291 };
    const taken = samplesOf({ ...busy, sample: 300, reason: 'resolve' });
    expect(taken).toEqual(expect.arrayContaining([6, 12, 18, 24, 30, 36, 42, 48, 50, 52, 54, 56]));
    expect(samplesOf({ ...busy, sample: 300, reason: 'confirm' })).not.toContain(54);
    expect(samplesOf({ ...busy, sample: 700, reason: 'resolve' })).not.toContain(48);
    expect(samplesOf({ ...busy, sample: 700, reason: 'resolve' })).toContain(54);
    expect(samplesOf({ ...busy, sample: 1100, reason: 'resolve' })).not.toContain(54);
  });

  test('takes nine samples whatever they cost, spread evenly from the first to the last', () => {
    expect(samplesOf({ windows: 20, work: 1, sample: 60_000 })).toEqual([0, 3, 5, 8, 10, 13, 15, 18, 20]);
    assert(
      property(integer({ min: 10, max: 500 }), windows => {
        const taken = samplesOf({ windows, work: 1, sample: 60_000 });
        expect(taken).toHaveLength(9);
        expect(taken[0]).toBe(0);
        expect(taken.at(-1)).toBe(windows);
        const gaps = taken.slice(1).map((window, index) => window - (taken[index] ?? 0));
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
      SEED,
    );
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

  test('takes them as rarely in later stages as in the second, in iterations, and where a snapshot is taken', () => {
    const quiet = { work: 1, cost: 1 };
    expect(censusesOf({ ...quiet, windows: 21, from: 2037 })).toEqual([6, 12, 18, 21]);
    expect(censusesOf({ ...quiet, windows: 12, from: 8148, length: 194 })).toEqual([3, 6, 9, 12]);
    expect(censusesOf({ ...quiet, windows: 20, from: 2037, snapshots: true })).toEqual([6, 10, 12, 18, 20]);
  });

  test('takes one in the middle and one at the end, dear as they are, where a heap that has grown may be full', () => {
    const dear = { windows: 21, from: 4074, work: 1, cost: 150, growth: 1_000_000 };
    expect(censusesOf({ ...dear, reason: 'resolve' })).toEqual([1, 11, 21]);
    expect(censusesOf({ ...dear, reason: 'confirm' })).toEqual([1, 21]);
  });

  test('takes four in the end of a late stage, as long as the plan, that is to tell, though measuring has used up its share', () => {
    const slow = { windows: 56, from: 16_296, length: 291, work: 1, cost: 830 };
    const atTheEnd = (reason: Stage['reason'], cost = slow.cost) =>
      censusesOf({ ...slow, reason, cost }).filter(window => window > 46);
    expect(atTheEnd('resolve')).toEqual([50, 52, 54, 56]);
    expect(atTheEnd('confirm')).toEqual([56]);
    expect(censusesOf({ ...slow, from: 2037, reason: 'resolve' }).filter(window => window > 46)).toEqual([
      56,
    ]);
  });

  test('but not where one takes a second', () => {
    const dear = { windows: 56, from: 16_296, length: 291, work: 1, cost: 900 };
    expect(censusesOf({ ...dear, reason: 'resolve' }).filter(window => window > 46)).toEqual([56]);
  });

  test('takes one in every third turn of a late stage that is to tell, closer than the plan is long', () => {
    const busy = { windows: 56, from: 16_296, length: 291, work: 1, cost: 400, before: 25_000 };
    const end = [50, 52, 54, 56];
    expect(censusesOf({ ...busy, reason: 'resolve' })).toEqual([6, 12, 18, 24, 28, 30, 36, 42, 48, ...end]);
    expect(censusesOf({ ...busy, cost: 600, reason: 'resolve' })).toEqual([28, ...end]);
    expect(censusesOf({ ...busy, reason: 'confirm' })).toEqual([56]);
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
  elapsed?: number;
  sampled?: number;
  reason?: Stage['reason'];
  from?: number;
  length?: number;
}): number[] {
  const taken: number[] = [];
  const {
    heapGrowth = 1,
    elapsed: begin = 0,
    sampled = 0,
    reason = 'planned',
    from = 0,
    length = 97,
  } = input;
  const stage = { ...stageOf(input.windows), reason, from, length };
  let standing: Standing = {
    window: 0,
    elapsed: begin,
    sampling: sampled,
    walking: 0,
    sampleCost: 0,
    heapGrowth,
  };
  for (let window = 0; window <= input.windows; window++) {
    const work = window === 0 ? 0 : input.work;
    standing = { ...standing, window, elapsed: standing.elapsed + work };
    if (!wantsSample(stage, OPTIONS, standing)) continue;
    taken.push(window);
    const sampleCost = input.sample * (input.dearer ?? 1) ** window;
    const { elapsed, sampling } = standing;
    standing = { ...standing, elapsed: elapsed + sampleCost, sampling: sampling + sampleCost, sampleCost };
  }
  return taken;
}

/** Windows that get a census after the opening one, where every window gets a sample that costs nothing. */
function censusesOf(
  input: Partial<Stage> & { windows: number; work: number; cost: number; growth?: number; before?: number },
): number[] {
  const { windows: count, from, length, snapshots, reason } = { ...stageOf(input.windows), ...input };
  const stage = { ...stageOf(count), from, length, snapshots, reason };
  const heap = (window: number) => 5_000_000 + window * (input.growth ?? 0);
  const cost = (window: number) => (input.cost * heap(window)) / heap(0);
  const windows: number[] = [];
  let standing: Standing = {
    window: 0,
    elapsed: input.before ?? input.cost,
    sampling: 0,
    walking: input.before ?? input.cost,
    sampleCost: 0,
    heapGrowth: 1,
  };
  let past: Censuses = { taken: 1, cost: input.cost, firstHeap: heap(0), lastHeap: heap(0) };
  for (let window = 0; window <= input.windows; window++) {
    const elapsedNow = standing.elapsed + (window === 0 ? 0 : input.work);
    standing = { ...standing, window, elapsed: elapsedNow, heapGrowth: heap(window) / heap(0) };
    if (!wantsCensus(stage, OPTIONS, standing, past, heap(window))) continue;
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
