import type { AgainstBase, BaseKind } from './base.ts';
import type { Evidence, HeapDiff } from './evidence.ts';
import type { Metric } from './metric.ts';
import type { Fault, Sample, Stage, TrialRecord, TrialResult, Warmup } from './result.ts';
import type { ScenarioDescription, Trial } from './trial.ts';
import type { Bytes, Fraction, Iterations, Milliseconds } from './units.ts';
import type { Series, Verdict } from './verdict.ts';

/** What a run tells while it lasts: what was planned, then each trial from its start to its end, then its own end. */
export type RunEvent =
  /** In order; sent before the first trial. */
  | { readonly type: 'plan'; readonly trials: readonly Trial[] }
  | { readonly type: 'trial:start'; readonly trial: string }
  | { readonly type: 'warmup'; readonly trial: string; readonly warmup: Warmup }
  | { readonly type: 'metrics'; readonly trial: string; readonly metrics: readonly Metric[] }
  | { readonly type: 'sample'; readonly trial: string; readonly sample: Sample }
  | { readonly type: 'stage'; readonly trial: string; readonly stage: Stage }
  | { readonly type: 'warning'; readonly warning: Warning }
  | { readonly type: 'trial:end'; readonly trial: string; readonly result: TrialResult }
  | { readonly type: 'end'; readonly elapsed: Milliseconds };

export interface Environment {
  readonly leakgate: string;
  readonly node: string;
  readonly v8: string;
  readonly os: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memory: Bytes;
  /** Git commit of the working directory, `-dirty` appended; empty outside a repository. */
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly command: readonly string[];
}

/** One judged trial as it stands in the report. */
export interface JudgedTrial {
  readonly result: Omit<TrialRecord, 'samples' | 'heapTables'> &
    ({ readonly outcome: 'completed' } | { readonly outcome: 'faulted'; readonly fault: Fault });
  readonly series: readonly Series[];
  readonly verdict: Verdict;
  /** Given: the verdict is about how growth differs from this base's. */
  readonly base?: AgainstBase;
  /** It is what the other builds were judged against: shown, and decides nothing unless it faulted. */
  readonly isBase?: true;
  /** The verdict is the one the scenario expects of this build. */
  readonly asExpected: boolean;
}

/** Trials with V8's default flags are only shown, and so is the base unless it faulted. */
export function decides({ result, isBase }: JudgedTrial): boolean {
  return result.trial.variant === 'stable' && (!isBase || result.outcome === 'faulted');
}

/** Measured iterations up to the last reading. */
export function iterationsDone({ series }: Pick<JudgedTrial, 'series'>): Iterations {
  return Math.max(0, ...series.map(({ points }) => points.at(-1)?.iteration ?? 0));
}

/** One row of the tinybench table: time per operation on a fresh or an aged engine. */
export interface Timing {
  readonly operation: string;
  readonly build: string;
  /** Reloads the engine had done before. */
  readonly age: Iterations;
  readonly median: Milliseconds;
  readonly p99: Milliseconds;
  readonly samples: number;
}

export type Warning =
  | { readonly code: 'not-settled'; readonly trial: string; readonly samples: number }
  | { readonly code: 'warmup-drifting'; readonly trial: string; readonly drift: Bytes }
  | {
      readonly code: 'samples-thinned';
      readonly trial: string;
      readonly taken: number;
      readonly wanted: number;
    }
  | { readonly code: 'too-large-for-snapshots'; readonly trial: string; readonly heap: Bytes }
  | { readonly code: 'threads-unread'; readonly trial: string; readonly threads: number }
  | { readonly code: 'heap-diff-skipped'; readonly reason: string }
  | { readonly code: 'timings-failed'; readonly reason: string }
  | {
      readonly code: 'base-missing';
      readonly trial: string;
      readonly base: string;
      /** What the base is; missing in older reports. */
      readonly from?: BaseKind;
      /** Empty: all of them. */
      readonly metrics: readonly string[];
    }
  | {
      readonly code: 'base-differs';
      readonly trial: string;
      readonly base: string;
      readonly setting: 'node' | 'nodeFlags' | 'parameters';
      readonly was: string;
      readonly is: string;
    }
  | {
      readonly code: 'probe-unavailable';
      readonly trial: string;
      readonly probe: string;
      readonly reason: string;
    }
  | {
      readonly code: 'parts-differ';
      readonly setting: 'leakgate' | 'node' | 'arch' | 'commit';
      /** In the order of the parts, each once. */
      readonly values: readonly string[];
    };

/** A report and what it is called beside others: for messages, its path. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/** Which part of a plan was run: the second of four, and so on. */
export interface Shard {
  /** 1-based. */
  readonly index: number;
  readonly count: number;
}

/** A shard, and the ids of all trials of the whole plan, in order, so that a merge can tell what is missing. */
export interface ShardOfPlan extends Shard {
  readonly plan: readonly string[];
}

/** What was merged into a report: one run, on its own machine. */
export interface ReportPart {
  readonly environment: Environment;
  /** Ids. */
  readonly trials: readonly string[];
  readonly shard?: Shard;
  readonly nullRun?: JudgedTrial;
  /** Wall time. */
  readonly elapsed: Milliseconds;
}

export interface Report {
  readonly schemaVersion: string;
  readonly environment: Environment;
  readonly scenarios: readonly ScenarioDescription[];
  readonly trials: readonly JudgedTrial[];
  /** The empty scenario under the same settings: what the harness itself adds. */
  readonly nullRun?: JudgedTrial;
  readonly timings: readonly Timing[];
  readonly heapDiffs: readonly HeapDiff[];
  /** Of builds in which something grew to the end, or that were explained. */
  readonly evidence: readonly Evidence[];
  readonly warnings: readonly Warning[];
  /** Wall time of the whole run. */
  readonly elapsed: Milliseconds;
  /** Of the trials' wall time, the share spent settling, reading probes and starting processes. */
  readonly measuringShare: Fraction;
  /** Given: only this part of the plan was run. */
  readonly shard?: ShardOfPlan;
  /** Given: it was merged from these; `environment` is the first one's, `nullRun` the worst, `elapsed` the longest. */
  readonly parts?: readonly ReportPart[];
  /** Ended before every planned trial had. */
  readonly interrupted?: true;
  readonly exitCode: 0 | 1 | 2 | 3;
}
