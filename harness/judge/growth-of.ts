import type { Estimate, Finding, Growth, Iterations } from '../model.ts';
import { normalQuantile } from '../stats/normal.ts';
import { netGrowth, type Point, span, steps } from '../stats/point.ts';
import { slackOf } from './assess-count.ts';

/** From so many steps on, their own scatter says how much of a count is chance. */
const TELLING_STEPS = 6;

/**
 * What was estimated from the judged readings, with room for chance. That of bytes is in their interval
 * already. A count may be off by its slack, and by the deviation of a random count unless it is the same
 * whole multiple of the iterations throughout.
 */
export function growthOf(estimate: Estimate, judged: readonly Point[]): Growth {
  const { metric, slope, low, high } = estimate;
  if (metric.kind !== 'exact') return { metric, slope, low, high };
  return boundsOf(estimate, span(judged), deviation(judged, slackOf(metric)));
}

/** Of several trials: their mean, within all their bounds, as one trial's interval does not know how trials differ. */
export function joinedGrowths(growths: readonly [Growth, ...Growth[]]): Growth {
  return {
    metric: growths[0].metric,
    slope: growths.reduce((sum, { slope }) => sum + slope, 0) / growths.length,
    low: Math.min(...growths.map(({ low }) => low)),
    high: Math.max(...growths.map(({ high }) => high)),
  };
}

/** Several things may come at a time: four, by chance, stray as a single one would twice as far. */
const AT_A_TIME = 4;

/**
 * The same of a finding, of which the readings are no longer known: unless it is exact, as if what it counts
 * came by chance, some at a time.
 */
export function growthOfFinding({ estimate, growth, from, to, exactMultiple }: Finding): Growth {
  return boundsOf(estimate, to - from, exactMultiple ? 0 : Math.sqrt(AT_A_TIME * Math.abs(growth)));
}

function boundsOf({ metric, slope, confidence }: Estimate, iterations: Iterations, chance: number): Growth {
  const off = (slackOf(metric) + normalQuantile((1 + confidence) / 2) * chance) / iterations;
  return { metric, slope, low: slope - off, high: slope + off };
}

/**
 * Standard deviation of what a count grew by in all: from the scatter of its steps, or if these are few as if
 * each came by chance.
 */
function deviation(judged: readonly Point[], slack: number): number {
  const growth = netGrowth(judged);
  const pace = growth / span(judged);
  const off = steps(judged).map(({ rise, width }) => rise - pace * width);
  if (off.length >= TELLING_STEPS) return Math.sqrt((sumOfSquares(off) * off.length) / (off.length - 1));
  const isWhole = Math.abs(growth - Math.round(pace) * span(judged)) <= slack;
  return isWhole && off.every(one => Math.abs(one) <= slack) ? 0 : Math.sqrt(Math.abs(growth));
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}
