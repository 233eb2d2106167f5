import { countUnit } from '../count-unit.ts';
import { COMMON_NOUNS, classMetric, type HeapTable } from '../model.ts';
import { isStore } from '../snapshot/container-stores.ts';
import { growthOfCount } from '../stats/count-growth.ts';
import { deepestFall, netGrowth, type Point, type Step, span, steps } from '../stats/point.ts';
import { LEAST_READINGS } from '../stats/slowing-count.ts';
import { countAssessment, slackOf } from './assess-count.ts';
import { assessStore } from './assess-store.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { isBorneOut, mayBearOut } from './borne-out.ts';

/** Share by which steps of a count that are alike may differ. */
const EVEN = 0.05;
/** Objects by which they may differ in any case. */
const EVEN_OBJECTS = 2;
/** Growth that is even by no chance. */
const MANY = 32;
/** Share of the growth of all that old objects have at least, where what is made stays. */
const OLD_SHARE = 1 / 2;

/**
 * What heap snapshots say of each class, the fastest growing first: only classes that grew, may go on to, or
 * are worth a closer look. Of objects it is judged how many in each snapshot had been seen by an earlier one:
 * what is in use for a while comes and goes, and however many there are, old ones are not among them.
 */
export function assessClasses(
  tables: readonly HeapTable[],
  ends: readonly number[],
  rule: AssessRule,
): Assessment[] {
  const names = new Set(tables.flatMap(({ classes }) => Object.keys(classes)));
  return [...names]
    .map(name => (isStore(name) ? assessStore(name, tables, ends, rule) : assessClass(name, tables, rule)))
    .filter(
      ({ state, goesOn, mayBearOut }) => state === 'grows' || state === 'unread' || goesOn || mayBearOut,
    )
    .sort((a, b) => b.estimate.slope - a.estimate.slope);
}

function assessClass(name: string, tables: readonly HeapTable[], rule: AssessRule): Assessment {
  const metric = classMetric(name, COMMON_NOUNS.has(name) ? `${name}s` : countUnit(name));
  const slack = slackOf(metric);
  const judge = (points: readonly Point[]) =>
    growthOfCount(points, { ...rule, slack, warmup: 0, even: true });
  const whole = tables.map(({ iteration, classes }) => ({ iteration, value: classes[name]?.count ?? 0 }));
  const staying = stayingOf(name, tables);
  const inAll = judge(whole);
  if (staying.length < LEAST_READINGS) {
    const state = inAll.state === 'grows' ? 'unread' : inAll.state;
    const assessed = countAssessment(metric, state, inAll.judged, rule);
    if (state !== 'unread') return assessed;
    if (allStay(staying, whole)) return { ...assessed, oldObjects: 'bear-it-out' };
    return { ...assessed, ...(isDeniedBy(staying, whole) && { oldObjects: 'deny-it' }) };
  }
  const isDenied = isQuiet(whole, staying, slack) && inAll.state !== 'grows';
  const ofStaying = judge(staying);
  const old = isDenied || !isBorneOut(staying, whole) ? inAll : ofStaying;
  // A state that is copied as a whole, and grows, has no old objects either: but nothing in use for a while
  // grows as evenly.
  const grows = old.state === 'grows' || (inAll.state === 'grows' && isEven(inAll.judged));
  const judged = inAll.state === 'grows' ? inAll.judged : old.judged;
  const assessed = countAssessment(metric, grows ? 'grows' : old.state, judged, rule);
  if (grows) return assessed;
  if (old.goesOn ?? inAll.goesOn) return { ...assessed, goesOn: true };
  const isDoubtful =
    !isDenied && ofStaying.state === 'grows' && isEven(staying) && mayBearOut(staying, whole);
  return { ...assessed, ...(isDoubtful && { mayBearOut: true }) };
}

/**
 * Of each snapshot but the first, how many objects an earlier one had seen. Most keep their id. Some take
 * that of an object that has died, and seem older than they are, a few get a new one: so what leaks is among
 * them, and its rate is better read off all.
 */
function stayingOf(name: string, tables: readonly HeapTable[]): Point[] {
  return tables.slice(1).map(({ classes }, place) => ({
    iteration: tables[place]?.iteration ?? 0,
    value: classes[name]?.seen ?? 0,
  }));
}

/**
 * A count that never falls is a witness itself: up to the end, and not only to the snapshot before it. Unless
 * that is chance: it grew to the end, and objects came and went between the snapshots.
 */
function isQuiet(whole: readonly Point[], staying: readonly Point[], slack: number): boolean {
  const allStayed = staying.every(({ value: stayed }, place) => {
    const had = whole[place]?.value ?? 0;
    return had - stayed <= Math.max(EVEN_OBJECTS, EVEN * had);
  });
  const lately = steps(whole).at(-1)?.rise ?? 0;
  return deepestFall(whole) <= EVEN_OBJECTS && (allStayed || lately <= slack);
}

/**
 * Whether a class grew evenly by many, and old objects became more at the same pace: each that was made stayed.
 * So much agrees by no chance, in three snapshots either.
 */
function allStay(staying: readonly Point[], whole: readonly Point[]): boolean {
  if (staying.length < 2 || netGrowth(whole) < MANY || !isEven(whole)) return false;
  const pace = netGrowth(whole) / span(whole);
  return steps(staying).every(step => isAlike(step, pace));
}

/** Whether old objects became more by less than their share, where all did not grow as evenly as a leak does. */
function isDeniedBy(staying: readonly Point[], whole: readonly Point[]): boolean {
  if (staying.length < 2 || isEven(whole)) return false;
  return netGrowth(staying) / span(staying) < (OLD_SHARE * netGrowth(whole)) / span(whole);
}

function isEven(points: readonly Point[]): boolean {
  const pace = netGrowth(points) / span(points);
  return steps(points).every(step => isAlike(step, pace));
}

function isAlike({ rise, width }: Step, pace: number): boolean {
  return Math.abs(rise - pace * width) <= Math.max(EVEN_OBJECTS, EVEN * pace * width);
}
