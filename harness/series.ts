import type { Series, TrialRecord } from './model.ts';

/** The readings by metric, in the order of the metrics; metrics that were never read are left out. */
export function toSeries({ metrics, samples }: Pick<TrialRecord, 'metrics' | 'samples'>): Series[] {
  return metrics
    .map(metric => ({
      metric,
      points: samples.flatMap(({ iteration, readings }) => {
        const value = readings[metric.name];
        return value === undefined ? [] : [{ iteration, value }];
      }),
    }))
    .filter(({ points }) => points.length > 0);
}
