import type { Census, Group } from './growth.ts';

export interface Rate {
  /** Objects that stayed. */
  readonly count: number;
  readonly perIteration: number;
  /** The same whole multiple of the iterations between all snapshots. */
  readonly exact: boolean;
  /** Grew in the first half of the run and not in the second: a cache that is full. */
  readonly stopped: boolean;
}

/**
 * How many objects of a group stay per iteration. No more than their kind grew by as a whole, as a cache that is full has new entries
 * too; where the two differ, what came in the first half and was still there at the end tells.
 */
export function rateOf({ earlier, lately }: Group, key: string, censuses: readonly Census[]): Rate {
  const totals = censuses.map(({ counts }) => counts.get(key) ?? 0);
  const spans = differences(censuses.map(({ iteration }) => iteration));
  const grown = differences(totals);
  const net = sum(grown);
  const fresh = earlier + lately;
  const count = Math.min(fresh, net);
  const byBirth = spans.length === 2 ? [earlier, lately] : [fresh];
  const exact = [byBirth, grown].find(counts => sum(counts) <= fresh && isExact(counts, spans));
  const stayed = spans.length === 2 && net < fresh ? earlier / (spans[0] as number) : count / sum(spans);
  return {
    count,
    perIteration: exact ? (exact[0] as number) / (spans[0] as number) : stayed,
    exact: exact !== undefined,
    stopped: spans.length === 2 && net > 0 && (grown[1] as number) <= 0,
  };
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - (values[index] as number));
}

function isExact(grown: readonly number[], spans: readonly number[]): boolean {
  const rates = grown.map((count, index) => count / (spans[index] as number));
  return rates.every(rate => rate === rates[0] && rate > 0 && Number.isInteger(rate));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
