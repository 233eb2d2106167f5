import type { Bytes, Fraction, Iterations, Milliseconds, Parameters } from './units.ts';

export type Expectation = 'steady' | 'leak';

export type TargetName = 'engine' | 'module';

export type SnapshotPolicy = 'in-doubt' | 'always' | 'never';

/** Every setting of one trial, resolved; the defaults are in `options.ts`. */
export interface TrialOptions {
  /** Measured iterations at least; rounded up to whole windows. */
  readonly iterations: Iterations;
  /** Warm-up iterations, never sampled: at least `warmup`, at most `warmupLimit`. */
  readonly warmup: Iterations;
  readonly warmupLimit: Iterations;
  /** Samples wanted of the first stage, beside the one at iteration 0. */
  readonly windows: number;
  /** Collections tried before a sample is taken unsettled. */
  readonly settleTries: number;
  /** Two heap readings agree when they differ by at most this much. */
  readonly settleTolerance: Bytes;
  /** Share of a trial's time that settling and probes may take before samples are thinned out. */
  readonly measuringShare: Fraction;
  /** Readings of the costly probes (population, watched classes) wanted of the first stage. */
  readonly censuses: number;
  /** A trial in doubt is prolonged while its measured part is expected to stay within this time; 0: never. */
  readonly budget: Milliseconds;
  /**
   * A trial in doubt is doubled, in `iterations` asked for, up to this many: whole windows make them a few
   * more. 0: 16 times `iterations`, 32 times while the verdict is open.
   */
  readonly maxIterations: Iterations;
  /**
   * When heap snapshots are taken and compared by class: where counts and bytes leave a doubt, in every
   * trial, or in none.
   */
  readonly snapshots: SnapshotPolicy;
  /** What an iteration, or another function of the scenario, may take: at the latest after a quarter more it has hung. */
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

/** Options as they are given: some of them, and a time may be text. */
export interface GivenOptions extends Partial<Omit<TrialOptions, 'budget' | 'deadline'>> {
  /** Milliseconds, or text such as `30s`, `500ms` or `2min`. */
  readonly budget?: Milliseconds | string;
  /** The same. */
  readonly deadline?: Milliseconds | string;
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

/**
 * Name of the null run's scenario: an empty iteration, which shows what the harness itself adds.
 * `worker/null-scenario.ts` spells it out.
 */
export const NULL_SCENARIO = 'null';

export function isNullRun({ scenario }: Pick<Trial, 'scenario'>): boolean {
  return scenario === NULL_SCENARIO;
}

/** What a scenario module says about itself. */
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

/** The same, as reported by the process that loaded it. */
export interface GivenDescription extends Omit<ScenarioDescription, 'options'> {
  readonly options: GivenOptions;
}

/**
 * What a planted leak keeps: `heap`: text, in bytes; `object`: one small object; `off-heap`: contents of
 * array buffers, in bytes; `timer`, `unref-timer`: an interval that never fires; `descriptor`: an open file.
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
