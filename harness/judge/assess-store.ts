import { type Bytes, type ClassCount, classMetric, type HeapTable } from '../model.ts';
import { netGrowth, type Point, span, steps, widestSwing } from '../stats/point.ts';
import { countAssessment } from './assess-count.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { BORNE_OUT, isBorneOut } from './borne-out.ts';

/** What stores must gain in each stage. */
const LEAST_STEP: Bytes = 128;
/** Stages that must have brought it, as stores grow by doubling. */
const LEAST_STEPS = 3;
/** Per iteration: an array of numbers of which every other iteration keeps one. */
const LEAST_PACE: Bytes = 4;
/** Share of what they gained by which stores may swing: others come and go beside one that grows. */
const MOST_SWING = 1 / 8;
/** What a stage brings at least, as a share of what the one before it, half as long, brought. */
const LEAST_SHARE = 1 / 2;
/** Share of what they gained from which on a swing may hide that stores fill up. */
const HIDING_SWING = 1 / 32;
/** What a stage brings at least where a swing may hide that: in place of `LEAST_SHARE`. */
const SWINGING_SHARE = 3 / 4;

/**
 * What heap snapshots say of a class of stores, by its bytes at the ends of the stages, each as long as all before
 * it, so that a store that doubles has to grow in each. Where all stores do not tell, as some come and go, those of
 * containers that an earlier snapshot had seen are taken, if all bear it out.
 */
export function assessStore(
  name: string,
  tables: readonly HeapTable[],
  ends: readonly number[],
  rule: AssessRule,
): Assessment {
  const bytesOf = (of: (count: ClassCount) => Bytes | undefined) =>
    tables.map(({ iteration, classes }) => ({ iteration, value: (classes[name] && of(classes[name])) ?? 0 }));
  const all = bytesOf(({ bytes }) => bytes);
  // The first snapshot has seen nothing before; the second, in the middle of a stage, stands in for it if that helps.
  const ofOld = bytesOf(({ seenBytes }) => seenBytes).slice(1);
  const inAll = growthOfStore(all, ends);
  const sinceFirst = growthOfStore(ofOld, [ofOld[0]?.iteration ?? 0, ...ends]);
  const inOld = sinceFirst === 'grows' ? sinceFirst : growthOfStore(ofOld, ends);
  const isHidden =
    inAll === 'flat' && inOld !== 'flat' && swings(all, HIDING_SWING) && isBorneOutByStores(ofOld, all);
  const [points, growth] = isHidden ? [ofOld, inOld] : [all, inAll];
  const state = growth === 'goes-on' ? 'unread' : growth;
  const assessed = countAssessment(classMetric(name, 'B'), state, enough(atEnds(points, ends), points), rule);
  return { ...assessed, ...(growth === 'goes-on' && { goesOn: true }) };
}

/** Stores grow by jumps, so that the median of all slopes says less of them than what they came to. */
function isBorneOutByStores(ofOld: readonly Point[], all: readonly Point[]): boolean {
  return isBorneOut(ofOld, all) || netGrowth(all.slice(1)) >= netGrowth(ofOld) * BORNE_OUT;
}

/** `goes-on` in all stages but one that it would take to tell, `unread` in fewer. */
type StoreGrowth = 'grows' | 'goes-on' | 'unread' | 'flat';

function growthOfStore(points: readonly Point[], ends: readonly number[]): StoreGrowth {
  const rises = steps(atEnds(points, ends)).map(({ rise }) => rise);
  const share = swings(points, HIDING_SWING) ? SWINGING_SHARE : LEAST_SHARE;
  const keepsGrowing =
    !swings(points, MOST_SWING) &&
    netGrowth(points) >= LEAST_PACE * span(points) &&
    rises.every((rise, place) => rise >= Math.max(LEAST_STEP, (rises[place - 1] ?? 0) * share));
  if (!keepsGrowing || rises.length === 0) return 'flat';
  if (rises.length >= LEAST_STEPS) return 'grows';
  return rises.length === LEAST_STEPS - 1 ? 'goes-on' : 'unread';
}

/** Whether more comes and goes than a share of what was gained. */
function swings(points: readonly Point[], share: number): boolean {
  return widestSwing(points) > Math.max(LEAST_STEP, netGrowth(points) * share);
}

function atEnds(points: readonly Point[], ends: readonly number[]): Point[] {
  return points.filter(({ iteration }) => ends.includes(iteration));
}

/** An estimate needs two readings. */
function enough(judged: readonly Point[], points: readonly Point[]): readonly Point[] {
  return judged.length > 1 ? judged : points;
}
