/**
 * How far a metric's readings can be trusted. `exact`: an integer that a clean subject leaves alone; `bytes`:
 * noisy, needs statistics; `pages`: bytes as the system counts them, some of them free within the process, so
 * that only growth by far more than a page tells anything; `advisory`: shown, never judged (RSS).
 */
export type MetricKind = 'exact' | 'bytes' | 'pages' | 'advisory';

export interface Metric {
  /** For example `heap.used`, `timers`, `handles.udp`, `descriptors.socket`, `instances.Zone`, `population`. */
  readonly name: string;
  /** Plural noun for reports: `B`, `timers`, `Zone`. */
  readonly unit: string;
  readonly kind: MetricKind;
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
