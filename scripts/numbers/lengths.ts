import type { Bytes, Iterations, Milliseconds } from '../../harness/model.ts';

/** A run of one length. */
export interface LengthRun {
  readonly iterations: Iterations;
  readonly wall: Milliseconds;
  readonly samples: number;
  readonly report: Bytes;
  /** Missing without /proc. */
  readonly memory?: ParentMemory;
}

/** Resident memory of the process that runs the trials. */
export interface ParentMemory {
  /** Soon after it began, */
  readonly first: Bytes;
  /** when the last trial had ended, before the results are judged and written, */
  readonly measured: Bytes;
  /** and the most it ever was. */
  readonly most: Bytes;
}

/** Time at the beginning in which Node and leakgate are still being loaded. */
const LOADING: Milliseconds = 1000;

/** From readings taken every `every` milliseconds, of a run whose last trial ended at `end`; undefined if there are none. */
export function memoryOf(
  readings: readonly Bytes[],
  every: Milliseconds,
  end: Milliseconds,
): ParentMemory | undefined {
  const [one] = readings;
  if (one === undefined) return undefined;
  // The first is taken after `every`.
  const lastBefore = (time: Milliseconds) =>
    readings[Math.min(Math.floor(time / every), readings.length) - 1] ?? one;
  return {
    first: lastBefore(LOADING),
    measured: lastBefore(Math.max(LOADING, end)),
    most: Math.max(...readings),
  };
}

/** What one iteration more costs between two lengths, in microseconds. */
export function costPerIteration(shorter: LengthRun, longer: LengthRun): number {
  return ((longer.wall - shorter.wall) / (longer.iterations - shorter.iterations)) * 1000;
}

export function describeLengths(runs: readonly LengthRun[]): string {
  const rows = runs.map((run, place) => {
    const shorter = runs[place - 1];
    const cost = shorter ? `${costPerIteration(shorter, run).toFixed(1)} us for each more` : '';
    const { memory } = run;
    const parent = memory
      ? `parent ${mb(memory.first)} to ${mb(memory.measured)}, at most ${mb(memory.most)}`
      : 'parent unknown (needs /proc)';
    return [
      `${run.iterations.toLocaleString('en').padStart(9)} iterations`,
      `${(run.wall / 1000).toFixed(1).padStart(6)} s`,
      `${run.samples} samples`,
      parent,
      `report ${(run.report / 1e6).toFixed(2)} MB`,
      ...(cost ? [cost] : []),
    ].join(', ');
  });
  return rows.join('\n');
}

/** How much more an iteration costs between the two longest runs than between the two shortest; 1: linear. */
export function linearity(runs: readonly LengthRun[]): number {
  const [one, two] = runs;
  const [before, last] = runs.slice(-2);
  if (!one || !two || !before || !last) return Number.NaN;
  return costPerIteration(before, last) / costPerIteration(one, two);
}

/** What the parent of any run grew by while trials ran, in all, and by which the longest run's was larger than the shortest's. */
export interface ParentGrowth {
  readonly whileMeasuring: Bytes;
  readonly inAll: Bytes;
  readonly byLength: Bytes;
}

/** Undefined without /proc. */
export function parentGrowth(runs: readonly LengthRun[]): ParentGrowth | undefined {
  const memories = runs.flatMap(({ memory }) => memory ?? []);
  const [shortest, longest] = [memories[0], memories.at(-1)];
  if (!shortest || !longest) return undefined;
  return {
    whileMeasuring: Math.max(...memories.map(({ first, measured }) => measured - first)),
    inAll: Math.max(...memories.map(({ first, most }) => most - first)),
    byLength: longest.most - shortest.most,
  };
}

export function describeGrowth({ whileMeasuring, inAll, byLength }: ParentGrowth): string {
  return `the parent grew by at most ${mb(whileMeasuring, 1)} while trials ran and ${mb(inAll, 1)} in all; the longest run's was ${mb(byLength, 1)} larger than the shortest's`;
}

function mb(bytes: Bytes, digits = 0): string {
  return `${(bytes / 1e6).toFixed(digits)} MB`;
}
