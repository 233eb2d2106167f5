import type { Census } from '../../snapshot/census.ts';
import { FEWEST_ENTRIES } from '../../snapshot/entries.ts';
import type { Analysis } from './analysis.ts';
import { LATELY } from './births.ts';
import { containerOf, isPrimitive } from './fold.ts';
import type { Group } from './growth.ts';

export interface Rate {
  /** Objects that stayed. */
  readonly count: number;
  readonly perIteration: number;
  /** The same whole multiple of the iterations between all snapshots. */
  readonly exact: boolean;
  /** Strings or numbers that lie about one by one, of which the whole heap's come and go with code. */
  readonly scattered: boolean;
  /** Grew in the first half of the run and not in the second: a cache that is full. */
  readonly stopped: boolean;
}

/**
 * How many objects of a group stay per iteration. No more than their kind grew by as a whole, or the
 * containers of strings and numbers did, as a cache that is full has new entries too; where the two differ,
 * what came in the first half and was still there at the end tells, or what they became more by in either half,
 * as a queue that loses its oldest has nothing left of the first.
 */
export function rateOf(group: Group, analysis: Analysis, censuses: readonly Census[]): Rate {
  const { earlier, lately } = group;
  const keys = [group, ...group.alike].map(({ kind }) => analysis.kinds.keys[kind] ?? '');
  const whole = censuses.map(({ counts }) => sum(keys.map(key => counts.get(key) ?? 0)));
  const ofContainers = contained(group, analysis, censuses);
  const totals = ofContainers ?? whole;
  const spans = differences(censuses.map(({ iteration }) => iteration));
  const grown = differences(totals);
  const net = sum(grown);
  const fresh = earlier + lately;
  const count = Math.min(fresh, net);
  const byBirth = spans.length === 2 ? [earlier, lately] : [fresh];
  const exact = [byBirth, grown, differences(whole)].find(
    counts => sum(counts) <= fresh && isExact(counts, spans),
  );
  const stayed =
    spans.length === 2 && net < fresh
      ? Math.max(earlier / (spans[0] as number), inEitherHalf(grown, spans))
      : count / sum(spans);
  return {
    count,
    perIteration: exact ? (exact[0] as number) / (spans[0] as number) : stayed,
    exact: exact !== undefined,
    scattered: isPrimitive(group, analysis.kinds) && !ofContainers,
    stopped: spans.length === 2 && net > 0 && (grown[1] as number) <= 0,
  };
}

/**
 * By how many more per iteration there were in each half of the run, at least; of what began in the second half
 * alone, over all of it. Nothing where that brought no more.
 */
function inEitherHalf(grown: readonly number[], spans: readonly number[]): number {
  const [early, late] = grown.map((count, half) => count / (spans[half] as number)) as [number, number];
  if (late <= 0) return 0;
  return early <= 0 ? Math.max(0, sum(grown)) / sum(spans) : Math.min(early, late);
}

/**
 * Strings or numbers in the group's containers, in each census: those of the whole heap come and go with
 * code. Undefined for other groups, and where they lie about one by one, or all in containers that are newer
 * than the middle of the run: what stood in their place before is not known.
 */
function contained(group: Group, analysis: Analysis, censuses: readonly Census[]): number[] | undefined {
  if (!isPrimitive(group, analysis.kinds)) return undefined;
  const { ids } = analysis.snapshot;
  const containers = new Set(group.outermost.map(node => containerOf(node, analysis)));
  if (containers.size * FEWEST_ENTRIES > group.outermost.length) return undefined;
  if ([...containers].every(node => analysis.growth.births[node] === LATELY)) return undefined;
  return censuses.map(({ entries }) =>
    sum([...containers].map(node => entries.get(ids[node] as number) ?? 0)),
  );
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
