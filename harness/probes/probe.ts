import type { Metric } from '../model.ts';

/** What an instrument reads. */
export interface Instrument {
  readonly name: string;
  /** In a few words for a person. */
  readonly counts: string;
  readonly metrics: readonly Metric[];
}

/** One instrument, and what a reading costs. */
export interface Probe extends Instrument {
  readonly cost: Cost;
  /** Adds one number per metric to `into`. Synchronous: nothing may run between the collections and the readings. */
  read(into: Readings): void;
}

/** `cheap`: read with every sample; `costly`: walks the whole heap, so it is read only a few times per trial. */
export type Cost = 'cheap' | 'costly';

export type Readings = Record<string, number>;

/** A probe that this machine or this version of Node cannot offer. */
export interface Unavailable extends Instrument {
  /** Short, for a person: `needs /proc/self/fd`. */
  readonly reason: string;
}

export function isUnavailable(outcome: Probe | Unavailable): outcome is Unavailable {
  return 'reason' in outcome;
}

export function isProbe(outcome: Probe | Unavailable): outcome is Probe {
  return !isUnavailable(outcome);
}
