import { className, type Finding, isClass, isPopulation, isResource } from '../model.ts';
import { classRank } from '../snapshot/class-rank.ts';
import { netGrowth } from '../stats/point.ts';
import { type Assessment, isUndeniedUnread } from './assessment.ts';

/** More classes than this make no verdict clearer. */
export const MOST_CLASSES = 12;
/** By so many objects two snapshots may differ in a class that does not grow. */
const CHANCE_OBJECTS = 2;

/**
 * What grew: counts, then bytes, then classes, at most twelve, those that tell most first. Once a leak is
 * certain, growth that was read too seldom belongs to it too.
 */
export function findings(assessed: readonly Assessment[]): Finding[] {
  const certain = assessed.some(one => grows(one, assessed));
  if (!certain) return [];
  const found = assessed.filter(one => grows(one, assessed) || isBeside(one)).filter(isAbove);
  const ranked = found.toSorted((a, b) => rank(a) - rank(b)).map(toFinding);
  const firstClass = ranked.findIndex(({ metric }) => isClass(metric));
  return firstClass < 0 ? ranked : ranked.slice(0, firstClass + MOST_CLASSES);
}

/** Growth that was read too seldom; by one or two a class differs from snapshot to snapshot. */
function isBeside(one: Assessment): boolean {
  return isUndeniedUnread(one) && (!isClass(one.metric) || netGrowth(one.judged) > CHANCE_OBJECTS);
}

function rank({ metric }: Assessment): number {
  if (metric.kind !== 'exact') return 1;
  const name = className(metric);
  return name === undefined ? 0 : 2 + classRank(name);
}

/**
 * Timers, handles, descriptors or listeners of a pool, or of a registry by tenant: no more of one kind than a
 * program would be sized for.
 */
const POOL = 256;

/**
 * Whether it may all be a cache or a pool that fills up: objects, and few of what the runtime or the system
 * holds open.
 */
export function mayFillUp(findings: readonly Finding[]): boolean {
  return findings.every(({ metric, growth }) => !isResource(metric) || growth <= POOL);
}

/**
 * Bytes that grow while the population fills up more and more slowly are no proof: the count, which knows no noise, is
 * the better witness.
 */
export function grows({ state, metric }: Assessment, all: readonly Assessment[]): boolean {
  if (state !== 'grows') return false;
  return (
    metric.kind === 'exact' || !all.some(other => isPopulation(other.metric) && other.state === 'filling')
  );
}

function isAbove({ estimate }: Assessment): boolean {
  return estimate.low > 0;
}

function toFinding({ metric, estimate, judged, exactMultiple }: Assessment): Finding {
  const [from, to] = [judged[0]?.iteration ?? 0, judged.at(-1)?.iteration ?? 0];
  return { metric, estimate, growth: netGrowth(judged), from, to, exactMultiple };
}
