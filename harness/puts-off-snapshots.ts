import type { Assessment } from './assess.ts';
import { mayFillUp } from './findings.ts';
import type { Finding, Metric, Stage } from './model.ts';
import { isSuspicious, risesFaintly } from './suspicion.ts';

/**
 * Whether a trial goes on without heap snapshots, which tell nothing of native memory and end its readings: while that rises and nothing
 * else leaks, and beside what may be a cache once, as it may be full by then. A doubt about anything else waits that long. Where native
 * memory merely seems to rise, nothing else waits.
 */
export function putsOffSnapshots(
  readings: readonly Assessment[],
  found: readonly Finding[],
  stages: readonly Stage[],
): boolean {
  const rises = readings.some(({ metric, state }) => isNative(metric) && state !== 'flat');
  if (found.length > 0) {
    const isFirstLook = stages.length === 1;
    return found.every(({ metric }) => isNative(metric)) || (rises && isFirstLook && mayFillUp(found));
  }
  const isElseOpen = readings.some(
    one => !isNative(one.metric) && (one.state !== 'flat' || isSuspicious(one)),
  );
  return rises || (!isElseOpen && readings.some(risesFaintly));
}

function isNative({ kind }: Metric): boolean {
  return kind === 'pages';
}
