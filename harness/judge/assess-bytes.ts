import type { Estimate, Series } from '../model.ts';
import { type ByteState, growthOfBytes } from '../stats/byte-growth.ts';
import { lateHalf } from '../stats/point.ts';
import type { Assessment, AssessRule } from './assessment.ts';
import { plateauOf } from './plateau-of.ts';

/** Judges bytes: by leaps too, unless the rule says otherwise. */
export function assessBytes(
  { metric, points }: Series,
  rule: AssessRule & { readonly leaps?: boolean },
): Assessment & { readonly state: ByteState } {
  const { state, judged, slope, late, within } = growthOfBytes(points, rule);
  const { confidence, allowance, warmup } = rule;
  const estimate: Estimate = { metric, ...slope, confidence, points: judged.length, method: 'theil-sen' };
  const half = lateHalf(points, warmup);
  const early = half[0]?.iteration ?? 0;
  return {
    metric,
    state,
    judged,
    estimate,
    exactMultiple: false,
    late,
    ...(within && { accepted: { because: within } }),
    ...(state === 'flat' && plateauOf(metric, points, half, allowance * early)),
  };
}
