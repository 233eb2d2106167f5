import type { JudgedTrial, Metric, Report } from '../../harness/model.ts';
import { cleanReport } from './report-fixture.ts';

const EXTERNAL: Metric = { name: 'heap.external', unit: 'B', kind: 'bytes' };

/** The clean run, of which one build leaks so many bytes per iteration off the heap, too. */
export function offHeapLeak(bytes: number): Report {
  const report = cleanReport();
  return {
    ...report,
    trials: report.trials.map(judged =>
      judged.verdict.outcome === 'leak' ? leakingOffHeap(judged, bytes) : judged,
    ),
  };
}

function leakingOffHeap(judged: JudgedTrial, slope: number): JudgedTrial {
  const { verdict } = judged;
  if (verdict.outcome !== 'leak') throw new Error('it must leak');
  const [first, ...others] = verdict.findings;
  const estimate = { ...first.estimate, metric: EXTERNAL, slope, low: slope, high: slope };
  const finding = { ...first, metric: EXTERNAL, estimate, exactMultiple: false };
  const points = Array.from({ length: 22 }, (_, at) => ({
    iteration: at * 97,
    value: 5e6 + slope * at * 97,
  }));
  return {
    ...judged,
    verdict: {
      ...verdict,
      findings: [first, ...others, finding],
      estimates: [...verdict.estimates, estimate],
    },
    series: [...judged.series, { metric: EXTERNAL, points }],
  };
}
