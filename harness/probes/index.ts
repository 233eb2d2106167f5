import type { Metric, ProbeDescription } from '../model.ts';
import type { Class } from '../scenario.ts';
import { codeProbe } from './code.ts';
import { contextsProbe } from './contexts.ts';
import { descriptorsProbe } from './descriptors.ts';
import { externalProbe } from './external.ts';
import { handlesProbe } from './handles.ts';
import { heapProbe } from './heap.ts';
import { immediatesProbe } from './immediates.ts';
import { listenersProbe } from './listeners.ts';
import { nativeMemoryProbe } from './native-memory.ts';
import { populationProbe } from './population.ts';
import {
  type AskedProbe,
  type Cost,
  type Instrument,
  isAsked,
  isProbe,
  isUnavailable,
  type Probe,
  type Readings,
  type Unavailable,
} from './probe.ts';
import { rssProbe } from './rss.ts';
import { timersProbe } from './timers.ts';
import { workerHeapsProbe } from './worker-heaps.ts';

export type { Readings, Unavailable } from './probe.ts';

/**
 * The instruments of one trial, in the order in which they are read: bytes first, what allocates later,
 * heaviest last.
 */
export class ProbeSet {
  readonly metrics: readonly Metric[];
  readonly unavailable: readonly Unavailable[];
  readonly #probes: readonly Probe[];
  readonly #asked: readonly AskedProbe[];

  constructor(watched: readonly Class[]) {
    const all = inReadingOrder(watched);
    this.#probes = all.filter(isProbe);
    this.#asked = all.filter(isAsked);
    this.metrics = [...this.#probes, ...this.#asked].flatMap(({ metrics }) => metrics);
    this.unavailable = all.filter(isUnavailable);
  }

  /** Adds the readings of all probes of this cost. */
  read(cost: Cost, into: Readings): void {
    for (const probe of this.#probes) if (probe.cost === cost) probe.read(into);
  }

  /**
   * Adds what takes turns of the event loop to find out, after the cheap readings, but for the metrics that
   * are not wanted.
   */
  async ask(into: Readings, unwanted: readonly string[] = []): Promise<void> {
    for (const probe of this.#asked)
      if (!probe.metrics.some(({ name }) => unwanted.includes(name))) await probe.ask(into);
  }
}

/** Every instrument in reading order; `Class` stands for each class that a scenario watches. */
export function describeProbes(): ProbeDescription[] {
  return inReadingOrder([class Class {}]).map(instrument => {
    const { name, counts, metrics } = instrument;
    return { name, counts, metrics, ...(isUnavailable(instrument) && { unavailable: instrument.reason }) };
  });
}

function inReadingOrder(watched: readonly Class[]): Instrument[] {
  return [
    heapProbe(),
    externalProbe(),
    contextsProbe(),
    codeProbe(),
    rssProbe(),
    timersProbe(),
    immediatesProbe(),
    listenersProbe(),
    descriptorsProbe(),
    handlesProbe(),
    nativeMemoryProbe(),
    populationProbe(watched),
    workerHeapsProbe(),
  ];
}
