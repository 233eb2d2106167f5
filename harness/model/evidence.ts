import type { Bytes, Fraction, Iterations, Milliseconds } from './units.ts';

/** A place in a source: of the program as it was written, where a source map leads there. */
export interface SourcePosition {
  /** A path, relative to the working directory where it lies below it; or a URL such as `node:net`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Of the function there; empty at the top of a module and where it has no name. */
  readonly function: string;
}

/** How a group of kept objects is reached from a root of the garbage collector: what it would take to let it go. */
export interface RetainingPath {
  /** Objects that are held by a path of this shape. */
  readonly count: number;
  /**
   * From the root to the object, in words: `Timeout list`, `Timeout._onTimeout`, `closure reload()`, `Zone
   * "example.org."`.
   */
  readonly steps: readonly RetainingStep[];
  /** Lines that probably put the objects there: found by the text of the source. */
  readonly added?: readonly SourcePosition[];
}

export interface RetainingStep {
  readonly name: string;
  /** Of a function on the way. */
  readonly position?: SourcePosition;
}

/** Objects on the heap that leak together, told by the one that holds the others. */
export interface KeptObjects {
  /** Class or shape, with what heap snapshots call it: `Zone`, `Object {path, body}`, `function reload`, `string`. */
  readonly name: string;
  /** Kept per iteration; 0: one object that grows in place. */
  readonly perIteration: number;
  /** The same whole multiple of the iterations between all snapshots. */
  readonly exact: boolean;
  /** Memory that would be free without them, per iteration. */
  readonly retained: Bytes;
  /** What they hold that grew with them, the most frequent first. */
  readonly with: readonly { readonly name: string; readonly perIteration: number }[];
  /** The most frequent first. */
  readonly paths: readonly RetainingPath[];
  /** Where its constructor, or the function itself, stands. */
  readonly defined?: SourcePosition;
  /** Stack of the allocations, innermost first, with `--allocation-stacks`: most frequent stack. */
  readonly allocated?: readonly SourcePosition[];
}

export type ResourceKind = 'timer' | 'immediate' | 'handle' | 'descriptor' | 'listener';

/** Timers, handles, descriptors or listeners that were created at one place and kept. */
export interface KeptResource {
  readonly kind: ResourceKind;
  /** For a person: `interval of 1000 ms`, `tcp socket`, `listener of "close" on Socket`, `file /tmp/x`. */
  readonly name: string;
  /** The same without times and paths, alike from run to run. Missing in older reports. */
  readonly noun?: string;
  readonly perIteration: number;
  readonly exact: boolean;
  /** Innermost frame of the program first; frames of Node and of leakgate are left out. */
  readonly created: readonly SourcePosition[];
  readonly owner?: Owner;
}

/**
 * Memory that stays on the heap of the main thread, by the function of the program that allocated it:
 * sampled, so sizes are estimates.
 */
export interface KeptAllocations {
  /** Per iteration. */
  readonly bytes: Bytes;
  /** Of all that stays there, what Node and V8 allocated by themselves included. */
  readonly share: Fraction;
  /** Where the function stands. */
  readonly by: SourcePosition;
  /** Most frequent stack, innermost first: `by` stands behind functions of packages that it called. */
  readonly frames: readonly SourcePosition[];
}

/** Of the engine: label of the cleanup that owns a thing and never ran, as in `auto:zones`. */
export interface Owner {
  readonly label: string;
  /** The fix that the build undoes by leaving the cleanup out; empty where it does not. */
  readonly undoes: string;
}

/** Of one build, with the reason in one line. */
interface NoEvidence {
  readonly scenario: string;
  readonly build: string;
  readonly outcome: 'skipped';
  readonly reason: string;
}

/** Why one build leaks: who holds what and where it was created, from one more trial that decides nothing. */
export type Evidence = NoEvidence | CompletedEvidence;

export interface CompletedEvidence {
  readonly scenario: string;
  readonly build: string;
  readonly outcome: 'completed';
  /** Between the first and the last snapshot. */
  readonly iterations: Iterations;
  /** The largest retained size first. */
  readonly objects: readonly KeptObjects[];
  readonly resources: readonly KeptResource[];
  /**
   * The largest share first; missing where nothing was sampled, as with `--allocation-stacks`, and in
   * older reports.
   */
  readonly allocations?: readonly KeptAllocations[];
  /** Heap snapshots that were kept, with `--keep-snapshots`: paths. */
  readonly snapshots: readonly string[];
  /** Why not all of the snapshots that were to be kept could be. */
  readonly notKept?: string;
  readonly elapsed: Milliseconds;
}

/** memwatch's heap diff of one build, from a worker of its own. */
export type HeapDiff =
  | NoEvidence
  | {
      readonly scenario: string;
      readonly build: string;
      readonly outcome: 'completed';
      readonly iterations: Iterations;
      /** Sorted by net growth, largest first. */
      readonly classes: readonly { readonly name: string; readonly net: number; readonly bytes: Bytes }[];
    };
