import { isNullRun, type Shard, type Trial } from './model.ts';

/**
 * What must stay in one shard: the trials of one build, or, where builds are judged against each other, of
 * one scenario.
 */
export type ShardUnit = 'build' | 'scenario';

/**
 * The trials of a plan that one shard runs, in the order of the plan. The plan is cut into `count` runs of
 * neighbours with about as many trials each, so that the builds of a scenario mostly stay together; every
 * shard gets the null run, unless nothing else is left for it. The same plan is always cut in the same way.
 */
export function shardOf(trials: readonly Trial[], { index, count }: Shard, unit: ShardUnit): Trial[] {
  const subjects = trials.filter(trial => !isNullRun(trial));
  const units = new Map<string, Trial[]>();
  for (const trial of subjects) {
    const key = keyOf(trial, unit);
    units.set(key, [...(units.get(key) ?? []), trial]);
  }
  const mine = new Set<Trial>();
  let before = 0;
  for (const group of units.values()) {
    // Where the middle of the unit lies, in shards.
    const place = Math.floor(((before + group.length / 2) * count) / subjects.length);
    if (place === index - 1) for (const trial of group) mine.add(trial);
    before += group.length;
  }
  if (mine.size === 0) return [];
  return trials.filter(trial => mine.has(trial) || isNullRun(trial));
}

function keyOf({ scenario, build }: Trial, unit: ShardUnit): string {
  return unit === 'scenario' ? scenario : JSON.stringify([scenario, build]);
}
