import { NORMAL_MEDIAN } from './normal.ts';
import { type Point, span, widestSwing } from './point.ts';
import { median } from './quantile.ts';
import { residuals, type Slope } from './slope.ts';

/**
 * Share of what a size gained before that it may have gained over the late half of a run at whose end nothing
 * better can be said,
 */
const SMALL_SHARE = 1 / 20;
/** or of its widest swing there, */
const SHARE_OF_SWING = 3 / 4;
/** as far as that is no more than so many standard deviations: one reading that stands out is no swing. */
const WIDEST = 3;

export type Stray = 'share' | 'swing';

/**
 * What is replaced at random, or built and dropped in turns, never comes to rest: a full cache whose entries
 * differ in size strays to the end. That it has not grown since can be said of it, and up to how much: by
 * less than it strays. That is a share of what it gained when it filled up, where it strays slowly, or of its
 * swings, unless the whole run grew for certain. Of noise that is independent from reading to reading the
 * widest swing is some four standard deviations, and the interval of 40 readings reaches two beyond the
 * growth that was found.
 */
export function strayOf(
  { judged, slope }: { readonly judged: readonly Point[]; readonly slope: Slope },
  points: readonly Point[],
  wholeGrows: boolean,
): Stray | undefined {
  if (slope.low > 0) return undefined;
  const gained = median(judged.map(({ value }) => value)) - (points[0]?.value ?? 0);
  const most = slope.high * span(judged);
  if (most <= SMALL_SHARE * gained) return 'share';
  return !wholeGrows && most <= swingOf(judged, slope) ? 'swing' : undefined;
}

/** Three quarters of the widest swing, but no more than the standard deviations that noise swings by. */
function swingOf(judged: readonly Point[], { slope }: Slope): number {
  const from = residuals(judged, slope);
  const middle = median(from);
  const deviation = median(from.map(residual => Math.abs(residual - middle))) / NORMAL_MEDIAN;
  return Math.min(SHARE_OF_SWING * widestSwing(judged), WIDEST * deviation);
}
