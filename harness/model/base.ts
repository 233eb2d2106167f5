import type { Metric } from './metric.ts';
import type { HeapTable } from './result.ts';
import type { Bytes, Fraction, Iterations, Parameters } from './units.ts';
import type { Finding, Verdict } from './verdict.ts';

/**
 * What one metric grew by per iteration, with bounds that leave room for chance, in counts too: what a base
 * keeps of it.
 */
export interface Growth {
  readonly metric: Metric;
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/** How one build of a scenario grew in a run that others are judged against. */
export interface BaseEntry {
  readonly scenario: string;
  readonly build: string;
  readonly verdict: Verdict['outcome'];
  /** Measured. */
  readonly iterations: Iterations;
  readonly allowance: Bytes;
  readonly confidence: Fraction;
  /** Version of Node. */
  readonly node: string;
  readonly nodeFlags: readonly string[];
  readonly parameters: Parameters;
  readonly growths: readonly Growth[];
}

/** What a trial is judged against. */
export interface TrialBase extends BaseEntry {
  /** The heap snapshots of each of its trials; missing where nothing but their growth was saved. */
  readonly heapTables?: readonly (readonly HeapTable[])[];
}

/**
 * `worse`: grows, and faster than in the base; `better`: grew in the base, and grows more slowly; `unclear`:
 * the interval allows both.
 */
export type Change = 'worse' | 'better' | 'same' | 'unclear';

/** One metric beside its base, per iteration. */
export interface Comparison {
  readonly metric: Metric;
  readonly slope: number;
  readonly base: number;
  /** `slope` less `base`, */
  readonly difference: number;
  /** with its interval. */
  readonly low: number;
  readonly high: number;
  readonly change: Change;
  /** Iterations of the base, where a longer run is the same over these alone. Missing otherwise, and in older reports. */
  readonly sameOver?: Iterations;
  /** It grows, and passes only because the base does. Missing in older reports. */
  readonly excused?: true;
}

/** One build of a scenario beside itself in another run. */
export interface ComparedBuild {
  readonly scenario: string;
  readonly build: string;
  readonly verdicts: { readonly base: Verdict['outcome']; readonly head: Verdict['outcome'] };
  readonly comparisons: readonly Comparison[];
  /** A class that only the head has, where one of the base grows less: perhaps the same by another name. */
  readonly exchanged?: Metric;
}

/** What got better or worse between two saved runs. */
export interface RunComparison {
  /** Files as they were given. */
  readonly base: string;
  readonly head: string;
  readonly builds: readonly ComparedBuild[];
  /** What only one of them has, settings that differ, trials that faulted, builds that were steady and leak. */
  readonly notes: readonly string[];
  /** One of them was ended before its time. */
  readonly interrupted?: true;
  /** 0: nothing got worse; 1: something did, or faulted; 3: unclear, or interrupted. */
  readonly exitCode: 0 | 1 | 3;
}

/** A file to be reviewed, what a run has written, or a build of the same run. */
export type BaseKind = 'baseline' | 'report' | 'build';

/** What a trial was judged against. */
export interface AgainstBase {
  /** A file as it was given, or a build. */
  readonly name: string;
  /** Missing in older reports. */
  readonly from?: BaseKind;
  /** Metrics that the base knows. */
  readonly comparisons: readonly Comparison[];
  /** Missing in older reports. */
  readonly alone?: Alone;
}

/** What a trial would have come to without its base. */
export interface Alone {
  readonly outcome: Verdict['outcome'];
  /** Of a leak, the classes that grew, but for stores of containers. */
  readonly classes?: readonly Finding[];
}
