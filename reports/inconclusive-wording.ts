/** Why a trial has no verdict and what to try then, in words. */
import { className, type InconclusiveReason, type Iterations, type Metric } from '../harness/model.ts';
import { furtherText } from './course-wording.ts';
import { metricName } from './wording.ts';

/** Why there is no verdict. */
export function inconclusiveText(reason: InconclusiveReason, metric: Metric | undefined): string {
  const what = metric === undefined ? 'a metric' : metricName(metric);
  switch (reason) {
    case 'too-few-samples':
      return `too few readings of ${what}`;
    case 'not-settled':
      return `${what} never came to rest between windows`;
    case 'still-filling':
      return `${what} had not stopped growing by the end, like a leak, or a cache that is still filling up`;
    case 'interval-spans-allowance':
      return metric?.kind === 'exact'
        ? `${what} may grow faster than in the base`
        : `the interval of ${what} spans the allowance`;
    case 'unwitnessed':
      return `${what} grew, but gave back as much on the way, and nothing that was counted became more`;
    case 'rose-late':
      return `${what} ended higher than half-way, though it did not grow all along: a table that doubled, or growth by leaps`;
    case 'too-large':
      return `${what} grows within the allowance, for certain, and is too large for the heap snapshots that would say what grows`;
    case 'exchanged':
      return `${what} ${isPlural(metric) ? 'grow' : 'grows'}, which the base lacks, while what the base has grows less: another leak, or the same by another name`;
    case 'trial-faulted':
      return 'the trial ended before its time';
  }
}

/** Of a class that has a noun: `strings`. */
function isPlural(metric: Metric | undefined): boolean {
  return metric !== undefined && metric.unit === `${className(metric)}s`;
}

/**
 * What to try where there is no verdict.
 * @param done iterations measured, which a longer run has to exceed.
 */
export function inconclusiveAdvice(reason: InconclusiveReason, done: Iterations): string {
  const longer = furtherText(done);
  switch (reason) {
    case 'too-few-samples':
      return `${longer}, and --windows reads more often`;
    case 'not-settled':
      return 'wait for work in flight in waitForIdle, or give --option settleTries=16';
    case 'still-filling':
      return `${longer}, until a cache would be full or what it keeps expires; or lower its bound`;
    case 'interval-spans-allowance':
    case 'unwitnessed':
    case 'rose-late':
      return longer;
    case 'too-large':
      return 'run with less data at the start, below 64 MB of heap; leakgate explain takes snapshots of any size';
    case 'exchanged':
      return 'where it is known, leakgate baseline keeps it, or save this report as the base';
    case 'trial-faulted':
      return 'mend the fault and run again';
  }
}
