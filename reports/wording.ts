/**
 * Sentences about findings, faults and the end of a run, made from data that carries a code. Those about bases,
 * warnings, evidence and certification have files of their own.
 * @module
 */
import {
  type Accepted,
  type Bytes,
  className,
  type DetectionLimit,
  decides,
  type Estimate,
  endOf,
  type Fault,
  type Finding,
  HEAP_ARRAY_BUFFERS,
  HEAP_EXTERNAL,
  HEAP_USED,
  HEAP_WORKERS,
  type InconclusiveReason,
  type Iterations,
  isContainerStore,
  isInBytes,
  isWatched,
  iterationsDone,
  type JudgedTrial,
  type Metric,
  type Milliseconds,
  NATIVE_MEMORY,
  type Plateau,
  type Report,
  type StageReason,
  type ThreadHeaps,
} from '../harness/model.ts';
import { badge } from './badge.ts';
import {
  formatByteRate,
  formatBytes,
  formatCount,
  formatCountRate,
  formatDuration,
  formatNumber,
  formatOften,
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
export function countRateText({ metric, slope }: Estimate, per: string): string {
  const { unit } = metric;
  const isName = isWatched(metric) || unit === className(metric);
  return formatCountRate(slope, unit, per, isName ? unit : undefined);
}

/** A count that would show a leak only where something is kept in one of at most so many iterations says little. */
const COARSE: Iterations = 20;

/**
 * `would have caught 41 B/reload on the heap or in buffers, 1 object per 80 reloads, 1 timer or handle per
 * 194 reloads`; `only 1 object per 3 reloads`, `only 4 objects per reload` where that is little.
 * @param per one iteration: `reload`
 * @param beyond ends the sentence, as ` beyond it` does against a base
 * @param threads whether heaps of worker threads were read: the figure for buffers holds for those of the main thread
 * alone, and that for heaps as well where they were not
 */
export function limitText(
  limit: DetectionLimit,
  per: string,
  beyond = '',
  threads: ThreadHeaps = 'none',
): string {
  const parts = [bytesText(limit, per, threads), ...nativeText(limit, per)];
  parts.push(...countText('object', 'objects', limit.objectEvery, per));
  parts.push(...countText('timer or handle', 'timers or handles', limit.handleEvery, per));
  return `would have caught ${parts.join(', ')}${beyond}`;
}

function countText(one: string, several: string, every: Iterations, per: string): string[] {
  if (every === 0) return [];
  return [`${every < COARSE ? 'only ' : ''}${formatOften(every, per, one, several)}`];
}

/** One figure for both where that of the heap holds for buffers too. */
function bytesText(
  { bytesPerIteration, offHeapBytesPerIteration }: DetectionLimit,
  per: string,
  threads: ThreadHeaps,
): string {
  const heap = `${formatNumber(bytesPerIteration)} B/${per}`;
  const [onHeap, inBuffers] = BYTE_PLACES[threads];
  if (offHeapBytesPerIteration === undefined) return threads === 'unread' ? `${heap} ${onHeap}` : heap;
  const offHeap = `${formatNumber(offHeapBytesPerIteration)} B/${per}`;
  const holdsForBoth = offHeap === heap || offHeapBytesPerIteration < bytesPerIteration;
  return holdsForBoth ? `${heap} ${onHeap} or ${inBuffers}` : `${heap} ${onHeap}, ${offHeap} ${inBuffers}`;
}

/** Which heaps and buffers were seen. */
const BYTE_PLACES: { readonly [threads in ThreadHeaps]: readonly [string, string] } = {
  none: ['on the heap', 'in buffers'],
  read: ['on the heap', 'in buffers of the main thread'],
  unread: ['on the heap of the main thread', 'in its buffers'],
};

function nativeText({ nativeBytesPerIteration: native }: DetectionLimit, per: string): string[] {
  return native === undefined ? [] : [`${formatBytes(native)}/${per} of native memory`];
}

/** `heap grew by 2.1 MB, then stayed flat from about 800 reloads on`. */
export function plateauText(plateau: Plateau, per: string): string {
  const { metric, growth, after } = plateau;
  const grown = isInBytes(metric) ? formatBytes(growth) : formatNumber(growth);
  return `${metricName(metric)} grew by ${grown}, then stayed flat from about ${formatCount(after, per)} on`;
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

/**
 * Why the run was longer or shorter than planned, and what its length leaves open; empty where there is
 * nothing to say.
 */
export function courseText({ result, series, verdict }: JudgedTrial, per: string): string {
  if (result.outcome === 'faulted') return '';
  const done = iterationsDone({ series });
  const { iterations } = result.trial.options;
  if (done < iterations) {
    const [planned] = result.stages;
    const wanted = planned ? endOf(planned) : iterations;
    return `ended after ${formatCount(done, per)} of ${formatNumber(wanted)}, being beyond doubt`;
  }
  const reason = result.stages.at(-1)?.reason ?? 'planned';
  const ranOn =
    reason === 'planned' ? '' : `ran on to ${formatCount(done, per)} to ${STAGE_PURPOSES[reason]}`;
  return verdict.outcome === 'leak' && verdict.mayFill
    ? `${ranOn || `seen over ${formatCount(done, per)}`}; ${mayFillText(result.wall)} (--iterations ${further(done)} goes further)`
    : ranOn;
}

/**
 * What a run leaves open of growth that may be a cache's, which is bound by the number of its entries or by
 * their age.
 */
function mayFillText(wall: Milliseconds): string {
  return `a cache or pool that takes longer than that to fill, or keeps things for more than ${formatDuration(wall)}, looks the same`;
}

/** A round number of iterations with which a run goes further than it did, and further still to confirm a leak. */
function further(done: Iterations): Iterations {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, done)));
  return (Math.floor(done / magnitude) + 1) * magnitude;
}

const STAGE_PURPOSES: { readonly [reason in Exclude<StageReason, 'planned'>]: string } = {
  confirm: 'confirm it',
  resolve: 'tell',
  inspect: 'look closer',
};

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
  const longer = `--iterations ${further(done)} goes further`;
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
        : 'exit code 2: leakgate could not do its work';
    case 3:
      return undecidedText([...names, ...unexpectedNullRun(report)]);
  }
}

/** Runs side by side are shown without their null runs, so that there may be nobody to name. */
function undecidedText(names: readonly string[]): string {
  const text = 'exit code 3: inconclusive, and nothing worse';
  return names.length === 0 ? text : `${text}: ${names.join(', ')}`;
}

function unexpectedNullRun({ nullRun }: Report): readonly string[] {
  return nullRun && !nullRun.asExpected ? [`the empty scenario (${badge(nullRun)})`] : [];
}
