import { describe, expect, test } from 'vitest';
import { decide } from '../../harness/course/decide.ts';
import {
  type ClassCount,
  endOf,
  type Metric,
  NULL_SCENARIO,
  type TrialOptions,
} from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import type { TrialSoFar } from '../../harness/spawn/spawn.ts';
import { nextStage, plannedStage, windowEnd } from '../../harness/stages.ts';
import {
  EXTERNAL,
  HEAP,
  NATIVE,
  POPULATION,
  type Reading,
  sampled,
  TIMERS,
  trialOf,
} from '../support/judge-input.ts';

const MB = 2 ** 20;
const flat: Reading = () => 5 * MB;

describe('at the end of the planned stage', () => {
  test('a steady trial ends', () => {
    expect(decide(played([[HEAP, flat]]))).toEqual({ do: 'stop' });
  });

  test('a leak is confirmed by as many iterations again', () => {
    expect(decide(played([[HEAP, n => 5 * MB + 200 * n]]))).toMatchObject({
      do: 'prolong',
      stage: { from: 2037, reason: 'confirm', snapshots: true },
    });
  });

  test('a leak that has added 64 MB is not, or 128 MB of objects', () => {
    const heap =
      (rate: number): Reading =>
      n =>
        5 * MB + rate * n;
    const timers = [TIMERS, (n: number) => 10 + n] as const;
    expect(decide(played([[HEAP, heap(40_000)], timers]))).toEqual({ do: 'stop' });
    expect(decide(played([[HEAP, heap(30_000)], timers]))).toMatchObject({ stage: { reason: 'confirm' } });
    expect(decide(played([[HEAP, heap(70_000)]]))).toEqual({ do: 'stop' });
    expect(decide(played([[HEAP, heap(60_000)]]))).toMatchObject({ stage: { reason: 'confirm' } });
  });

  test('a single timer kept is inspected, as is an object in a hundred iterations', () => {
    const kept: Reading = n => 10 + Math.floor(n / 1500);
    expect(
      decide(
        played([
          [HEAP, flat],
          [TIMERS, kept],
        ]),
      ),
    ).toMatchObject({ stage: { reason: 'inspect' } });
    const objects: Reading = n => 9000 + Math.floor(n / 100);
    expect(
      decide(
        played([
          [HEAP, flat],
          [POPULATION, objects],
        ]),
      ),
    ).toMatchObject({ stage: { reason: 'inspect' } });
  });

  test('an open verdict is resolved', () => {
    const step: Reading = n => 10 + (n > 1500 ? 50 : 0);
    expect(
      decide(
        played([
          [HEAP, flat],
          [TIMERS, step],
        ]),
      ),
    ).toMatchObject({ stage: { reason: 'resolve' } });
  });

  test('nothing is prolonged past the limit, nor past the budget', () => {
    const leak: (readonly [Metric, Reading])[] = [[HEAP, n => 5 * MB + 200 * n]];
    expect(decide(played(leak, { maxIterations: 3000 }))).toEqual({ do: 'stop' });
    expect(decide(played(leak, { budget: 0 }))).toEqual({ do: 'stop' });
    expect(decide(played(leak, { budget: 4000 }))).toEqual({ do: 'stop' });
    expect(decide(played(leak, { budget: 4100 }))).toMatchObject({ do: 'prolong' });
  });
});

test('a leak seen at two looks in a row is certain, one seen for the first time is not', () => {
  const leaking = (begin: number): (readonly [Metric, Reading])[] => [
    [HEAP, flat],
    [TIMERS, n => 10 + Math.max(0, n - begin)],
  ];
  expect(decide(played(leaking(0), {}, 2))).toEqual({ do: 'stop' });
  expect(decide(played(leaking(2037), {}, 2))).toMatchObject({ stage: { from: 4074, reason: 'confirm' } });
});

describe('where objects leak, which a cache that fills up seems to do as well', () => {
  const leak: (readonly [Metric, Reading])[] = [
    [HEAP, n => 5 * MB + 200 * n],
    [POPULATION, n => 9000 + n],
  ];
  test('the trial goes on to four times its plan, on a machine however slow, as far as the budget goes', () => {
    expect(decide(played(leak, { budget: 9000 }, 2))).toMatchObject({
      stage: { from: 4074, reason: 'confirm' },
    });
    expect(decide(played(leak, { budget: 8000 }, 2))).toEqual({ do: 'stop' });
  });

  test('it takes as much memory off the heap as it may on it twice, before that is enough', () => {
    const pictures = (each: number): (readonly [Metric, Reading])[] => [
      [HEAP, n => 5 * MB + 200 * n],
      [EXTERNAL, n => MB + each * n],
      [POPULATION, n => 9000 + n],
    ];
    expect(decide(played(pictures(60_000), {}, 2))).toMatchObject({ stage: { from: 4074 } });
    expect(decide(played(pictures(70_000), {}, 2))).toEqual({ do: 'stop' });
    expect(decide(played([[HEAP, n => 5 * MB + 35_000 * n]], {}, 2))).toEqual({ do: 'stop' });
  });

  test('and further for a quarter of the budget', () => {
    expect(decide(played(leak, {}, 3))).toEqual({ do: 'stop' });
    expect(decide(played(leak, { budget: 70_000 }, 3))).toMatchObject({ stage: { reason: 'confirm' } });
  });

  test('or for all of it, where they are few', () => {
    const few: (readonly [Metric, Reading])[] = [
      [HEAP, n => 5 * MB + 20 * n],
      [POPULATION, n => 9000 + Math.floor(n / 10)],
    ];
    expect(decide(played(few, {}, 3))).toMatchObject({ stage: { from: 8148, reason: 'confirm' } });
    expect(decide(played(few, { budget: 16_000 }, 3))).toEqual({ do: 'stop' });
  });

  test('it ends at eight times the plan, however quick it was', () => {
    const options = { budget: 1e9 };
    expect(decide(played(leak, options, 3))).toMatchObject({ stage: { from: 8148, reason: 'confirm' } });
    expect(decide(played(leak, options, 4))).toEqual({ do: 'stop' });
  });

  test('it goes on to sixteen times the plan while they become fewer', () => {
    const ever: (readonly [Metric, Reading])[] = [
      [HEAP, n => 5 * MB + 200 * n ** 0.8],
      [POPULATION, n => 9000 + Math.round(n ** 0.8)],
    ];
    const options = { budget: 1e9 };
    expect(decide(played(ever, options, 4))).toMatchObject({ stage: { from: 16296 } });
    expect(decide(played(ever, options, 5))).toEqual({ do: 'stop' });
  });

  test('a timer beside each of them ends it sooner, but not one beside every fiftieth, as a pool may hold', () => {
    expect(decide(played([...leak, [TIMERS, n => 10 + n]], {}, 2))).toEqual({ do: 'stop' });
    const rare: Reading = n => 10 + Math.floor(n / 50);
    expect(decide(played([...leak, [TIMERS, rare]], {}, 2))).toMatchObject({ stage: { from: 4074 } });
    expect(
      decide(
        played(
          [
            [HEAP, flat],
            [TIMERS, rare],
          ],
          {},
          2,
        ),
      ),
    ).toMatchObject({ stage: { from: 4074 } });
  });
});

test('a leak first seen at eight times the plan is confirmed, too', () => {
  const late: (readonly [Metric, Reading])[] = [
    [HEAP, flat],
    [POPULATION, n => 9000 + Math.max(0, n - 9000)],
  ];
  const patient = { budget: 1e6 };
  for (const options of [patient, {}])
    expect(decide(played(late, options, 4))).toMatchObject({ stage: { from: 16_296, reason: 'confirm' } });
  expect(decide(played(late, patient, 5))).toEqual({ do: 'stop' });
});

test('a leak is confirmed by what comes after the first look, and by nothing before it', () => {
  const counted = (population: Reading, options: Partial<TrialOptions> = {}) =>
    decide(
      played(
        [
          [HEAP, flat],
          [POPULATION, population],
        ],
        options,
        3,
      ),
    );
  expect(counted(n => 9000 + Math.floor(n / 40), { budget: 16_000 })).toEqual({ do: 'stop' });
  // A pool as large as was ever needed, as it was read at half the iterations: its records come more and more seldom.
  const records = new Map([
    [0, 8829],
    [889, 8832],
    [2169, 8852],
    [4074, 8876],
    [5133, 8877],
    [6246, 8877],
    [6402, 8877],
    [7475, 8877],
    [8148, 8892],
  ]);
  expect(counted(n => records.get(n))).toMatchObject({ stage: { from: 8148, reason: 'confirm' } });
});

test('something small is inspected twice and no more', () => {
  const faint = [
    [HEAP, () => 5 * MB],
    [POPULATION, (n: number) => 9000 + Math.floor(n / 500)],
  ] as const;
  expect(decide(played(faint, {}, 2))).toMatchObject({ stage: { reason: 'inspect' } });
  expect(decide(played(faint, {}, 3))).toEqual({ do: 'stop' });
});

test('in a short run it takes as many bytes to be suspicious, which is more per iteration', () => {
  const slowly =
    (rate: number): Reading =>
    n =>
      5 * MB + rate * n;
  const short = { iterations: 250 };
  expect(decide(played([[HEAP, slowly(0.5)]], short))).toEqual({ do: 'stop' });
  expect(decide(played([[HEAP, slowly(1)]], short))).toMatchObject({ stage: { reason: 'inspect' } });
  const noisy =
    (size: number): Reading =>
    n =>
      5 * MB + (n % 2) * size;
  expect(decide(played([[HEAP, noisy(256)]], short))).toEqual({ do: 'stop' });
  expect(decide(played([[HEAP, noisy(4096)]], short))).toMatchObject({ stage: { reason: 'inspect' } });
});

test('the null run is not inspected, but leaks all the same', () => {
  const alone = (rate: number) => {
    const soFar = played([[HEAP, n => 5 * MB + rate * n]]);
    return decide({ ...soFar, trial: { ...soFar.trial, scenario: NULL_SCENARIO } });
  };
  expect(alone(1)).toEqual({ do: 'stop' });
  expect(alone(200)).toMatchObject({ stage: { reason: 'confirm' } });
});

test('a heap that still grows for certain is inspected a third time', () => {
  const faint = (rate: number) => played([[HEAP, n => 5 * MB + rate * n]], {}, 3);
  expect(decide(faint(1))).toMatchObject({ stage: { from: 8148, reason: 'inspect' } });
  expect(decide(faint(0.05))).toEqual({ do: 'stop' });
});

test('a heap that strays too far to tell is inspected, even if it seems to fall', () => {
  const falling = (noise: number) => played([[HEAP, n => 5 * MB - 8 * n + noise * Math.sin(n)]]);
  expect(decide(falling(100))).toEqual({ do: 'stop' });
  expect(decide(falling(6000))).toMatchObject({ stage: { reason: 'inspect' } });
});

describe('a store that doubled in each stage', () => {
  const soFar = played([[HEAP, () => 5 * MB]], {}, 3);
  const decided = (sizesOf: (iteration: number) => Partial<ClassCount>) => {
    const heapTables = [2037, 4074, 6111, 8148].map((iteration, place) => ({
      iteration,
      newest: 1,
      seen: { count: 0, bytes: 0 },
      classes: {
        'array store': {
          count: 9,
          bytes: 0,
          seen: 9,
          ...sizesOf(iteration),
          ...(place === 0 && { seenBytes: 0 }),
        },
      },
    }));
    return decide({ ...soFar, heapTables });
  };

  test('is read once more, which is the third that tells', () => {
    expect(decided(iteration => ({ bytes: 8 * iteration }))).toMatchObject({
      stage: { from: 8148, reason: 'resolve' },
    });
    expect(decided(() => ({ bytes: 8000 }))).toEqual({ do: 'stop' });
  });

  test('as those of old containers alone show, is inspected a third time', () => {
    const swinging = (iteration: number) => ({
      bytes: 9e6 * (iteration % 4074 === 0 ? 1 : 2),
      seenBytes: 8 * iteration,
    });
    expect(decided(swinging)).toMatchObject({ stage: { from: 8148, reason: 'inspect' } });
  });
});

describe('within a stage', () => {
  const heavy: Reading = n => 5 * MB + 136_000 * n;
  const early = [0, 55, 199];

  test('a thousand timers and more that grow evenly in a heap that has multiplied end the trial', () => {
    const course = (perIteration: number) =>
      decide(
        at(early, [
          [HEAP, heavy],
          [TIMERS, n => 11 + perIteration * n],
        ]),
      );
    expect(course(10)).toEqual({ do: 'stop' });
    expect(course(5)).toEqual({ do: 'go-on' });
  });

  test('fewer readings, uneven growth or a small heap do not', () => {
    expect(
      decide(
        at(early.slice(0, 2), [
          [HEAP, heavy],
          [TIMERS, n => 11 + 10 * n],
        ]),
      ),
    ).toEqual({ do: 'go-on' });
    expect(
      decide(
        at(early, [
          [HEAP, heavy],
          [TIMERS, n => 11 + Math.round(10 * n ** 0.9)],
        ]),
      ),
    ).toEqual({ do: 'go-on' });
    expect(
      decide(
        at(early, [
          [HEAP, n => 5 * MB + 1000 * n],
          [TIMERS, n => 11 + 10 * n],
        ]),
      ),
    ).toEqual({ do: 'go-on' });
  });

  test('objects alone do not: a cache may hold any number of them', () => {
    expect(
      decide(
        at(early, [
          [HEAP, heavy],
          [POPULATION, n => 9000 + 100 * n],
        ]),
      ),
    ).toEqual({ do: 'go-on' });
  });
});

describe('a verdict that is still open', () => {
  const filling = [
    [HEAP, () => 6e6],
    [TIMERS, (n: number) => 11 + Math.floor(400 * Math.log(1 + n / 400))],
  ] as const;

  test('is resolved after 16 times the plan, by as many iterations again', () => {
    expect(decide(played(filling, { budget: 90_000 }, 5))).toMatchObject({
      stage: { from: 32_592, reason: 'resolve' },
    });
  });

  test('is not where a full cache strays by a small share of what it holds', () => {
    const strays = (n: number) =>
      180e6 * Math.min(1, n / 3000) + 6e5 * Math.sin(n / 900) + 4e5 * Math.sin(n / 370);
    const cache = [
      [HEAP, () => 6e6],
      [EXTERNAL, strays],
    ] as const;
    expect(decide(played(cache, { budget: 90_000 }, 4))).toMatchObject({ stage: { reason: 'resolve' } });
    expect(decide(played(cache, { budget: 90_000 }, 5))).toEqual({ do: 'stop' });
  });

  test('stays open after 32 times', () => {
    expect(decide(played(filling, { budget: 900_000 }, 6))).toEqual({ do: 'stop' });
  });
});

/** A trial at the end of its n-th stage; a sample after each of its windows. */
function played(
  readings: readonly (readonly [Metric, Reading])[],
  options: Partial<TrialOptions> = {},
  stages = 1,
): TrialSoFar {
  const all = { ...DEFAULT_OPTIONS, ...options };
  const done = [plannedStage(all)];
  while (done.length < stages) {
    const next = nextStage(done.at(-1)!, 'resolve', all);
    if (!next) throw new Error('The options allow fewer stages');
    done.push(next);
  }
  const ends = done.flatMap(stage =>
    Array.from({ length: stage.windows }, (_, window) => windowEnd(stage, window + 1)),
  );
  return { ...at([0, ...ends], readings, options), stages: done };
}

function at(
  iterations: readonly number[],
  readings: readonly (readonly [Metric, Reading])[],
  options: Partial<TrialOptions> = {},
): TrialSoFar {
  const trial = trialOf({ options: { ...DEFAULT_OPTIONS, ...options } });
  return {
    trial,
    ...sampled(readings, iterations),
    stages: [plannedStage(trial.options)],
    heapTables: [],
    warmup: { iterations: 50, elapsed: 100, stable: true, drift: 0 },
  };
}

test('a planned stage ends where its windows end', () => {
  expect(endOf(plannedStage(DEFAULT_OPTIONS))).toBe(2037);
});

describe('where native memory rises', () => {
  const rising = [NATIVE, (n: number) => 5 * MB + 2000 * n] as const;
  const leak = [HEAP, (n: number) => 5 * MB + 200 * n] as const;
  /** After a stage for each look, which says whether it was to take snapshots. */
  const looked = (
    looks: readonly boolean[],
    readings: readonly (readonly [Metric, Reading])[],
    options: Partial<TrialOptions> = {},
  ) => {
    const soFar = played(readings, options, looks.length);
    return decide({
      ...soFar,
      stages: soFar.stages.map((stage, at) => ({ ...stage, snapshots: looks[at]! })),
    });
  };

  test('heap snapshots, which would end its readings, are put off', () => {
    expect(decide(played([[HEAP, flat], rising]))).toMatchObject({
      do: 'prolong',
      stage: { reason: 'resolve', snapshots: false },
    });
  });

  test('a faint rise is looked at once more, without snapshots, but not that of the null run', () => {
    const faint = [NATIVE, (n: number) => 5 * MB + 200 * n] as const;
    const soFar = played([[HEAP, flat], faint]);
    expect(decide(soFar)).toMatchObject({ stage: { reason: 'inspect', snapshots: false } });
    expect(looked([false, false], [[HEAP, flat], faint])).toEqual({ do: 'stop' });
    expect(decide({ ...soFar, trial: { ...soFar.trial, scenario: NULL_SCENARIO } })).toEqual({ do: 'stop' });
    const resting = [NATIVE, (n: number) => 5 * MB + 1500 * Math.min(n, 1850)] as const;
    const still = played([[HEAP, flat], resting]);
    expect(decide(still)).toMatchObject({ stage: { snapshots: false } });
    expect(decide({ ...still, trial: { ...still.trial, scenario: NULL_SCENARIO } })).toMatchObject({
      stage: { snapshots: true },
    });
    const rarely = [NATIVE, (n: number) => 5 * MB + 100 * n] as const;
    expect(decide(played([[HEAP, flat], rarely]))).toEqual({ do: 'stop' });
  });

  test('it is a leak at four times the plan, and is confirmed without snapshots', () => {
    const alone = [[HEAP, flat] as const, rising];
    expect(looked([false, false, false], alone, { budget: 70_000 })).toMatchObject({
      stage: { reason: 'confirm', snapshots: false },
    });
    expect(looked([false, false, false, false], alone, { budget: 1e9 })).toEqual({ do: 'stop' });
  });

  test('a leak of the heap beside it, which may be a cache, is looked at once without snapshots, then with', () => {
    const both = [leak, rising];
    expect(decide(played(both))).toMatchObject({ stage: { reason: 'confirm', snapshots: false } });
    expect(looked([false, false], both)).toMatchObject({ stage: { reason: 'confirm', snapshots: true } });
  });

  test('a heap that grew a little waits only if there is time for it later', () => {
    const both = [[HEAP, (n: number) => 5 * MB + 3 * n] as const, rising];
    expect(decide(played(both))).toMatchObject({ stage: { snapshots: false } });
    expect(decide(played(both, { maxIterations: 4100 }))).toMatchObject({ stage: { snapshots: true } });
    expect(decide(played(both, { budget: 5000 }))).toMatchObject({ stage: { snapshots: true } });
  });

  test('looks without snapshots leave as many with them to a heap that grew a little', () => {
    const faint = [HEAP, (n: number) => 5 * MB + 3 * n] as const;
    const spreading = [NATIVE, (n: number) => 5 * MB + 2000 * Math.min(n, 1500)] as const;
    const both = [faint, spreading];
    const patient = { budget: 1e9 };
    const closer = { stage: { reason: 'inspect', snapshots: true } };
    expect(looked([false, true, true], both, patient)).toMatchObject(closer);
    expect(looked([false, true, true, true], both, patient)).toEqual({ do: 'stop' });
    expect(looked([false, false, true, true], both, patient)).toMatchObject(closer);
    expect(looked([false, false, true, true, true], both, patient)).toEqual({ do: 'stop' });
  });

  test('which ended with the first snapshot, neither keeps snapshots away nor a class from being looked at', () => {
    const ended = [NATIVE, (n: number) => (n > 2037 ? undefined : 5 * MB + 2000 * n)] as const;
    const soFar = played([[HEAP, flat], ended], {}, 2);
    const sessions = (count: number) => ({ Session: { count, bytes: 100 * count, seen: count / 2 } });
    const heapTables = [2037, 3056, 4074].map((iteration, place) => ({
      iteration,
      classes: sessions(100 + 40 * place),
      newest: 0,
      seen: { count: 0, bytes: 0 },
    }));
    expect(decide({ ...soFar, heapTables })).toMatchObject({ stage: { reason: 'inspect', snapshots: true } });
  });

  test('what was read at one end alone counts for nothing', () => {
    const buffers = (each: number) => [EXTERNAL, (n: number) => MB + each * n] as const;
    const early = [NATIVE, (n: number) => (n === 0 ? 90 * MB : undefined)] as const;
    const late = [NATIVE, (n: number) => (n === 0 ? undefined : 300 * MB)] as const;
    for (const native of [early, late]) {
      expect(decide(played([[HEAP, flat], buffers(120_000), native]))).toMatchObject({ do: 'prolong' });
      expect(decide(played([[HEAP, flat], buffers(140_000), native]))).toEqual({ do: 'stop' });
    }
  });

  test('256 MB of it are enough', () => {
    const fast = (rate: number) => [NATIVE, (n: number) => 5 * MB + rate * n] as const;
    expect(decide(played([[HEAP, flat], fast(120_000)]))).toMatchObject({ stage: { reason: 'confirm' } });
    expect(decide(played([[HEAP, flat], fast(140_000)]))).toEqual({ do: 'stop' });
  });
});
