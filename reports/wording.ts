/**
 * Sentences about findings, faults and the end of a run, made from data that carries a code. Those about limits,
 * the course of a trial, no verdict, bases, warnings, evidence and certification have files of their own.
 * @module
 */
import {
  type Accepted,
  type Bytes,
  className,
  decides,
  type Estimate,
  type Fault,
  type Finding,
  HEAP_ARRAY_BUFFERS,
  HEAP_EXTERNAL,
  HEAP_USED,
  HEAP_WORKERS,
  isContainerStore,
  isInBytes,
  isWatched,
  type Metric,
  NATIVE_MEMORY,
  type Plateau,
  type Report,
} from '../harness/model.ts';
import { badge } from './badge.ts';
import {
  formatByteRate,
  formatBytes,
  formatCount,
  formatCountRate,
  formatNumber,
  formatSignedBytes,
} from './format.ts';
import { isExplained } from './judged.ts';

const BYTE_METRICS: { readonly [name: string]: string } = {
  [HEAP_USED]: 'heap',
  [HEAP_EXTERNAL]: 'external memory',
  [HEAP_ARRAY_BUFFERS]: 'array buffers',
  'heap.code': 'compiled code',
  [HEAP_WORKERS]: 'heaps of worker threads',
  [NATIVE_MEMORY]: 'native memory',
  rss: 'RSS',
};

/** What a metric is called in a sentence: `heap`, `timers`, `Zone`. */
export function metricName(metric: Metric): string {
  const name = className(metric) ?? metric.name;
  return BYTE_METRICS[metric.name] ?? (isInBytes(metric) ? name : metric.unit);
}

/** `+10 timers/reload exactly`, `heap +231 kB/reload [228, 233]`. */
export function findingText(finding: Finding, per: string): string {
  const { metric, slope, low, high } = finding.estimate;
  if (metric.kind !== 'exact') return `${metricName(metric)} ${formatByteRate(slope, low, high, per)}`;
  if (isContainerStore(metric)) return `${metricName(metric)} ${formatSignedBytes(slope)}/${per}`;
  const rate = countRateText(finding.estimate, per);
  return finding.exactMultiple ? `${rate} exactly` : rate;
}

/** `+10 timers/reload`, `+1 timer per 40 reloads`; one object of a class `status` is no `statu`. */
export function countRateText({ metric, slope }: Pick<Estimate, 'metric' | 'slope'>, per: string): string {
  const { unit } = metric;
  const isName = isWatched(metric) || unit === className(metric);
  return formatCountRate(slope, unit, per, isName ? unit : undefined);
}

/**
 * `heap grew by 2.1 MB, then stayed flat from about 800 reloads on`.
 * @param goesOn within what is accepted, which is not flat
 */
export function plateauText({ metric, growth, after }: Plateau, per: string, goesOn = false): string {
  const grown = isInBytes(metric) ? formatBytes(growth) : formatNumber(growth);
  const then = goesOn ? 'by no more than is accepted' : 'stayed flat';
  return `${metricName(metric)} grew by ${grown}, then ${then} from about ${formatCount(after, per)} on`;
}

/** `the interval of heap reaches beyond 16 B/reload, but hardly anything made in the late half is still held`. */
export function acceptedText({ metric, because, allowance }: Accepted, asked: Bytes, per: string): string {
  if (because === 'untold')
    return `${metricName(metric)} rose for as long as it was read, for too short a time or too unevenly to tell a leak from an allocator that spreads (an even rise is told by four times the plan and 8,000 iterations, where no worker threads run: --iterations or --budget, with --snapshots never)`;
  const allowed = `${formatBytes(allowance)}/${per}`;
  const more = allowance === asked ? 'more' : `more than ${allowed}`;
  const reasons: { readonly [reason in Exclude<Accepted['because'], 'untold'>]: string } = {
    turnover: 'hardly anything made in the late half is still held',
    level: `neither its lowest nor its highest readings rose by ${more}`,
    'short-run': `a run this short is allowed ${allowed}`,
    share:
      'over the late half it may as well have shrunk, and gained a twentieth of what it had gained before at most',
    swing: 'over the late half it may as well have shrunk, and swings by more than it may have gained',
  };
  if (metric.kind === 'exact') {
    const moves = because === 'turnover' ? reasons.turnover : 'they rise and fall';
    return `${metricName(metric)} became more, but ${moves}`;
  }
  return `the interval of ${metricName(metric)} reaches beyond ${formatBytes(asked)}/${per}, but ${reasons[because]}`;
}

/** `during iteration 123: killed by SIGABRT`; the message alone if it says when. */
export function faultText({ during, message }: Fault): string {
  const when = during.replace(/\d{4,}/g, digits => formatNumber(Number(digits)));
  const end = `during ${during}`;
  return message.endsWith(end)
    ? `${message.slice(0, -end.length)}during ${when}`
    : `during ${when}: ${message}`;
}

/** What the exit code means, and which trials made it so. */
export function exitText(report: Report): string {
  const judging = report.trials.filter(decides);
  const wrong = judging.filter(judged => !judged.asExpected);
  const names = wrong.map(judged => `${judged.result.trial.id} (${badge(judged)})`);
  const all =
    judging.length === 1
      ? 'the trial that decides'
      : `${wrong.length} of the ${formatCount(judging.length, 'trial')} that decide`;
  switch (report.exitCode) {
    case 0:
      if (report.shard && report.trials.length === 0) {
        return `exit code 0: shard ${report.shard.index}/${report.shard.count} has no trial, as there are more shards than scenarios and builds`;
      }
      if (isExplained(report)) return 'exit code 0: explained, nothing was judged';
      return `exit code 0: every build did what its scenario expects (${formatCount(judging.length, 'trial')})`;
    case 1:
      return `exit code 1: ${all} ended not as expected: ${names.join(', ')}`;
    case 2:
      return report.interrupted
        ? 'interrupted, so that what there is decides nothing'
        : `exit code 2: ${nothingCounts(report)}`;
    case 3:
      return undecidedText([...names, ...unexpectedNullRun(report)]);
  }
}

function nothingCounts({ trials, nullRun }: Report): string {
  if (nullRun && (nullRun.result.outcome === 'faulted' || nullRun.verdict.outcome === 'leak'))
    return `no verdict counts, as the empty scenario (${badge(nullRun)}) must be steady`;
  return trials.some(decides) ? 'leakgate could not do its work' : 'there was no trial that decides';
}

/** Runs side by side are shown without their null runs, so that there may be nobody to name. */
function undecidedText(names: readonly string[]): string {
  const text = 'exit code 3: inconclusive, and nothing worse';
  return names.length === 0 ? text : `${text}: ${names.join(', ')}`;
}

function unexpectedNullRun({ nullRun }: Report): readonly string[] {
  return nullRun && !nullRun.asExpected ? [`the empty scenario (${badge(nullRun)})`] : [];
}
