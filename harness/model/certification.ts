import type { Environment } from './report.ts';
import type { Plant, PlantKind, ScenarioDescription, TrialOptions } from './trial.ts';
import type { Fraction, Iterations, Milliseconds, Parameters } from './units.ts';
import type { DetectionLimit, Verdict } from './verdict.ts';

/** Kinds of leak of which a power curve is drawn; of timers every other one is unref'd. */
export type CertifiedKind = Exclude<PlantKind, 'unref-timer'>;

/** In the order in which they are planted and shown. */
export const CERTIFIED_KINDS: readonly CertifiedKind[] = [
  'heap',
  'object',
  'off-heap',
  'timer',
  'descriptor',
];

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
  /**
   * Smallest growth caught in at least `share` of `repetitions` runs or more, as was every larger one;
   * missing: none was.
   */
  readonly limit?: number;
  /**
   * The median of what the runs without a plant said they would have caught; missing where they say nothing
   * of this kind.
   */
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
