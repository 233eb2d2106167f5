import type { Assessment } from './assess.ts';
import type { Finding, Metric } from './model.ts';
import { isSuspicious } from './suspicion.ts';

/**
 * Whether native memory rises, or seems to, and nothing else leaks: a heap snapshot would tell nothing of it and end its readings, so
 * the trial goes on without. A doubt about anything else waits until native memory is told; a mere suspicion does not.
 */
export function putsOffSnapshots(readings: readonly Assessment[], found: readonly Finding[]): boolean {
  if (found.length > 0) return found.every(({ metric }) => isNative(metric));
  if (readings.some(({ metric, state }) => isNative(metric) && state !== 'flat')) return true;
  const suspicious = readings.filter(isSuspicious);
  return suspicious.length > 0 && suspicious.every(({ metric }) => isNative(metric));
}

function isNative({ kind }: Metric): boolean {
  return kind === 'pages';
}
