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

/**
 * An instrument whose answer takes turns of the event loop: it is asked after the readings that nothing may
 * come before.
 */
export interface AskedProbe extends Instrument {
  /** Adds one number per metric to `into`, which has the readings of this sample so far; none where no answer comes. */
  ask(into: Readings): Promise<void>;
}

/** `cheap`: read with every sample; `costly`: walks the whole heap, so it is read only a few times per trial. */
export type Cost = 'cheap' | 'costly';

export type Readings = Record<string, number>;

/** A probe that this machine or this version of Node cannot offer. */
export interface Unavailable extends Instrument {
  /** Short, for a person: `needs /proc/self/fd`. */
  readonly reason: string;
}

export function isUnavailable(outcome: Instrument): outcome is Unavailable {
  return 'reason' in outcome;
}

export function isProbe(outcome: Instrument): outcome is Probe {
  return 'cost' in outcome;
}

export function isAsked(outcome: Instrument): outcome is AskedProbe {
  return 'ask' in outcome;
}
