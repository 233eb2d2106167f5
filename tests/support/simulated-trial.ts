/** A trial without a process: a still subject with a leak beside it, decided and prolonged as a real one is. */
import { decide } from '../../harness/course/decide.ts';
import type {
  CertifiedKind,
  HeapTable,
  Iterations,
  Metric,
  Plant,
  Sample,
  Stage,
  TrialResult,
} from '../../harness/model.ts';
import { plannedStage, windowEnd } from '../../harness/stages.ts';
import { isPlace } from '../../harness/worker/plant.ts';
import type { Next } from '../../harness/worker/protocol.ts';
import { type Random, type Shape, seeded } from '../stats/shapes.ts';
import { trialOf } from './trials.ts';

const METRICS: readonly Metric[] = [
  { name: 'heap.used', unit: 'B', kind: 'bytes' },
  { name: 'heap.external', unit: 'B', kind: 'bytes' },
  { name: 'timers', unit: 'timers', kind: 'exact' },
  { name: 'descriptors.file', unit: 'file descriptors', kind: 'exact' },
  { name: 'population', unit: 'objects', kind: 'exact' },
];
const WARMUP = 50;
/** Of the iterations of the first stage, the places of its censuses (method.md, "Probes"). */
const CENSUSES = [0.17, 0.52, 1];
/** Bytes on the heap of one planted thing. */
const WEIGHTS: { readonly [kind in CertifiedKind]: number } = {
  heap: 1,
  object: 32,
  'off-heap': 0,
  timer: 180,
  descriptor: 0,
};

/** Bytes by which the heap of a subject strays, at each of its samples in turn. */
export type Heap = (random: Random) => Shape;

/** As real ones are: some 256 B. */
const quietHeap: Heap = random => () => 256 * (random() - 0.5);

/** 2,000 iterations, or as many more as `decide` asks for; each takes a millisecond. */
export function simulatedTrial(plant: Plant, seed: number, heap: Heap = quietHeap): TrialResult {
  const subject = new StillSubject(plant, seed, heap);
  const options = { iterations: 2000, budget: 60_000, warmup: 25, warmupLimit: 500 };
  const trial = { ...trialOf('simulated', options), plant };
  const stages: Stage[] = [plannedStage(trial.options)];
  const samples: Sample[] = [subject.sample(0, true)];
  const heapTables: HeapTable[] = [];
  const warmup = { iterations: WARMUP, elapsed: 50, stable: true, drift: 0 };
  const soFar = { trial, metrics: METRICS, samples, stages, heapTables, warmup };

  let next: Next = decide(soFar);
  while (next.do === 'go-on') {
    for (const [window, stage] of windowsOf(stages)) {
      const iteration = windowEnd(stage, window);
      samples.push(subject.sample(iteration, hasCensus(stage, window)));
      if (stage.snapshots && (window === Math.round(stage.windows / 2) || window === stage.windows))
        heapTables.push(subject.table(iteration));
      next = decide(soFar);
      if (next.do !== 'go-on') break;
    }
    if (next.do !== 'prolong') continue;
    stages.push(next.stage);
    if (next.stage.snapshots && heapTables.length === 0) heapTables.push(subject.table(next.stage.from));
    next = { do: 'go-on' };
  }
  return { outcome: 'completed', ...soFar, notes: {}, wall: 0, startup: 0 };
}

/** The windows of the last stage. */
function windowsOf(stages: readonly Stage[]): [number, Stage][] {
  const stage = stages.at(-1);
  return stage ? Array.from({ length: stage.windows }, (_, window) => [window + 1, stage]) : [];
}

function hasCensus({ from, windows }: Stage, window: number): boolean {
  return from > 0 || CENSUSES.some(place => Math.round(place * windows) === window);
}

/** Nothing grows but what is planted and the heap, as it is told; the population moves by two objects. */
class StillSubject {
  readonly #plant: Plant;
  /** Iterations at which snapshots were taken. */
  readonly #snapshots: Iterations[] = [];
  readonly #random: Random;
  readonly #heap: Shape;
  /** Planted before each iteration, warm-up included. */
  readonly #planted: number[] = [0];

  constructor(plant: Plant, seed: number, heap: Heap) {
    this.#plant = plant;
    this.#random = seeded(seed);
    this.#heap = heap(this.#random);
  }

  sample(iteration: Iterations, census: boolean): Sample {
    const kept = this.#kept(iteration);
    const { kind } = this.#plant;
    const of = (...kinds: string[]) => (kinds.includes(kind) ? kept : 0);
    const weight = WEIGHTS[kind === 'unref-timer' ? 'timer' : kind];
    const readings = {
      'heap.used': 5e6 + this.#heap(iteration) + weight * kept,
      'heap.external': 2e6 + of('off-heap'),
      timers: 11 + of('timer', 'unref-timer'),
      'descriptors.file': 5 + of('descriptor'),
      ...(census && {
        population: 40_000 + Math.floor(this.#random() * 3) + of('object', 'timer', 'unref-timer'),
      }),
    };
    return { iteration, elapsed: iteration, measuring: 0, settled: true, readings };
  }

  table(iteration: Iterations): HeapTable {
    this.#snapshots.push(iteration);
    const things = this.#snapshots.map(at => (this.#plant.kind === 'object' ? this.#kept(at) : 0));
    const before = things.at(-2) ?? 0;
    const planted = things.at(-1) ?? 0;
    const other = 100 + Math.floor(this.#random() * 3);
    return {
      iteration,
      newest: iteration,
      classes: {
        Planted: { count: planted, bytes: planted * 32, seen: before },
        Other: { count: other, bytes: other * 24, seen: things.length > 1 ? other : 0 },
      },
      seen: { count: before, bytes: before * 32 },
    };
  }

  /** Since the first sample. */
  #kept(iteration: Iterations): number {
    return this.#upTo(iteration + WARMUP) - this.#upTo(WARMUP);
  }

  #upTo(end: Iterations): number {
    for (let at = this.#planted.length - 1; at < end; at++) {
      const before = this.#planted[at] ?? 0;
      this.#planted.push(before + (isPlace(at, this.#plant) ? this.#plant.size : 0));
    }
    return this.#planted[end] ?? 0;
  }
}
