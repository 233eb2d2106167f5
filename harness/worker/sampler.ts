import type { Bytes, Iterations, Milliseconds, Sample, Stage, TrialOptions } from '../model.ts';
import type { ProbeSet, Readings } from '../probes/index.ts';
import { forgetLogged, releaseFreePages } from '../probes/inspector.ts';
import { NATIVE_MEMORY } from '../probes/native-memory.ts';
import { LARGEST_SNAPSHOT, windowEnd } from '../stages.ts';
import { now } from './clock.ts';
import type { TakeSnapshot } from './heap-snapshot.ts';
import { FAST_GROWTH, type Standing, wantsCensus, wantsSample, wantsSnapshot } from './schedule.ts';
import { settle, settleCoarsely } from './settle.ts';
import { BEFORE_SNAPSHOT, ShortTimers } from './short-timers.ts';

/** What a sampler has to work with. */
export interface SamplerTools {
  readonly probes: ProbeSet;
  readonly options: TrialOptions;
  readonly takeSnapshot: TakeSnapshot;
  /** Told of each heap snapshot once it is on disk. */
  readonly onSnapshot: (iteration: number, path: string) => Promise<void>;
  readonly directory: string;
}

/** Takes the samples of one trial, as many as its time affords, and keeps account of what they cost. */
export class Sampler {
  readonly #tools: SamplerTools;
  readonly #begin = now();
  readonly #timers = new ShortTimers();
  #stage: Stage;
  #snapshotTaken = false;
  /** What the first snapshot itself left on the heap, in bytes; taken off every reading. */
  #ofSnapshot = 0;
  /** These two are made once and kept up to date, not made anew: see `TakenSample`. */
  readonly #standing = { window: 0, elapsed: 0, sampling: 0, walking: 0, sampleCost: 0, heapGrowth: 1 };
  readonly #censuses = { taken: 0, cost: 0, firstHeap: 0, lastHeap: 0 };
  /** Heap of the first and of the last sample, in bytes. */
  #firstHeap: number | undefined;
  #lastHeap = 1;

  constructor(stage: Stage, tools: SamplerTools) {
    this.#stage = stage;
    this.#tools = tools;
  }

  /**
   * The sample before the first window, with the first census. The heap is read before the census, which also
   * throws away what V8 had cached: read after it, the first window would look like a leak of what comes
   * back.
   */
  async open(): Promise<Sample> {
    const readings: Readings = {};
    const settled = await this.#read(readings);
    this.#census(readings);
    if (this.#stage.snapshots) await this.#snapshot(0);
    return this.#sampleAt(0, settled, readings);
  }

  /** Goes on with a stage that prolongs the trial. The subject is at rest. */
  async enter(stage: Stage): Promise<void> {
    this.#stage = stage;
    if (stage.snapshots && !this.#snapshotTaken) await this.#snapshot(stage.from);
  }

  /** Comes to rest as for a sample, without one. */
  async rest(): Promise<void> {
    const begin = now();
    await this.#settle();
    this.#standing.sampling += now() - begin;
  }

  /**
   * Goes once, before warm-up, through a census, what goes with a snapshot, and a reading: the functions that
   * these call are compiled then and not between two samples. The walk also throws away what loading the
   * subject left behind.
   */
  async rehearse(): Promise<Sample> {
    useUpFirstPool();
    this.#census({});
    await releaseFreePages();
    await this.enter({ ...this.#stage, snapshots: true });
    await this.rest();
    const readings: Readings = {};
    return this.#sampleAt(0, await this.#read(readings, NONE), readings);
  }

  /**
   * The sample after `window` windows of the stage; undefined where measuring has used up its share. The
   * subject is at rest.
   */
  async sample(window: number): Promise<Sample | undefined> {
    const { options } = this.#tools;
    if (!wantsSample(this.#stage, options, this.#standingAt(window))) return undefined;
    const readings: Readings = {};
    const settled = await this.#read(readings);
    const iteration = windowEnd(this.#stage, window);
    if (wantsCensus(this.#stage, options, this.#standingAt(window), this.#censuses, this.#lastHeap)) {
      this.#census(readings);
      if (wantsSnapshot(this.#stage, window)) await this.#snapshot(iteration);
    }
    return this.#sampleAt(iteration, settled, readings);
  }

  /** Returns whether the heap has come to rest. */
  async #read(into: Readings, unwanted = this.#unwanted()): Promise<boolean> {
    const begin = now();
    if (!this.#growsFast()) await this.#timers.expire(BEFORE_SAMPLE);
    forgetLogged();
    const settled = await this.#readAtRest(into);
    await this.#tools.probes.ask(into, unwanted);
    const cost = now() - begin;
    this.#standing.sampleCost = cost;
    this.#standing.sampling += cost;
    this.#lastHeap = into['heap.used'] ?? 0;
    this.#firstHeap ??= this.#lastHeap;
    return settled;
  }

  /** A snapshot leaves the process some 30 MB of free memory, which takes up what leaks. */
  #unwanted(): readonly string[] {
    return this.#snapshotTaken ? [NATIVE_MEMORY] : NONE;
  }

  async #readAtRest(into: Readings): Promise<boolean> {
    const settled = await this.#settle();
    this.#readCheaply(into);
    if (!this.#hasJumped(into)) return settled;
    const settledAgain = await this.#settle();
    this.#readCheaply(into);
    return settledAgain;
  }

  #readCheaply(into: Readings): void {
    this.#tools.probes.read('cheap', into);
    if (into['heap.used'] !== undefined) into['heap.used'] -= this.#ofSnapshot;
  }

  /**
   * After a walk the next reading may hold some 240 kB that a second look no longer finds: next to nothing of
   * a leap, which is as costly to look at as all that the heap holds.
   */
  #hasJumped(readings: Readings): boolean {
    const grown = (readings['heap.used'] ?? 0) - this.#lastHeap;
    return grown > JUMP && grown < LEAP && this.#firstHeap !== undefined && !this.#growsFast();
  }

  #sampleAt(iteration: number, settled: boolean, readings: Readings): Sample {
    const elapsed = now() - this.#begin;
    const { sampling, walking } = this.#standing;
    return new TakenSample(iteration, elapsed, sampling + walking, settled, readings);
  }

  async #settle(): Promise<boolean> {
    if (!this.#growsFast()) return settle(this.#tools.options);
    await settleCoarsely();
    return true;
  }

  #growsFast(): boolean {
    return this.#lastHeap >= (this.#firstHeap ?? this.#lastHeap) * FAST_GROWTH;
  }

  /**
   * Adds the costly readings, then reads once more for nothing: the first reading after a walk disturbs the
   * next sample.
   */
  #census(readings: Readings): void {
    const heap = readings['heap.used'] ?? 0;
    const begin = now();
    forgetLogged();
    this.#tools.probes.read('costly', readings);
    this.#tools.probes.read('cheap', {});
    const cost = now() - begin;
    this.#standing.walking += cost;
    const censuses = this.#censuses;
    if (censuses.taken === 0) censuses.firstHeap = heap;
    censuses.lastHeap = heap;
    censuses.cost = cost;
    censuses.taken++;
  }

  /** Nothing where the heap is too large for it. */
  async #snapshot(iteration: number): Promise<void> {
    if (this.#lastHeap > LARGEST_SNAPSHOT) return;
    const begin = now();
    await this.#timers.expire(BEFORE_SNAPSHOT);
    const path = this.#tools.takeSnapshot(this.#tools.directory, iteration);
    if (!this.#snapshotTaken) await this.#discountSnapshot();
    this.#snapshotTaken = true;
    this.#standing.walking += now() - begin;
    await this.#tools.onSnapshot(iteration, path);
  }

  /**
   * On Node 22 V8 works out at the first snapshot where each line of each script begins: 550 kB and more,
   * which the subject, being at rest, has no part in.
   */
  async #discountSnapshot(): Promise<void> {
    if (this.#firstHeap === undefined || this.#growsFast()) return;
    const readings: Readings = {};
    let left = 0;
    // Twice, however much it is: what a second look no longer finds would be taken off all later readings.
    for (let looks = 0; looks < 2; looks++) {
      await this.#settle();
      this.#readCheaply(readings);
      left = (readings['heap.used'] ?? 0) - this.#lastHeap;
      if (left <= JUMP) return;
    }
    this.#ofSnapshot = left;
  }

  #standingAt(window: number): Standing {
    this.#standing.window = window;
    this.#standing.elapsed = now() - this.#begin;
    this.#standing.heapGrowth = this.#lastHeap / (this.#firstHeap ?? this.#lastHeap);
    return this.#standing;
  }
}

/**
 * A sample. Not a literal, of which V8 keeps a pattern from its second use on, with hidden classes of its
 * own: a walk clears all patterns (`HeapProfiler::QueryObjects`), and those of what runs once per sample
 * would be back some samples later, 2 kB that look like growth.
 */
class TakenSample implements Sample {
  readonly iteration: Iterations;
  readonly elapsed: Milliseconds;
  readonly measuring: Milliseconds;
  readonly settled: boolean;
  readonly readings: Readings;

  constructor(
    iteration: Iterations,
    elapsed: Milliseconds,
    measuring: Milliseconds,
    settled: boolean,
    readings: Readings,
  ) {
    this.iteration = iteration;
    this.elapsed = elapsed;
    this.measuring = measuring;
    this.settled = settled;
    this.readings = readings;
  }
}

const NONE: readonly string[] = [];

/**
 * Node keeps something in the first pool that small buffers are cut from, so the second one is a step of 8
 * kB: it is made before the first sample, not when the subject has used up the first.
 */
function useUpFirstPool(): void {
  for (let size = 0; size <= Buffer.poolSize; size += Buffer.poolSize / 4)
    Buffer.allocUnsafe(Buffer.poolSize / 4);
}

/** Growth from one sample to the next that is looked at twice. */
const JUMP: Bytes = 128 * 2 ** 10;
/** Growth of which one look is enough. */
const LEAP: Bytes = 4 * 2 ** 20;
/** Timers of this duration at most are waited for: a sample is taken often. */
const BEFORE_SAMPLE: Milliseconds = 250;
