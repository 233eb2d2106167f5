import type { Bytes, Milliseconds, Sample, TrialOptions } from '../model.ts';
import type { ProbeSet, Readings } from '../probes/index.ts';
import {
  type Censuses,
  type Course,
  FAST_GROWTH,
  type Standing,
  wantsCensus,
  wantsSample,
} from './schedule.ts';
import { settle, settleCoarsely } from './settle.ts';

/** Takes the samples of one trial, as many as its time affords, and keeps account of what they cost. */
export class Sampler {
  readonly #probes: ProbeSet;
  readonly #course: Course;
  readonly #options: TrialOptions;
  readonly #begin = performance.now();
  #sampling: Milliseconds = 0;
  #walking: Milliseconds = 0;
  #sampleCost: Milliseconds = 0;
  /** Heap of the first and of the last sample, in bytes. */
  #firstHeap: number | undefined;
  #lastHeap = 1;
  #censuses: Censuses = { taken: 0, cost: 0, firstHeap: 0, lastHeap: 0 };

  constructor(probes: ProbeSet, course: Course, options: TrialOptions) {
    this.#probes = probes;
    this.#course = course;
    this.#options = options;
  }

  /**
   * The sample before the first window, with the first census. The heap is read before the census, which also throws away
   * what V8 had cached: read after it, the first window would look like a leak of what comes back.
   */
  async open(): Promise<Sample> {
    const { settled, readings } = await this.#read();
    this.#census(readings);
    return this.#sampleOf(0, settled, readings);
  }

  /** A sample before warm-up, for its heap only; the first walk throws away what loading the subject left behind. */
  async rehearse(): Promise<Bytes> {
    this.#probes.rehearseCostly();
    await this.#read();
    return this.#lastHeap;
  }

  /** The sample after `window` windows; undefined where measuring has used up its share. The subject is at rest. */
  async sample(window: number): Promise<Sample | undefined> {
    const { measuringShare } = this.#options;
    if (!wantsSample(this.#course, measuringShare, this.#standing(window))) return undefined;
    const { settled, readings } = await this.#read();
    const heap = this.#lastHeap;
    if (wantsCensus(this.#course, this.#options, this.#standing(window), this.#censuses, heap))
      this.#census(readings);
    return this.#sampleOf(window, settled, readings);
  }

  async #read(): Promise<{ readonly settled: boolean; readonly readings: Readings }> {
    const begin = performance.now();
    const settled = await this.#settle();
    const readings: Readings = {};
    this.#probes.readCheap(readings);
    this.#sampleCost = performance.now() - begin;
    this.#sampling += this.#sampleCost;
    this.#lastHeap = readings['heap.used'] ?? 0;
    this.#firstHeap ??= this.#lastHeap;
    return { settled, readings };
  }

  #sampleOf(window: number, settled: boolean, readings: Readings): Sample {
    return {
      iteration: window * this.#course.length,
      elapsed: performance.now() - this.#begin,
      measuring: this.#sampling + this.#walking,
      settled,
      readings,
    };
  }

  async #settle(): Promise<boolean> {
    if (!this.#growsFast()) return settle(this.#options);
    await settleCoarsely();
    return true;
  }

  #growsFast(): boolean {
    return this.#lastHeap >= (this.#firstHeap ?? this.#lastHeap) * FAST_GROWTH;
  }

  /** Adds the costly readings, then reads once more for nothing: the first reading after a walk disturbs the next sample. */
  #census(readings: Readings): void {
    const heap = readings['heap.used'] ?? 0;
    const begin = performance.now();
    this.#probes.readCostly(readings);
    this.#probes.readCheap({});
    const cost = performance.now() - begin;
    this.#walking += cost;
    const { taken, firstHeap } = this.#censuses;
    this.#censuses = { taken: taken + 1, cost, firstHeap: taken === 0 ? heap : firstHeap, lastHeap: heap };
  }

  #standing(window: number): Standing {
    const elapsed = performance.now() - this.#begin;
    return {
      window,
      elapsed,
      sampling: this.#sampling,
      walking: this.#walking,
      sampleCost: this.#sampleCost,
      heapGrowth: this.#lastHeap / (this.#firstHeap ?? this.#lastHeap),
    };
  }
}
