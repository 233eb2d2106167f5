import {
  className,
  type Growth,
  type HeapTable,
  type Iterations,
  isContainerStore,
  type TrialBase,
  VALUE_NOUNS,
} from '../model.ts';
import { isStore } from '../snapshot/container-stores.ts';
import { netGrowth, type Point } from '../stats/point.ts';
import { countAssessment, slackOf } from './assess-count.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { compareGrowth } from './compare-growths.ts';
import { growthOf, joinedGrowths } from './growth-of.ts';

/** Share of what a class grew by that others lost together, which may be the same by other names. */
const LOST_SHARE = 1 / 2;
/** Standard deviations by which a count of texts or numbers, of which there are many, differs by chance. */
const CHANCE = 4;

/**
 * How classes grew, by a base's own heap snapshots, that certainly grow faster here and did not grow there at all, at
 * the same iterations and in each of its trials: classes of objects that the base, which grew, does not keep. Where
 * others are kept less often here, it may be these by another name, and nothing is said.
 * @param tables of the trial that is judged
 */
export function flatInBase(
  classes: readonly Assessment[],
  tables: readonly HeapTable[],
  base: TrialBase,
  rule: AssessRule,
): Growth[] {
  const known = new Set(base.growths.map(({ metric }) => metric.name));
  return classes
    .filter(one => one.state === 'grows' && isOfObjects(one) && !known.has(one.metric.name))
    .flatMap(one => {
      const there = growthThere(one, tables, base, rule);
      if (!there) return [];
      const { change } = compareGrowth(growthOf(one.estimate, one.judged), there, rule);
      return change === 'worse' ? [there] : [];
    });
}

/** The same text may be one string in one build and two in another. */
function isOfObjects({ metric }: Assessment): boolean {
  return !isContainerStore(metric) && !VALUE_NOUNS.has(className(metric) ?? '');
}

/** Undefined unless it is flat in each trial of the base, and no other class grew less here instead. */
function growthThere(
  one: Assessment,
  here: readonly HeapTable[],
  { heapTables = [] }: TrialBase,
  rule: AssessRule,
): Growth | undefined {
  const growths: Growth[] = [];
  for (const there of heapTables) {
    const growth = flatGrowth(one, there, rule);
    if (!growth || lost(one, there, here) >= LOST_SHARE * netGrowth(one.judged)) return undefined;
    growths.push(growth);
  }
  const [first, ...others] = growths;
  return first && joinedGrowths([first, ...others]);
}

/** Undefined where the snapshots lie at other iterations, or its objects, or the old ones of them, were once more or fewer. */
function flatGrowth(
  { metric, judged }: Assessment,
  there: readonly HeapTable[],
  rule: AssessRule,
): Growth | undefined {
  const [from, to] = spanOf(judged);
  const name = className(metric) ?? '';
  const counts = within(there, from, to).map(table => pointOf(table, name));
  // Old objects are known from the second snapshot on.
  const old = within(there.slice(1), from, to).map(({ classes }) => classes[name]?.seen ?? 0);
  if (counts[0]?.iteration !== from || counts.at(-1)?.iteration !== to) return undefined;
  const slack = slackOf(metric);
  if (range(counts.map(({ value }) => value)) > slack || range(old) > slack) return undefined;
  return growthOf(countAssessment(metric, 'flat', counts, rule).estimate, counts);
}

/** By how many objects, texts and numbers other classes grew less here than there. */
function lost(
  { metric, judged }: Assessment,
  there: readonly HeapTable[],
  here: readonly HeapTable[],
): number {
  const [from, to] = spanOf(judged);
  const [tablesThere, tablesHere] = [within(there, from, to), within(here, from, to)];
  const names = new Set(tablesThere.flatMap(({ classes }) => Object.keys(classes)));
  names.delete(className(metric) ?? '');
  let sum = 0;
  for (const name of names) {
    if (isStore(name)) continue;
    const [grewThere, grewHere] = [tablesThere, tablesHere].map(tables =>
      netGrowth(tables.map(table => pointOf(table, name))),
    ) as [number, number];
    if (!VALUE_NOUNS.has(name) || !isChance(grewThere, grewHere)) sum += Math.max(0, grewThere - grewHere);
  }
  return sum;
}

/** Whether two counts differ by no more than such that come at random. */
function isChance(one: number, other: number): boolean {
  return Math.abs(one - other) <= CHANCE * Math.sqrt(Math.abs(one) + Math.abs(other));
}

function spanOf(judged: readonly Point[]): readonly [Iterations, Iterations] {
  return [judged[0]?.iteration ?? 0, judged.at(-1)?.iteration ?? 0];
}

function within(tables: readonly HeapTable[], from: Iterations, to: Iterations): HeapTable[] {
  return tables.filter(({ iteration }) => iteration >= from && iteration <= to);
}

/** A class that is in no table did not change. */
function pointOf({ iteration, classes }: HeapTable, name: string): Point {
  return { iteration, value: classes[name]?.count ?? 0 };
}

function range(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
