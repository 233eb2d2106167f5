import type { Metric } from './metric.ts';
import type { Trial } from './trial.ts';
import type { Bytes, Iterations, Milliseconds } from './units.ts';

/** All probe readings after a number of measured iterations. Costly probes are missing from most samples. */
export interface Sample {
  readonly iteration: Iterations;
  /** Since the first measured iteration began. */
  readonly elapsed: Milliseconds;
  /** Of `elapsed`, spent settling and reading probes so far, this sample included. */
  readonly measuring: Milliseconds;
  readonly settled: boolean;
  readonly readings: { readonly [metric: string]: number };
}

export interface Warmup {
  readonly iterations: Iterations;
  readonly elapsed: Milliseconds;
  /** False: the heap still drifted when the limit was reached. */
  readonly stable: boolean;
  /** Heap drift per iteration of the last warm-up window. */
  readonly drift: Bytes;
}

/**
 * Why a stage is run: `planned`: the iterations asked for; `confirm`: a leak was seen, and a cache that is
 * still filling would look the same; `resolve`: the readings left the verdict open; `inspect`: steady, but
 * something small may have grown.
 */
export type StageReason = 'planned' | 'confirm' | 'resolve' | 'inspect';

/** A part of a trial's measured iterations, after which the verdict so far decides whether to go on. */
export interface Stage {
  /** Measured iterations before it. */
  readonly from: Iterations;
  readonly windows: number;
  /** Iterations per window on average; a sample is taken after each (`windowEnd`). */
  readonly length: Iterations;
  /**
   * Iterations after which the subject comes to rest within a window: a prime, the same in all stages, of
   * which `length` is a multiple.
   */
  readonly stint: Iterations;
  readonly reason: StageReason;
  /** Whether heap snapshots are taken with its censuses. */
  readonly snapshots: boolean;
}

/** Measured iterations done when the stage is over. */
export function endOf({ from, windows, length }: Stage): Iterations {
  return from + windows * length;
}

/** What a heap snapshot held, by class and shape. */
export interface HeapTable {
  readonly iteration: Iterations;
  /** Id of the object that was made last; what a later snapshot holds of older ids was there already. */
  readonly newest: number;
  /** Keys as in `snapshot/heap-classes.ts`. */
  readonly classes: { readonly [name: string]: ClassCount };
  /** All objects, but for the stores of containers, that an earlier snapshot had seen. */
  readonly seen: { readonly count: number; readonly bytes: Bytes };
}

export interface ClassCount {
  readonly count: number;
  /** Shallow size of all of them. */
  readonly bytes: Bytes;
  /** How many of them an earlier snapshot had seen. */
  readonly seen: number;
  /** Of stores: the size of those whose container an earlier snapshot had seen. */
  readonly seenBytes?: Bytes;
}

/** `interrupted`: by Ctrl-C, or as the run failed; the subject did nothing wrong. */
export type FaultKind =
  | 'crashed'
  | 'out-of-memory'
  | 'hung'
  | 'scenario-error'
  | 'omitted-label-unused'
  | 'interrupted';

export interface Fault {
  readonly kind: FaultKind;
  /** For a person; of what a scenario threw its message, which may have several lines. */
  readonly message: string;
  /** Stack of a scenario error or of a call of `process.exit()`, last lines of standard error of another crash. */
  readonly detail: string;
  /** Last lines of what a scenario had printed before its error or that call, if it had. */
  readonly printed?: string;
  /** As `setup`, `warm-up`, `iteration 123`, `the iterations from 97 on`, `teardown`. */
  readonly during: string;
}

/** What one trial gave. A fault keeps the samples taken before it. */
export type TrialResult =
  | ({ readonly outcome: 'completed' } & TrialRecord)
  | ({ readonly outcome: 'faulted'; readonly fault: Fault } & TrialRecord);

export interface TrialRecord {
  readonly trial: Trial;
  readonly metrics: readonly Metric[];
  readonly samples: readonly Sample[];
  /** The planned stage, then those by which the trial was prolonged. */
  readonly stages: readonly Stage[];
  /** Heap snapshots, of which only the classes that changed are kept. */
  readonly heapTables: readonly HeapTable[];
  readonly warmup?: Warmup;
  /** Figures the scenario reported at its end, for example queries answered and lost. */
  readonly notes: { readonly [name: string]: number | string };
  /** From fork to exit. */
  readonly wall: Milliseconds;
  /** From fork to the child's first message. */
  readonly startup: Milliseconds;
}
