import {
  className,
  type Growth,
  type HeapTable,
  isContainerStore,
  type TrialBase,
  VALUE_NOUNS,
} from '../model.ts';
import { isStore } from '../snapshot/container-stores.ts';
import { netGrowth, type Point } from '../stats/point.ts';
import { countAssessment, slackOf } from './assess-count.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { growthOf } from './growth-of.ts';

/** Share of what a class grew by that another lost, which may be the same by another name. */
const LOST_SHARE = 1 / 2;

/**
 * How objects of classes that grow here, and that a base which grew does not keep, grew there by the base's own
 * snapshots: those that did not, over as many iterations. Where an object of another class is kept less often here
 * instead, it may be the same by another name, and nothing is said of the class.
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
      const flat = (base.heapTables ?? []).map(there => flatIn(there, tables, one, rule));
      return flat.every(growth => growth !== undefined) ? flat.slice(0, 1) : [];
    });
}

/** The same text may be one string in one build and two in another. */
function isOfObjects({ metric }: Assessment): boolean {
  return !isContainerStore(metric) && !VALUE_NOUNS.has(className(metric) ?? '');
}

/** Undefined where the base has not as many iterations, or kept the class, or another instead of it. */
function flatIn(
  there: readonly HeapTable[],
  here: readonly HeapTable[],
  { metric, judged }: Assessment,
  rule: AssessRule,
): Growth | undefined {
  const [from, to] = [judged[0]?.iteration ?? 0, judged.at(-1)?.iteration ?? 0];
  const name = className(metric) ?? '';
  const points = countsOf(name, within(there, from, to));
  const covers = points[0]?.iteration === from && points.at(-1)?.iteration === to;
  if (!covers || Math.abs(netGrowth(points)) > slackOf(metric)) return undefined;
  const most = LOST_SHARE * netGrowth(judged);
  if (lostMost(within(there, from, to), within(here, from, to)) >= most) return undefined;
  const { estimate } = countAssessment(metric, 'flat', points, rule);
  return growthOf(estimate, points);
}

/** By how many objects any one class grew less here than there. */
function lostMost(there: readonly HeapTable[], here: readonly HeapTable[]): number {
  const names = [...new Set(there.flatMap(({ classes }) => Object.keys(classes)))];
  const objects = names.filter(name => !isStore(name) && !VALUE_NOUNS.has(name));
  return Math.max(
    0,
    ...objects.map(name => netGrowth(countsOf(name, there)) - netGrowth(countsOf(name, here))),
  );
}

function within(tables: readonly HeapTable[], from: number, to: number): HeapTable[] {
  return tables.filter(({ iteration }) => iteration >= from && iteration <= to);
}

/** None where it is in no table: it did not change. */
function countsOf(name: string, tables: readonly HeapTable[]): Point[] {
  return tables.map(({ iteration, classes }) => ({ iteration, value: classes[name]?.count ?? 0 }));
}
