import { describe, expect, test } from 'vitest';
import {
  certifiedRun,
  isBytes,
  nextPlant,
  plantedTrial,
  plantOf,
  powerCurve,
  sizesOf,
} from '../harness/certify.ts';
import { CertifySchedule } from '../harness/certify-schedule.ts';
import {
  CERTIFIED_KINDS,
  type CertifiedKind,
  type CertifiedRun,
  type Plant,
  type Trial,
} from '../harness/model.ts';
import { caughtRun, cleanRun, missedRun } from './support/certified.ts';
import { trialOf } from './support/trials.ts';

const RULE = { iterations: 2000, allowance: 16, repetitions: 3, seed: 1 };

describe('the sizes that are planted', () => {
  test.each(CERTIFIED_KINDS)('of %s form a geometric series, the smallest first', kind => {
    const sizes = sizesOf(kind, RULE);
    for (const [place, size] of sizes.slice(1).entries()) {
      const ratio = size / (sizes[place] ?? 0);
      expect(ratio).toBeGreaterThan(1.3);
      expect(ratio).toBeLessThanOrEqual(2);
    }
  });

  test('are whole distances of things, one in a hundred among them, none rarer than the run is long', () => {
    const sizes = sizesOf('object', { iterations: 300 });
    expect(sizes.map(size => Math.round(1 / size))).toEqual(expect.arrayContaining([1, 10, 100, 220]));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(1 / 300);
  });

  test('of descriptors are never so many that the system runs out of them', () => {
    expect(Math.max(...sizesOf('descriptor', RULE))).toBe(1 / 10);
  });

  test('of bytes are planted in each, every 10th and every 100th iteration, and timers by turns unref’d', () => {
    const bytes = [0, 1, 2, 3].map(nth => plantOf('heap', 22, nth, 1));
    expect(bytes.map(({ every }) => every)).toEqual([1, 10, 100, 1]);
    for (const { size, every } of bytes) expect(size / every).toBeCloseTo(22, 9);
    expect([0, 1].map(nth => plantOf('timer', 1 / 100, nth, 1))).toMatchObject([
      { kind: 'timer', size: 1, every: 100 },
      { kind: 'unref-timer', size: 1, every: 100 },
    ]);
    expect(bytes[0]?.seed).not.toBe(bytes[3]?.seed);
  });
});

describe('a planted trial', () => {
  test('is the ordinary one but for its name, what is expected, and the plant', () => {
    const trial = trialOf('steady');
    const plant = plantOf('heap', 22, 0, 1);
    const own = plantedTrial(trial, plant, 4);
    expect(own).toEqual({ ...trial, id: own.id, expect: 'leak', plant });
    expect(own.id).toBe('steady/default/heap-22-in-1/5');
  });

  test('that ended in a fault is told apart', () => {
    const trial = trialOf('steady');
    const fault = { kind: 'crashed', message: '', detail: '', during: '' } as const;
    const taken = {
      trial,
      metrics: [],
      samples: [],
      stages: [],
      heapTables: [],
      notes: {},
      wall: 9,
      startup: 1,
    };
    expect(certifiedRun({ outcome: 'faulted', fault, ...taken })).toEqual({
      trial: trial.id,
      outcome: 'faulted',
      found: [],
      iterations: 0,
      wall: 9,
    });
  });
});

describe('a power curve', () => {
  test('begins its search at what steady runs state, and at the allowance where they state nothing', () => {
    const clean = [cleanRun(1), cleanRun(2)];
    expect(nextPlant('heap', clean, RULE)?.plant.size).toBe(22);
    expect(nextPlant('object', clean, RULE)?.plant.every).toBe(100);
    expect(nextPlant('timer', clean, RULE)?.plant.every).toBe(470);
    expect(nextPlant('off-heap', clean, RULE)?.plant.size).toBe(22);
    const limit = { bytesPerIteration: 17, offHeapBytesPerIteration: 40, objectEvery: 140, handleEvery: 580 };
    expect(nextPlant('off-heap', [cleanRun(1, { limit })], RULE)?.plant.size).toBe(47);
  });

  test('names the smallest size caught and sets it beside what was stated', () => {
    const caught = (growth: number) => [0, 1, 2].map(nth => caughtRun(plantOf('heap', growth, nth, 1)));
    const runs = [cleanRun(1), missedRun(plantOf('heap', 15, 0, 1)), ...caught(22), ...caught(33)];
    const curve = powerCurve('heap', runs, RULE);
    expect(curve).toMatchObject({ kind: 'heap', limit: 22, stated: 17, agrees: true });
    expect(curve.points.map(({ growth, runs: all, caught: some }) => [growth, all, some])).toEqual([
      [15, 1, 0],
      [22, 3, 3],
      [33, 3, 3],
    ]);
    expect(curve.points[1]?.low).toBeCloseTo(0.2924, 4);
  });

  test('does not agree where more is missed than was stated', () => {
    const runs = [cleanRun(1), ...[0, 1, 2].map(nth => caughtRun(plantOf('object', 1 / 47, nth, 1)))];
    expect(powerCurve('object', runs, RULE)).toMatchObject({ limit: 1 / 47, stated: 1 / 140, agrees: false });
  });

  test('says nothing of what is not known', () => {
    expect(powerCurve('off-heap', [cleanRun(1)], RULE)).toEqual({ kind: 'off-heap', points: [] });
    expect(powerCurve('heap', [cleanRun(1, { outcome: 'leak', limit: undefined as never })], RULE)).toEqual({
      kind: 'heap',
      points: [],
    });
  });

  test('takes bytes for caught only where their slope was', () => {
    const plant = plantOf('heap', 22, 0, 1);
    const byClass = { ...caughtRun(plant), found: ['class.string'] };
    expect(powerCurve('heap', [byClass], RULE).points[0]).toMatchObject({ runs: 1, leaks: 1, caught: 0 });
  });
});

describe('the schedule of a certification', () => {
  test('runs first without a plant, then finds the limit of each kind', () => {
    const schedule = scheduled(['heap', 'timer']);
    const first = [schedule.take(), schedule.take(), schedule.take()];
    expect(first.map(trial => trial?.plant)).toEqual([undefined, undefined, undefined]);
    expect(schedule.take()).toBeUndefined();
    for (const nth of [1, 2, 3]) schedule.add(cleanRun(nth, { trial: `steady/default/${nth}` }));
    expect(schedule.left).toBeGreaterThan(10);

    const kinds = finish(schedule, plant => plant.size / plant.every >= (isBytes(plant.kind) ? 30 : 1 / 200));
    expect(new Set(kinds)).toEqual(new Set(['heap', 'timer', 'unref-timer']));
    expect(schedule.left).toBe(0);
    const [heap, timer] = schedule.build.curves;
    expect(heap).toMatchObject({ limit: 33, stated: 17, agrees: true });
    expect(timer).toMatchObject({ limit: 1 / 150, stated: 1 / 580, agrees: false });
  });

  test('runs no two trials of a kind at once, as each follows from the last', () => {
    const schedule = begun(['heap', 'object']);
    const [one, other] = [schedule.take(), schedule.take()];
    expect([one?.plant?.kind, other?.plant?.kind]).toEqual(['heap', 'object']);
    expect(schedule.take()).toBeUndefined();
    if (one?.plant) schedule.add(caughtRun(one.plant, one.id));
    expect(schedule.take()?.plant?.kind).toBe('heap');
  });

  test('plants nothing beside a build that is not steady by itself', () => {
    const schedule = scheduled(['heap']);
    for (let nth = 1; nth <= 3; nth++) {
      const trial = schedule.take();
      if (trial) schedule.add({ ...cleanRun(nth), trial: trial.id, outcome: 'leak' });
    }
    expect(schedule.take()).toBeUndefined();
    expect(schedule.left).toBe(0);
    expect(schedule.build.runs).toHaveLength(3);
  });
});

function scheduled(kinds: readonly CertifiedKind[]): CertifySchedule {
  const trial = (nth: number): Trial => ({ ...trialOf('steady'), id: `steady/default/${nth}` });
  return new CertifySchedule([trial(1), trial(2), trial(3)], kinds, RULE);
}

/** The runs without a plant are done. */
function begun(kinds: readonly CertifiedKind[]): CertifySchedule {
  const schedule = scheduled(kinds);
  for (let nth = 1; nth <= 3; nth++) {
    const trial = schedule.take();
    if (trial) schedule.add(cleanRun(nth, { trial: trial.id }));
  }
  return schedule;
}

/** Runs all that is left; returns what was planted. */
function finish(schedule: CertifySchedule, isCaught: (plant: Plant) => boolean): Plant['kind'][] {
  const kinds: Plant['kind'][] = [];
  for (let trial = schedule.take(); trial; trial = schedule.take()) {
    const plant = trial.plant as Plant;
    kinds.push(plant.kind);
    const ended: CertifiedRun = isCaught(plant) ? caughtRun(plant, trial.id) : missedRun(plant, trial.id);
    schedule.add(ended);
  }
  return kinds;
}
