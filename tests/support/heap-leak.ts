import { HEAP_USED, type JudgedTrial, type Report } from '../../harness/model.ts';
import { cleanReport } from './report-fixture.ts';

/** The clean run, of which one build leaks on the heap alone; its timers come and go. */
export function heapLeak(): Report {
  const report = cleanReport();
  return { ...report, trials: report.trials.map(judged => onHeapAlone(judged)) };
}

function onHeapAlone(judged: JudgedTrial): JudgedTrial {
  const { verdict } = judged;
  const series = judged.series.map(one =>
    one.metric.name === 'timers'
      ? { ...one, points: one.points.map((point, at) => ({ ...point, value: at === 1 ? 8 : 7 })) }
      : one,
  );
  if (verdict.outcome !== 'leak') return { ...judged, series };
  const [found] = verdict.findings.filter(({ metric }) => metric.name === HEAP_USED);
  if (!found) throw new Error('its heap must leak');
  return { ...judged, series, verdict: { ...verdict, findings: [found] } };
}
