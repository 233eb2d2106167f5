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
import { populationProbe } from './population.ts';
import { type Cost, isProbe, isUnavailable, type Probe, type Readings, type Unavailable } from './probe.ts';
import { rssProbe } from './rss.ts';
import { timersProbe } from './timers.ts';

export type { Readings, Unavailable } from './probe.ts';

/** The instruments of one trial, in the order in which they are read: bytes first, what allocates later, heaviest last. */
export class ProbeSet {
  readonly metrics: readonly Metric[];
  readonly unavailable: readonly Unavailable[];
  readonly #probes: readonly Probe[];

  constructor(watched: readonly Class[]) {
    const all = inReadingOrder(watched);
    this.#probes = all.filter(isProbe);
    this.metrics = this.#probes.flatMap(({ metrics }) => metrics);
    this.unavailable = all.filter(isUnavailable);
  }

  /** Adds the readings of all probes of this cost. */
  read(cost: Cost, into: Readings): void {
    for (const probe of this.#probes) if (probe.cost === cost) probe.read(into);
  }
}

/** Every instrument in reading order; `Class` stands for each class that a scenario watches. */
export function describeProbes(): ProbeDescription[] {
  return inReadingOrder([class Class {}]).map(instrument => {
    const { name, counts, metrics } = instrument;
    return { name, counts, metrics, ...(isUnavailable(instrument) && { unavailable: instrument.reason }) };
  });
}

function inReadingOrder(watched: readonly Class[]): (Probe | Unavailable)[] {
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
    populationProbe(watched),
  ];
}
