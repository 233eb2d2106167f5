import { assessRule } from '../../harness/judge/assess-rule.ts';
import type { AssessRule } from '../../harness/judge/assessment.ts';
import type { Stage } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { nextStage, plannedStage, windowEnd } from '../../harness/stages.ts';
import type { Point } from '../../harness/stats/point.ts';

/*
 * Synthetic readings: a run of 21 windows of some 97 iterations after 50 of warm-up, a shape (growth without
 * noise), and a noise.
 */

export const WARMUP = 50;
const ITERATIONS = readAt(stagesOf(1));
export const END = 2037;

/** What the readings of a trial of default options are judged by at its first look. */
export const FIRST_LOOK = ruleAt(1);
export const { allowance: ALLOWANCE, confidence: CONFIDENCE } = FIRST_LOOK;

/** What they are judged by at a look. */
export function ruleAt(look: number): AssessRule {
  const stages = stagesOf(look);
  const samples = readAt(stages).map(iteration => ({
    iteration,
    elapsed: iteration,
    measuring: 0,
    settled: true,
    readings: {},
  }));
  const warmup = { iterations: WARMUP, elapsed: WARMUP, stable: true, drift: 0 };
  return assessRule({ samples, warmup, stages, options: DEFAULT_OPTIONS });
}

/** The stages of a trial of default options up to a look. */
export function stagesOf(look: number): Stage[] {
  const stages = [plannedStage(DEFAULT_OPTIONS)];
  while (stages.length < look) {
    const next = nextStage(stages.at(-1)!, 'resolve', DEFAULT_OPTIONS);
    if (!next) throw new RangeError(`Cannot plan ${look} looks: there are ${stages.length}`);
    stages.push(next);
  }
  return stages;
}

/** The iterations after which it is read. */
export function readAt(stages: readonly Stage[]): number[] {
  return [
    0,
    ...stages.flatMap(stage =>
      Array.from({ length: stage.windows }, (_, window) => windowEnd(stage, window + 1)),
    ),
  ];
}

export type Random = () => number;
/** Bytes or things after so many iterations. */
export type Shape = (iteration: number) => number;
export type Noise = (random: Random) => () => number;

/** mulberry32: small, seeded, good enough to shuffle noise. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

export function readings(shape: Shape, noise: () => number = () => 0): Point[] {
  return ITERATIONS.map(iteration => ({ iteration, value: 6e6 + shape(iteration) + noise() }));
}

export function counts(shape: Shape): Point[] {
  return ITERATIONS.map(iteration => ({ iteration, value: 11 + Math.floor(shape(iteration)) }));
}

/** As settled readings with the optimising tiers off: 256 B, and now and then a lasting step of a kB. */
export const quiet: Noise = random => {
  let level = 0;
  return () => {
    if (random() < 0.15) level += between(random, -600, 1400);
    return level + between(random, -256, 256);
  };
};

/** Any reading within 12 kB of the truth. */
export const rough: Noise = random => () => between(random, -12_000, 12_000);

/** Normal, deviation 6 kB. */
export const normal: Noise = random => () =>
  6000 * (Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, 0) - 6);

/** The same, and each reading is like the one before it: lag-1 correlation. */
export function alike(correlation: number): Noise {
  return random => {
    const deviates = normal(random);
    let level = deviates();
    return () => {
      level = correlation * level + Math.sqrt(1 - correlation ** 2) * deviates();
      return level;
    };
  };
}

/** A heap that is found in one of two states 250 kB apart, as on Node 20 when ticks run between collections. */
export const twoStates: Noise = random => () => (random() < 0.5 ? -125_000 : 125_000);

/** The same, but it stays in a state for ten windows or so. */
export const stickyStates: Noise = random => {
  let state = 125_000;
  return () => {
    if (random() < 0.1) state = -state;
    return state;
  };
};

/** Grows until `bound`, then stays. */
export function filling(rate: number, bound: number): Shape {
  return iteration => rate * Math.min(iteration, bound);
}

/** Grows and is thrown away every `period` iterations. */
export function sawtooth(height: number, period: number, phase: number): Shape {
  return iteration => (height * ((iteration + phase) % period)) / period;
}

/** A container of `entries` per iteration that doubles when full, filled since warm-up. */
export function doubling(entryBytes: number): Shape {
  return iteration => 64 * entryBytes * 2 ** Math.ceil(Math.log2((iteration + WARMUP) / 64));
}

export function step(height: number, at: number): Shape {
  return iteration => (iteration > at ? height : 0);
}

export function leakFrom(rate: number, start: number): Shape {
  return iteration => rate * Math.max(0, iteration - start);
}
