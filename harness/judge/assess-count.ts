import { type Estimate, isClass, isPopulation, type Metric, type Series } from '../model.ts';
import { type CountState, growthOfCount, isRestless } from '../stats/count-growth.ts';
import { netGrowth, type Point, span, steps } from '../stats/point.ts';
import { robustSlope } from '../stats/slope.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { plateauOf } from './plateau-of.ts';

/** Growth of a count that is not worth a word: a handle that happened to be open, a thing made once. */
const COUNT_SLACK = 2;
/** The same of the population, which moves by -2 to +8 objects over a run of a clean subject. */
const POPULATION_SLACK = 12;
/** Objects of one class that may come and go between two snapshots of a clean subject. */
const CLASS_SLACK = 8;

/** Judges a count, which has a slack and no noise. */
export function assessCount({ metric, points }: Series, rule: AssessRule): Assessment {
  const slack = slackOf(metric);
  const { state, judged } = growthOfCount(points, { ...rule, slack });
  return {
    ...countAssessment(metric, state, judged, rule),
    ...(state === 'flat' && plateauOf(metric, points, judged, slack)),
    ...(isRestless(judged, { ...rule, slack }) && { restless: robustSlope(judged, rule.confidence) }),
  };
}

/** What is known of a count, given its state. */
export function countAssessment(
  metric: Metric,
  state: CountState,
  judged: readonly Point[],
  { confidence }: Pick<AssessRule, 'confidence'>,
): Assessment {
  return {
    metric,
    state,
    judged,
    estimate: countEstimate(metric, judged, confidence),
    exactMultiple: isExactMultiple(judged, noiseOf(metric)),
  };
}

function countEstimate(metric: Metric, judged: readonly Point[], confidence: number): Estimate {
  const [growth, iterations, noise] = [netGrowth(judged), span(judged), noiseOf(metric)];
  return {
    metric,
    slope: growth / iterations,
    low: (growth - noise) / iterations,
    high: (growth + noise) / iterations,
    confidence,
    points: judged.length,
    method: 'exact',
  };
}

/** Noise must be small beside a window, or any growth would be near a whole multiple. */
function isExactMultiple(points: readonly Point[], noise: number): boolean {
  const multiple = Math.round(netGrowth(points) / span(points));
  return (
    multiple >= 1 &&
    steps(points).every(({ rise, width }) => Math.abs(rise - multiple * width) <= noise && noise * 4 < width)
  );
}

/** Growth of a count that is not worth a word. */
export function slackOf(metric: Metric): number {
  if (isClass(metric)) return CLASS_SLACK;
  return isPopulation(metric) ? POPULATION_SLACK : COUNT_SLACK;
}

/** By how much a reading may be off; all counts but the population are exact. */
function noiseOf(metric: Metric): number {
  return isPopulation(metric) ? POPULATION_SLACK : 0;
}
