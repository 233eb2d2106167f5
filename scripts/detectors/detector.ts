import type { Trial } from '../../harness/model.ts';

/** One way of finding leaks, as the benchmark runs it. */
export interface Detector {
  readonly name: string;
  /**
   * `package`: the tool itself judges; `package, own rule`: it only shows, and the benchmark judges what it shows;
   * `replayed`: its published rule, on readings taken by the benchmark.
   */
  readonly run: 'package' | 'package, own rule' | 'replayed';
  /** What it calls a leak, in one line. */
  readonly rule: string;
  /** Why it cannot run here and what would change that, in one line; undefined where it can. */
  readonly missing?: () => Promise<string | undefined>;
  /**
   * Drives the trial's scenario and judges it. Called once per process.
   * @param directory an empty folder of this trial's own
   */
  readonly judge: (trial: Trial, directory: string) => Promise<Judgement>;
}

export interface Judgement {
  readonly verdict: 'leak' | 'clean' | 'unclear';
  /** What the detector shows for its verdict, in one line. */
  readonly evidence: string;
}

/** `leak` or `clean` by whether the detector found something. */
export function judgement(found: boolean, evidence: string): Judgement {
  return { verdict: found ? 'leak' : 'clean', evidence };
}
