import type { Bytes, Iterations, Milliseconds } from '../../harness/model.ts';

/** A run of one length. */
export interface LengthRun {
  readonly iterations: Iterations;
  readonly wall: Milliseconds;
  readonly samples: number;
  readonly report: Bytes;
  /**
   * Resident memory of the parent soon after it began and at its end, and the most it ever was; missing
   * without /proc.
   */
  readonly memory?: { readonly first: Bytes; readonly last: Bytes; readonly most: Bytes };
}

/** Time at the beginning in which Node and leakgate are still being loaded. */
const LOADING: Milliseconds = 1000;

/** First, last and largest of the readings, taken every `every` milliseconds; undefined if there are none. */
export function memoryOf(readings: readonly Bytes[], every: Milliseconds): LengthRun['memory'] {
  const [last] = readings.slice(-1);
  if (last === undefined) return undefined;
  const first = readings[Math.min(Math.ceil(LOADING / every), readings.length - 1)] ?? last;
  return { first, last, most: Math.max(...readings) };
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
      ? `parent ${mb(memory.first)} to ${mb(memory.last)}, at most ${mb(memory.most)}`
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

/** From the least memory that the parent of any run began with to the most that any had; undefined without /proc. */
export function parentGrowth(runs: readonly LengthRun[]): Bytes | undefined {
  const memories = runs.flatMap(({ memory }) => memory ?? []);
  if (memories.length === 0) return undefined;
  return Math.max(...memories.map(({ most }) => most)) - Math.min(...memories.map(({ first }) => first));
}

function mb(bytes: Bytes): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
