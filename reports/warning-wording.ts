import type { BaseKind, Bytes, Warning } from '../harness/model.ts';
import { formatBytes, formatCount, formatSignedBytes } from './format.ts';

export interface Wording {
  readonly text: string;
  /** What the reader can do about it. */
  readonly advice: string;
}

const SETTINGS: { readonly [setting in (Warning & { code: 'base-differs' })['setting']]: string } = {
  node: 'Node',
  nodeFlags: 'the flags',
  parameters: 'the parameters',
};

const PART_SETTINGS: { readonly [setting in (Warning & { code: 'parts-differ' })['setting']]: string } = {
  leakgate: "leakgate's version",
  node: 'Node',
  arch: 'architecture',
  commit: 'commit',
};

/** What fills a gap in a base. */
const ADVICE: { readonly [from in BaseKind]: string } = {
  baseline: 'leakgate baseline adds it',
  report: 'save one of a run that has it',
  build: 'only scenarios that have this build are judged against it',
};

/** Where the last window left the heap as it was, the one before had not: two in a row have to. */
function driftText(drift: Bytes): string {
  return Math.round(drift) === 0
    ? 'had only just come to rest'
    : `still drifted by ${formatSignedBytes(drift)} per iteration`;
}

/** A warning, with what to do about it. */
export function warningText(warning: Warning): Wording {
  switch (warning.code) {
    case 'not-settled':
      return {
        text: `${warning.trial}: ${formatCount(warning.samples, 'sample')} taken before the heap came to rest`,
        advice: 'wait for work in flight in waitForIdle, or give --option settleTries=16',
      };
    case 'warmup-drifting':
      return {
        text: `${warning.trial}: heap ${driftText(warning.drift)} when warm-up ended`,
        advice: 'give --option warmupLimit=1000',
      };
    case 'samples-thinned':
      return {
        text: `${warning.trial}: ${warning.taken} of ${formatCount(warning.wanted, 'sample')} taken, as reading them took too long`,
        advice: 'give --option measuringShare=0.5, or --option censuses=3',
      };
    case 'too-large-for-snapshots':
      return {
        text: `${warning.trial}: its heap of ${formatBytes(warning.heap)} is too large for heap snapshots: strings, closures' contexts, proxies and objects without a prototype were seen by their bytes alone`,
        advice: 'run with less data at the start, below 64 MB of heap',
      };
    case 'threads-unread':
      return {
        text: `${warning.trial}: what its ${formatCount(warning.threads, 'worker thread')} had on ${warning.threads === 1 ? 'a heap of its' : 'heaps of their'} own was not read, as it never is of more than 16, or of one that is busy`,
        advice: `run ${warning.threads > 16 ? 'with a pool of 16 threads at most, and so' : 'so'} that threads answer while the scenario is at rest`,
      };
    case 'heap-diff-skipped':
      return {
        text: `no heap diff by class: ${warning.reason}`,
        advice: 'leakgate doctor says what is there; verdicts do not need it',
      };
    case 'timings-failed':
      return {
        text: `timings are missing: ${warning.reason}`,
        advice: 'if time or memory ran out, give smaller --ages; verdicts do not need them',
      };
    case 'base-missing':
      return warning.metrics.length === 0
        ? {
            text: `${warning.trial}: not in the base ${warning.base}, so judged absolutely`,
            advice: ADVICE[warning.from ?? 'baseline'],
          }
        : {
            text: `${warning.trial}: judged absolutely, as the base ${warning.base} lacks it: ${warning.metrics.join(', ')}`,
            advice: ADVICE[warning.from ?? 'baseline'],
          };
    case 'base-differs':
      return {
        text: `${warning.trial}: the base ${warning.base} was measured with ${SETTINGS[warning.setting]} ${warning.was || 'none'}, this run with ${warning.is || 'none'}`,
        advice: 'growth may differ for that reason alone; measure both alike',
      };
    case 'probe-unavailable':
      return {
        text: `${warning.trial}: nothing watched ${warning.probe}: ${warning.reason}`,
        advice: 'what this probe counts is not part of the verdict; run where it works before relying on it',
      };
    case 'parts-differ':
      return {
        text: `the merged runs differ in ${PART_SETTINGS[warning.setting]}: ${warning.values.join(', ')}`,
        advice: 'verdicts stand, but growth may differ between them for that reason alone',
      };
  }
}
