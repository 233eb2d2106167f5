import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NULL_SCENARIO, type Trial } from '../harness/model.ts';
import { type ShardUnit, shardOf } from '../harness/shard.ts';
import { trialOf } from './support/trials.ts';

const trial = (scenario: string, build: string, repetition = 1): Trial => ({
  ...trialOf(scenario, {}, build),
  id: `${scenario}/${build}/${repetition}`,
  repetition,
});
const NULL = trial(NULL_SCENARIO, 'default');
const PLAN = [
  ...['a', 'b', 'c'].flatMap(scenario => ['fixed', 'leaky'].map(build => trial(scenario, build))),
  NULL,
];

/** Scenarios with some builds each, some repetitions of all, and a null run. */
const plans = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([builds, repetitions]) => [
    ...Array.from({ length: repetitions }, (_, repetition) =>
      builds.flatMap((count, scenario) =>
        Array.from({ length: count }, (__, build) => trial(`s${scenario}`, `b${build}`, repetition + 1)),
      ),
    ).flat(),
    NULL,
  ]);

function shards(plan: readonly Trial[], count: number, unit: ShardUnit = 'build'): Trial[][] {
  return Array.from({ length: count }, (_, at) => shardOf(plan, { index: at + 1, count }, unit));
}

const ids = (trials: readonly Trial[]) => trials.map(({ id }) => id);
const subjects = (trials: readonly Trial[]) => trials.filter(({ scenario }) => scenario !== NULL_SCENARIO);

describe('the shards of a plan', () => {
  test('keep the builds of a scenario together as far as they go, and each has the null run', () => {
    expect(shards(PLAN, 3).map(ids)).toEqual([
      ['a/fixed/1', 'a/leaky/1', 'null/default/1'],
      ['b/fixed/1', 'b/leaky/1', 'null/default/1'],
      ['c/fixed/1', 'c/leaky/1', 'null/default/1'],
    ]);
  });

  test('are empty, without a null run, where there are more of them than builds', () => {
    const sizes = shards([trial('a', 'fixed'), NULL], 3).map(shard => shard.length);
    expect(sizes.toSorted((left, right) => left - right)).toEqual([0, 0, 2]);
  });

  test('hold every trial exactly once, in the order of the plan, however many they are', () => {
    fc.assert(
      fc.property(
        plans,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('build', 'scenario'),
        (plan, count, unit) => {
          const parts = shards(plan, count, unit);
          expect(ids(parts.flatMap(subjects)).toSorted()).toEqual(ids(subjects(plan)).toSorted());
          for (const part of parts) expect(part).toEqual(plan.filter(one => part.includes(one)));
        },
      ),
      { seed: 5 },
    );
  });

  test('are about as large as each other: none differs from its share by more than one build', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 9 }), (plan, count) => {
        const share = subjects(plan).length / count;
        const repetitions = Math.max(...plan.map(({ repetition }) => repetition));
        for (const part of shards(plan, count)) {
          expect(Math.abs(subjects(part).length - share)).toBeLessThanOrEqual(repetitions);
        }
      }),
      { seed: 6 },
    );
  });

  test('never part the repetitions of a build, nor builds that are judged against each other', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 9 }), (plan, count) => {
        for (const unit of ['build', 'scenario'] as const) {
          const keys = shards(plan, count, unit).map(
            part =>
              new Set(
                subjects(part).map(one => (unit === 'build' ? `${one.scenario} ${one.build}` : one.scenario)),
              ),
          );
          const all = keys.flatMap(set => [...set]);
          expect(new Set(all).size).toBe(all.length);
        }
      }),
      { seed: 7 },
    );
  });
});
