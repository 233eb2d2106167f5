import { judgeResult } from './judge.ts';
import {
  type CertifiedKind,
  type CertifiedRun,
  HEAP_USED,
  type Iterations,
  isOffHeap,
  type Plant,
  type PlantKind,
  type PowerCurve,
  type PowerPoint,
  type Trial,
  type TrialResult,
} from './model.ts';
import { exactShare } from './stats/binomial.ts';
import { nextSize, type SearchRule, smallestCaught, type Tally } from './stats/power-search.ts';
import { median } from './stats/quantile.ts';

/** Version of the shape of a saved certification. */
export const CERTIFICATION_VERSION = '1.0.0';

/** Share of the runs in which a size has to be caught. */
export const CERTIFIED_SHARE = 0.95;
/** Of the intervals of the shares. */
export const CERTIFIED_CONFIDENCE = 0.95;
/** What was stated and what was caught may differ by this factor. */
const AGREEMENT = 2;
/**
 * Things that a size keeps every n-th iteration are planted at most so often: each needs a descriptor that
 * the system grants.
 */
const DENSEST_DESCRIPTORS = 10;
/** A leak of bytes is planted in each iteration, every 10th and every 100th, in turn, so many times as large. */
const RATES: readonly Iterations[] = [1, 10, 100];
/**
 * Steps per decade of the series of sizes: the preferred numbers of series E6 (IEC 60063), of which each is
 * some 47 % larger.
 */
const DECADE = [1, 1.5, 2.2, 3.3, 4.7, 6.8];
/** Largest growth per iteration that is planted, as a power of ten: 10 kB. */
const LARGEST = 4;

export interface CertifyRule {
  /** Measured iterations of a run. */
  readonly iterations: Iterations;
  /** Heap growth per iteration that is accepted: of bytes nothing smaller can be caught. */
  readonly allowance: number;
  readonly repetitions: number;
  readonly seed: number;
}

/** Whether a kind is measured in bytes per iteration, and not in things. */
export function isBytes(kind: PlantKind): boolean {
  return kind === 'heap' || kind === 'off-heap';
}

/** The growths per iteration that may be planted: a geometric series, the smallest first. */
export function sizesOf(kind: CertifiedKind, { iterations }: Pick<CertifyRule, 'iterations'>): number[] {
  const decades = Array.from({ length: LARGEST }, (_, power) => DECADE.map(step => step * 10 ** power));
  const series = [...decades.flat(), 10 ** LARGEST].map(value => Number(value.toPrecision(2)));
  if (isBytes(kind)) return series;
  const least = kind === 'descriptor' ? DENSEST_DESCRIPTORS : 1;
  return series
    .map(Math.round)
    .filter((every, place, all) => every >= least && every <= iterations && every !== all[place - 1])
    .toReversed()
    .map(every => 1 / every);
}

/** The plant of the `nth` run, from 0, at a growth: of bytes the rates take turns, of timers ref'd and unref'd ones. */
export function plantOf(kind: CertifiedKind, growth: number, nth: number, seed: number): Plant {
  const own = seed + nth;
  if (isBytes(kind)) {
    const every = RATES[nth % RATES.length] ?? 1;
    return { kind, size: growth * every, every, seed: own };
  }
  const planted: PlantKind = kind === 'timer' && nth % 2 === 1 ? 'unref-timer' : kind;
  return { kind: planted, size: 1, every: Math.round(1 / growth), seed: own };
}

/** The trial with a leak planted; `nth` keeps its name apart from that of every other. */
export function plantedTrial(trial: Trial, plant: Plant, nth: number): Trial {
  const { scenario, build } = trial;
  return {
    ...trial,
    id: `${scenario}/${build}/${plant.kind}-${plant.size}-in-${plant.every}/${nth + 1}`,
    expect: 'leak',
    plant,
  };
}

/** What the ordinary judgement made of a run. */
export function certifiedRun(result: TrialResult): CertifiedRun {
  const { trial, samples, wall } = result;
  const verdict = judgeResult(result);
  return {
    trial: trial.id,
    ...(trial.plant && { plant: trial.plant }),
    outcome: result.outcome === 'faulted' ? 'faulted' : verdict.outcome,
    found: verdict.outcome === 'leak' ? verdict.findings.map(({ metric }) => metric.name) : [],
    ...(verdict.outcome === 'steady' && { limit: verdict.limit }),
    iterations: samples.at(-1)?.iteration ?? 0,
    wall,
  };
}

/** What to plant next of a kind, given the runs so far; undefined once its smallest size that is caught is known. */
export function nextPlant(
  kind: CertifiedKind,
  runs: readonly CertifiedRun[],
  rule: CertifyRule,
): { readonly plant: Plant; readonly nth: number } | undefined {
  const sizes = sizesOf(kind, rule);
  const tallies = sizes.map(size => tallyOf(kind, size, runs));
  const place = nextSize(tallies, searchRule(kind, sizes, runs, rule));
  const growth = place === undefined ? undefined : sizes[place];
  if (place === undefined || growth === undefined) return undefined;
  const nth = tallies[place]?.runs ?? 0;
  return { plant: plantOf(kind, growth, nth, rule.seed), nth };
}

/** The sizes that were run, and what follows from them. */
export function powerCurve(
  kind: CertifiedKind,
  runs: readonly CertifiedRun[],
  rule: CertifyRule,
): PowerCurve {
  const sizes = sizesOf(kind, rule);
  const tallies = sizes.map(size => tallyOf(kind, size, runs));
  const place = smallestCaught(tallies, { repetitions: rule.repetitions, share: CERTIFIED_SHARE });
  const limit = place === undefined ? undefined : sizes[place];
  const stated = statedLimit(kind, runs);
  return {
    kind,
    points: sizes.map(size => pointOf(kind, size, runs)).filter(point => point.runs > 0),
    ...(limit !== undefined && { limit }),
    ...(stated !== undefined && { stated }),
    ...(limit !== undefined && stated !== undefined && { agrees: agree(limit, stated) }),
  };
}

/** The kind that a plant belongs to. */
export function kindOf({ kind }: Plant): CertifiedKind {
  return kind === 'unref-timer' ? 'timer' : kind;
}

/** Whether a run is one of a kind's at a growth. */
function isAt(kind: CertifiedKind, growth: number, { plant }: CertifiedRun): boolean {
  return plant !== undefined && kindOf(plant) === kind && isSame(plant.size / plant.every, growth);
}

/** To within what a quotient loses. */
function isSame(growth: number, other: number): boolean {
  return Math.abs(growth / other - 1) < 1e-9;
}

/** A leak of bytes is caught where bytes are said to leak: that it is seen by a count says nothing of its size. */
export function isCaught(kind: CertifiedKind, { outcome, found }: CertifiedRun): boolean {
  if (outcome !== 'leak') return false;
  if (kind === 'heap') return found.includes(HEAP_USED);
  return kind !== 'off-heap' || found.some(name => isOffHeap({ name }));
}

function tallyOf(kind: CertifiedKind, growth: number, runs: readonly CertifiedRun[]): Tally {
  const own = runs.filter(run => isAt(kind, growth, run));
  return { runs: own.length, caught: own.filter(run => isCaught(kind, run)).length };
}

function pointOf(kind: CertifiedKind, growth: number, runs: readonly CertifiedRun[]): PowerPoint {
  const tally = tallyOf(kind, growth, runs);
  const leaks = runs.filter(run => isAt(kind, growth, run) && run.outcome === 'leak').length;
  return { growth, ...tally, leaks, ...exactShare(tally.caught, tally.runs, CERTIFIED_CONFIDENCE) };
}

/** The search begins at what was stated, or at what is allowed. */
function searchRule(
  kind: CertifiedKind,
  sizes: readonly number[],
  runs: readonly CertifiedRun[],
  { allowance, repetitions }: CertifyRule,
): SearchRule {
  const least = statedLimit(kind, runs) ?? (isBytes(kind) ? allowance : 0);
  const start = sizes.findIndex(size => size > least);
  return { start: start < 0 ? sizes.length - 1 : start, repetitions, share: CERTIFIED_SHARE };
}

/** Growth per iteration that the steady runs without a plant said they would have caught. */
function statedLimit(kind: CertifiedKind, runs: readonly CertifiedRun[]): number | undefined {
  const limits = runs.flatMap(({ plant, limit }) => (plant || !limit ? [] : [limit]));
  const stated = limits
    .map(({ bytesPerIteration, offHeapBytesPerIteration = 0, objectEvery, handleEvery }) => {
      if (kind === 'off-heap') return offHeapBytesPerIteration;
      if (kind === 'heap') return bytesPerIteration;
      const every = kind === 'object' ? objectEvery : handleEvery;
      return every > 0 ? 1 / every : 0;
    })
    .filter(limit => limit > 0);
  return stated.length > 0 ? median(stated) : undefined;
}

function agree(limit: number, stated: number): boolean {
  return Math.max(limit / stated, stated / limit) <= AGREEMENT;
}
