import type { Series } from '../model.ts';
import { assessBytes } from './assess-bytes.ts';
import { assessCount } from './assess-count.ts';
import { assessPages } from './assess-pages.ts';
import type { Assessment, AssessRule } from './assessment.ts';

/** Judges one series alone; undefined for an advisory one and for a single reading. */
export function assess(series: Series, rule: AssessRule): Assessment | undefined {
  if (series.points.length < 2) return undefined;
  switch (series.metric.kind) {
    case 'exact':
      return assessCount(series, rule);
    case 'bytes':
      return assessBytes(series, rule);
    case 'pages':
      return assessPages(series, rule);
    case 'advisory':
      return undefined;
  }
}
