/**
 * The plain data that every part of leakgate shares. Everything here survives JSON: a value can be sent between
 * processes, written to disk and read back without loss.
 *
 * Vocabulary: a *scenario* exercises a *build* in a *trial* (one fresh process). *Probes* are read after every *window*
 * of iterations and give *samples*; one metric over one trial is a *series*; a series gives an *estimate*; the estimates
 * of a trial give its *verdict*; all of it is the *report*.
 * @module
 */

export type Bytes = number;
export type Milliseconds = number;
/** A number of iterations of the scenario (for the engine: reloads). */
export type Iterations = number;
/** A share of a whole, 0 to 1. */
export type Fraction = number;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** Scenario sizes and build settings, as handed to `setup`. */
export type Parameters = { readonly [name: string]: Json };

export type Expectation = 'steady' | 'leak';
export type TargetName = 'engine' | 'module';

export type SnapshotPolicy = 'in-doubt' | 'always' | 'never';

/** Every setting of one trial, resolved; see `options.ts` for the defaults and their meaning. */
export interface TrialOptions {
  /** Measured iterations at least; rounded up to whole windows. */
  readonly iterations: Iterations;
  /** Warm-up iterations, never sampled: at least `warmup`, at most `warmupLimit`. */
  readonly warmup: Iterations;
  readonly warmupLimit: Iterations;
  /** Samples wanted per trial, beside the one at iteration 0. */
  readonly windows: number;
  /** Collections tried before a sample is taken unsettled. */
  readonly settleTries: number;
  /** Two heap readings agree when they differ by at most this much. */
  readonly settleTolerance: Bytes;
  /** Share of a trial's time that settling and probes may take before samples are thinned out. */
  readonly measuringShare: Fraction;
  /** Readings of the costly probes (population, watched classes) wanted per trial. */
  readonly censuses: number;
  /** A trial in doubt is prolonged while its measured part is expected to stay within this time; 0: never. */
  readonly budget: Milliseconds;
  /** A trial in doubt is prolonged up to this many measured iterations; 0: eight times `iterations`. */
  readonly maxIterations: Iterations;
  /** When heap snapshots are taken and compared by class: where counts and bytes leave a doubt, in every trial, or in none. */
  readonly snapshots: SnapshotPolicy;
  /** Time after which a silent or endless trial is ended. */
  readonly deadline: Milliseconds;
  /** Heap growth per iteration that is still accepted. */
  readonly allowance: Bytes;
  /** Confidence of every interval, 0 to 1. */
  readonly confidence: Fraction;
  /** V8 and Node flags of the measured process. */
  readonly nodeFlags: readonly string[];
  /** Trials of this scenario run alone, never beside another one. */
  readonly exclusive: boolean;
  readonly seed: number;
}

/** One scenario x one build x one repetition, in one fresh process. */
export interface Trial {
  /** Unique in a run, for example `auto-reload/leaky/1`. */
  readonly id: string;
  readonly scenario: string;
  /** Absolute path of the scenario module. */
  readonly scenarioPath: string;
  readonly target: TargetName;
  readonly build: string;
  /** `stable`: the flags of `options.nodeFlags`; `jit`: V8's defaults, for realism. */
  readonly variant: 'stable' | 'jit';
  /** 1-based. */
  readonly repetition: number;
  readonly expect: Expectation;
  readonly parameters: Parameters;
  readonly options: TrialOptions;
  /** A leak of known size, grown inside the measured process beside the subject. */
  readonly plant?: Plant;
}

/** What a scenario module says about itself, as reported by the process that loaded it. */
export interface ScenarioDescription {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  /** What one iteration is called, singular: `reload`, `query`, `iteration`. */
  readonly unit: string;
  readonly target: TargetName;
  /** Build name to the parameters it adds. */
  readonly builds: { readonly [build: string]: Parameters };
  readonly expect: { readonly [build: string]: Expectation };
  readonly parameters: Parameters;
  readonly options: Partial<TrialOptions>;
}

/** What an instrument reads, and whether it works on this machine. */
export interface ProbeDescription {
  readonly name: string;
  /** In a few words for a person. */
  readonly counts: string;
  readonly metrics: readonly Metric[];
  /** Why it cannot be had here; missing where it can. */
  readonly unavailable?: string;
}

/**
 * How far a metric's readings can be trusted. `exact`: an integer that a clean subject leaves alone; `bytes`: noisy, needs
 * statistics; `advisory`: shown, never judged (RSS).
 */
export type MetricKind = 'exact' | 'bytes' | 'advisory';

export interface Metric {
  /** For example `heap.used`, `timers`, `handles.udp`, `descriptors.socket`, `instances.Zone`, `population`. */
  readonly name: string;
  /** Plural noun for reports: `B`, `timers`, `Zone`. */
  readonly unit: string;
  readonly kind: MetricKind;
}

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
 * Why a stage is run: `planned`: the iterations asked for; `confirm`: a leak was seen, and a cache that is still filling would
 * look the same; `resolve`: the readings left the verdict open; `inspect`: steady, but something small may have grown.
 */
export type StageReason = 'planned' | 'confirm' | 'resolve' | 'inspect';

/** A part of a trial's measured iterations, after which the verdict so far decides whether to go on. */
export interface Stage {
  /** Measured iterations before it. */
  readonly from: Iterations;
  readonly windows: number;
  /** Iterations per window, after which a sample is taken. */
  readonly length: Iterations;
  /** Iterations after which the subject comes to rest: a prime, the same in all stages, of which `length` is a multiple. */
  readonly stint: Iterations;
  readonly reason: StageReason;
  /** Whether heap snapshots are taken with its censuses. */
  readonly snapshots: boolean;
}

/** What a heap snapshot held, by class and shape. */
export interface HeapTable {
  readonly iteration: Iterations;
  /** Id of the object that was made last; what a later snapshot holds of older ids was there already. */
  readonly newest: number;
  /** Keys as in `evidence/heap-classes.ts`. */
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
  /** One line for a person. */
  readonly message: string;
  /** Stack of a scenario error, last lines of standard error of a crash. */
  readonly detail: string;
  /** `setup`, `warm-up`, `iteration 123`, `teardown`. */
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

/** One metric over one trial: at least one point, ordered by iteration. */
export interface Series {
  readonly metric: Metric;
  readonly points: readonly Point[];
}

export interface Point {
  readonly iteration: Iterations;
  readonly value: number;
}

/** Growth per iteration with its interval, in the metric's unit. */
export interface Estimate {
  readonly metric: Metric;
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: Fraction;
  readonly points: number;
  /** `exact`: difference of counts over iterations; `theil-sen`: median of pairwise slopes. */
  readonly method: 'exact' | 'theil-sen';
}

/** One thing that grew. */
export interface Finding {
  readonly metric: Metric;
  readonly estimate: Estimate;
  /** Growth over the judged part of the run. */
  readonly growth: number;
  readonly from: Iterations;
  readonly to: Iterations;
  /** Growth is the same whole multiple of the iterations in every window. */
  readonly exactMultiple: boolean;
}

/** Growth that stopped: a cache that reached its bound. */
export interface Plateau {
  readonly metric: Metric;
  /** Measured iterations after which nothing grew any more, about. */
  readonly after: Iterations;
  readonly growth: number;
}

/** What this run would have caught, from its own residuals. */
export interface DetectionLimit {
  /** Any steady growth of the heap of at least this much per iteration. */
  readonly bytesPerIteration: Bytes;
  /** Any object kept once in at most this many iterations; 0 where the population was not read twice. */
  readonly objectEvery: Iterations;
  /** Any timer, handle, descriptor or listener kept once in at most this many iterations. */
  readonly handleEvery: Iterations;
}

/** What one metric grew by per iteration, with bounds that leave room for chance, in counts too: what a base keeps of it. */
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

/** `worse`: grows, and faster than in the base; `better`: grew in the base, and grows more slowly; `unclear`: the interval allows both. */
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
}

/** One build of a scenario beside itself in another run. */
export interface ComparedBuild {
  readonly scenario: string;
  readonly build: string;
  readonly comparisons: readonly Comparison[];
}

/** What got better or worse between two saved runs. */
export interface RunComparison {
  /** Files as they were given. */
  readonly base: string;
  readonly head: string;
  readonly builds: readonly ComparedBuild[];
  /** Builds that only one of them has, settings that differ, trials that faulted. */
  readonly notes: readonly string[];
  /** 0: nothing got worse; 1: something did, or faulted; 3: unclear. */
  readonly exitCode: 0 | 1 | 3;
}

/** What a trial was judged against. */
export interface AgainstBase {
  /** A file as it was given, or a build. */
  readonly name: string;
  /** Metrics that the base knows. */
  readonly comparisons: readonly Comparison[];
}

export type InconclusiveReason =
  | 'too-few-samples'
  | 'not-settled'
  | 'still-filling'
  | 'interval-spans-allowance'
  | 'trial-faulted';

export type Verdict =
  | {
      readonly outcome: 'leak';
      readonly findings: readonly [Finding, ...Finding[]];
      readonly estimates: readonly Estimate[];
      readonly plateaus: readonly Plateau[];
    }
  | {
      readonly outcome: 'steady';
      readonly limit: DetectionLimit;
      readonly estimates: readonly Estimate[];
      readonly plateaus: readonly Plateau[];
    }
  | {
      readonly outcome: 'inconclusive';
      readonly reason: InconclusiveReason;
      readonly metric?: Metric;
      readonly estimates: readonly Estimate[];
      readonly plateaus: readonly Plateau[];
    };

/** What was planned, in order; sent before the first trial. */
export type RunEvent =
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

/** memwatch's heap diff of one build, from a worker of its own. */
export type HeapDiff =
  | {
      readonly scenario: string;
      readonly build: string;
      readonly outcome: 'skipped';
      readonly reason: string;
    }
  | {
      readonly scenario: string;
      readonly build: string;
      readonly outcome: 'completed';
      readonly iterations: Iterations;
      /** Sorted by net growth, largest first. */
      readonly classes: readonly { readonly name: string; readonly net: number; readonly bytes: Bytes }[];
    };

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
  /** From the root to the object, in words: `Timeout list`, `Timeout._onTimeout`, `closure reload()`, `Zone "example.org."`. */
  readonly steps: readonly RetainingStep[];
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
  readonly perIteration: number;
  readonly exact: boolean;
  /** Innermost frame of the program first; frames of Node and of leakgate are left out. */
  readonly created: readonly SourcePosition[];
  readonly owner?: Owner;
}

/** Of the engine: label of the cleanup that owns a thing and never ran, as in `auto:zones`. */
export interface Owner {
  readonly label: string;
  /** The fix that the build undoes by leaving the cleanup out; empty where it does not. */
  readonly undoes: string;
}

/** Why one build leaks: who holds what and where it was created, from one more trial that decides nothing. */
export type Evidence =
  | {
      readonly scenario: string;
      readonly build: string;
      readonly outcome: 'skipped';
      readonly reason: string;
    }
  | {
      readonly scenario: string;
      readonly build: string;
      readonly outcome: 'completed';
      /** Between the first and the last snapshot. */
      readonly iterations: Iterations;
      /** The largest retained size first. */
      readonly objects: readonly KeptObjects[];
      readonly resources: readonly KeptResource[];
      /** Heap snapshots that were kept, with `--keep-snapshots`: paths. */
      readonly snapshots: readonly string[];
      readonly elapsed: Milliseconds;
    };

export type Warning =
  | { readonly code: 'not-settled'; readonly trial: string; readonly samples: number }
  | { readonly code: 'warmup-drifting'; readonly trial: string; readonly drift: Bytes }
  | {
      readonly code: 'samples-thinned';
      readonly trial: string;
      readonly taken: number;
      readonly wanted: number;
    }
  | { readonly code: 'heap-diff-skipped'; readonly reason: string }
  | {
      readonly code: 'base-missing';
      readonly trial: string;
      readonly base: string;
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
  /** Of builds that leak, or that were explained. */
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

/**
 * What a planted leak keeps: `heap`: text, in bytes; `object`: one small object; `off-heap`: contents of array buffers, in
 * bytes; `timer`, `unref-timer`: an interval that never fires; `descriptor`: an open file.
 */
export type PlantKind = 'heap' | 'object' | 'off-heap' | 'timer' | 'unref-timer' | 'descriptor';

/** A leak of known size. It begins with the first iteration of the warm-up. */
export interface Plant {
  readonly kind: PlantKind;
  /** Kept each time: bytes of `heap` and `off-heap`, of the others 1. */
  readonly size: number;
  /** Once in so many iterations, */
  readonly every: Iterations;
  /** at places within them that follow from this. */
  readonly seed: number;
}

/** Kinds of leak of which a power curve is drawn; of timers every other one is unref'd. */
export type CertifiedKind = Exclude<PlantKind, 'unref-timer'>;

/** One run of the gate, with a leak planted or without. */
export interface CertifiedRun {
  readonly trial: string;
  /** Missing: nothing was planted. */
  readonly plant?: Plant;
  readonly outcome: Verdict['outcome'] | 'faulted';
  /** Metrics that the verdict says leak. */
  readonly found: readonly string[];
  /** Of a steady run. */
  readonly limit?: DetectionLimit;
  /** Measured. */
  readonly iterations: Iterations;
  readonly wall: Milliseconds;
}

/** Runs with one size planted. */
export interface PowerPoint {
  /** Per iteration: bytes, or things. */
  readonly growth: number;
  readonly runs: number;
  /** Of them called a leak, for whatever reason, */
  readonly leaks: number;
  /** and for the right one: of bytes by their slope. */
  readonly caught: number;
  /** Exact interval of the share caught (Clopper and Pearson). */
  readonly low: Fraction;
  readonly high: Fraction;
}

/** Which sizes of one kind were caught. */
export interface PowerCurve {
  readonly kind: CertifiedKind;
  /** The smallest growth first. */
  readonly points: readonly PowerPoint[];
  /** Smallest growth caught in at least `share` of `repetitions` runs or more, as was every larger one; missing: none was. */
  readonly limit?: number;
  /** The median of what the runs without a plant said they would have caught; missing where they say nothing of this kind. */
  readonly stated?: number;
  /** `limit` and `stated` differ by at most a factor of two; missing where one of them is. */
  readonly agrees?: boolean;
}

/** Which leaks the gate catches in one build of a scenario. */
export interface CertifiedBuild {
  readonly build: string;
  readonly trialOptions: TrialOptions;
  readonly parameters: Parameters;
  readonly curves: readonly PowerCurve[];
  /** In the order in which they ended. */
  readonly runs: readonly CertifiedRun[];
}

/** What `certify` found out. */
export interface Certification {
  readonly schemaVersion: string;
  readonly environment: Environment;
  readonly scenario: ScenarioDescription;
  /** Runs at a size before it counts as caught. */
  readonly repetitions: number;
  /** Of them, to be caught. */
  readonly share: Fraction;
  /** Of the intervals. */
  readonly confidence: Fraction;
  readonly builds: readonly CertifiedBuild[];
  readonly elapsed: Milliseconds;
  /** False: ended before its time; what is here is what was known by then. */
  readonly complete: boolean;
}
