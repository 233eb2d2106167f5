/**
 * Messages between the parent (`spawn/`) and the one process of a trial: all that both sides know of each other.
 * @module
 */
import type {
  Bytes,
  Fault,
  GivenDescription,
  Iterations,
  Metric,
  Milliseconds,
  Owner,
  ProbeDescription,
  ResourceKind,
  Sample,
  SourcePosition,
  Stage,
  Trial,
  Warmup,
} from '../model.ts';

/** Parent to child: a task, what follows each sample of it, and perhaps an end before its time. */
export type Order = Task | { readonly type: 'next'; readonly next: Next } | { readonly type: 'abort' };

/** What a worker is for: sent once, when it has said that it is ready. */
export type Task =
  | { readonly type: 'describe'; readonly scenarioPath: string }
  | { readonly type: 'describe-probes' }
  | { readonly type: 'measure'; readonly trial: Trial; readonly directory: string }
  | { readonly type: 'heap-diff'; readonly trial: Trial; readonly directory: string }
  | {
      readonly type: 'explain';
      readonly trial: Trial;
      readonly directory: string;
      readonly plan: EvidencePlan;
    };

/** How an evidence trial runs: so many iterations before the first snapshot, then at most so many in two parts. */
export interface EvidencePlan {
  readonly skip: Iterations;
  readonly iterations: Iterations;
  /** What each iteration keeps on the heap, at least; 0: nothing is known. */
  readonly kept: Bytes;
  /** The first part ends before its time when the heap has grown by this, */
  readonly firstGrowth: Bytes;
  /** the second when it has grown by this, */
  readonly growth: Bytes;
  /** and either when this has passed. */
  readonly time: Milliseconds;
  /** Keep the stack of every allocation; slows the subject down several times. */
  readonly allocationStacks: boolean;
}

/** What to do after a sample: finish the stage, end the trial at once, or go on with one more stage after the last. */
export type Next =
  | { readonly do: 'go-on' }
  | { readonly do: 'stop' }
  | { readonly do: 'prolong'; readonly stage: Stage };

/** What a program had open after so many iterations. */
export interface Inventory {
  readonly iteration: Iterations;
  readonly groups: readonly ResourceGroup[];
}

/** Resources of one sort that were created at one place. */
export interface ResourceGroup {
  readonly kind: ResourceKind;
  /** What they are, without what tells one from another: `interval`, `tcp socket`, `listener of "close" on Socket`. */
  readonly noun: string;
  /** What they are with others of their place whose nouns differ: `listener on EventEmitter`. */
  readonly collective?: string;
  /** What tells one from another: times in milliseconds, paths; a few. */
  readonly details: readonly (number | string)[];
  /** Tells groups of one process apart. */
  readonly key: string;
  /** Of the place, as V8 tells it: files may be URLs, positions are those of what ran. */
  readonly frames: readonly SourcePosition[];
  readonly owner?: Owner;
  readonly count: number;
}

/** What was alive after so many iterations of what had been allocated: a sample of it. */
export interface Allocations {
  readonly iteration: Iterations;
  /** From one sampled allocation to the next, on average. */
  readonly interval: Bytes;
  readonly sites: readonly AllocationSite[];
}

export interface AllocationSite {
  /**
   * Of the program, innermost first, as V8 tells them: files may be URLs, positions are those of functions
   * that ran. None: Node's or V8's own.
   */
  readonly frames: readonly SourcePosition[];
  /** Estimated. */
  readonly bytes: Bytes;
}

/** Child to parent. The last message is `description`, `refused`, `probes`, `done`, `diff`, or `fault`. */
export type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'description'; readonly description: GivenDescription }
  /** The module cannot be used as it is, or not by this Node; the message says why, and names its file. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'probes'; readonly probes: readonly ProbeDescription[] }
  | { readonly type: 'phase'; readonly phase: string }
  /** Of iterations so slow that nothing else is told for long. */
  | { readonly type: 'alive' }
  | { readonly type: 'metrics'; readonly metrics: readonly Metric[] }
  | { readonly type: 'probe-unavailable'; readonly probe: string; readonly reason: string }
  | { readonly type: 'warmup'; readonly warmup: Warmup }
  /**
   * Sent and answered like a sample, so that the first one that counts finds everything set up; its sample
   * does not count.
   */
  | { readonly type: 'rehearsal'; readonly sample?: Sample }
  /** The parent answers with `next`. */
  | { readonly type: 'sample'; readonly sample: Sample }
  | { readonly type: 'snapshot'; readonly iteration: number; readonly path: string }
  /** Of a worker thread, with what it is called. */
  | {
      readonly type: 'thread-snapshot';
      readonly iteration: number;
      readonly path: string;
      readonly thread: string;
    }
  | { readonly type: 'done'; readonly notes: { readonly [name: string]: number | string } }
  | {
      readonly type: 'diff';
      readonly iterations: number;
      readonly classes: readonly { readonly name: string; readonly net: number; readonly bytes: number }[];
    }
  | { readonly type: 'inventory'; readonly inventory: Inventory }
  | { readonly type: 'allocations'; readonly allocations: Allocations }
  /** The program has called `process.exit()`; the process ends with it. */
  | { readonly type: 'exit-call'; readonly stack: string; readonly during: string }
  | { readonly type: 'fault'; readonly fault: Fault };

/** Share of the deadline for an iteration after which the worker says that it is alive, where nothing else was said. */
export const ALIVE_AFTER = 0.25;

/** Sends a message and waits until it has left the process, so that a crash loses nothing and no garbage is pending. */
export type Send = (message: Message) => Promise<void>;
