import { describe, expect, test } from 'vitest';
import { judgeAgainst, judgeResult } from '../../harness/judge.ts';
import {
  type BaseEntry,
  type Growth,
  type HeapTable,
  type Metric,
  NULL_SCENARIO,
} from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import {
  baseEntry,
  census,
  completed,
  HEAP,
  NATIVE,
  POPULATION,
  type Reading,
  sampled,
  TIMERS,
} from '../support/judge-input.ts';

const { allowance: ALLOWANCE } = DEFAULT_OPTIONS;

function growth(metric: Metric, slope: number, off: number): Growth {
  return { metric, slope, low: slope - off, high: slope + off };
}

describe('the verdict against a base', () => {
  const drift: readonly [Metric, Reading] = [HEAP, iteration => 6e6 + 118 * iteration];
  const steady: readonly [Metric, Reading] = [HEAP, iteration => 6e6 + 2 * iteration];
  const still: readonly [Metric, Reading] = [TIMERS, () => 3];

  const drifting = baseEntry('leak', [growth(HEAP, 118, 2), growth(TIMERS, 0, 0.001)]);

  function against(base: BaseEntry, ...read: readonly (readonly [Metric, Reading])[]) {
    const { verdict, comparisons } = judgeAgainst(completed(sampled(read)), base);
    return {
      verdict,
      changes: Object.fromEntries(comparisons.map(({ metric, change }) => [metric.name, change])),
    };
  }

  test('states no limit for native memory', () => {
    const native: readonly [Metric, Reading] = [
      NATIVE,
      iteration => 5e6 + Math.min(1e6 + ((iteration * 7919) % 1013), 4e4 * iteration),
    ];
    const alone = judgeResult(completed(sampled([steady, native])));
    expect(alone).toHaveProperty('limit.nativeBytesPerIteration');
    expect(against(drifting, steady, native).verdict).toMatchObject({ outcome: 'steady' });
    expect(against(drifting, steady, native).verdict).not.toHaveProperty('limit.nativeBytesPerIteration');
  });

  test('promises no closer look at objects where a drift that the base has kept the trial from getting one', () => {
    const objects: readonly (readonly [Metric, Reading])[] = [still, [POPULATION, () => 9000]];
    const limitOf = (base: BaseEntry, ...read: readonly (readonly [Metric, Reading])[]) => {
      const { verdict } = against(base, ...read, ...objects);
      return verdict.outcome === 'steady' ? verdict.limit.objectEvery : Number.NaN;
    };
    const nullRun = judgeResult(completed(sampled([steady, ...objects]), { scenario: NULL_SCENARIO }));
    const unseen = nullRun.outcome === 'steady' ? nullRun.limit.objectEvery : Number.NaN;
    expect(limitOf(drifting, drift)).toBe(unseen);
    expect(limitOf(drifting, steady)).toBeGreaterThan(2 * unseen);
  });

  test('is steady for a drift that the base has, and says by how much more would have been caught', () => {
    const { verdict, changes } = against(drifting, drift, still);
    expect(changes).toEqual({ 'heap.used': 'same', timers: 'same' });
    expect(verdict).toMatchObject({ outcome: 'steady' });
    const limit = verdict.outcome === 'steady' ? verdict.limit.bytesPerIteration : 0;
    expect(limit).toBeGreaterThan(ALLOWANCE);
    expect(limit).toBeLessThan(ALLOWANCE * 3);
  });

  test('is a leak for a worse drift, and names only what got worse', () => {
    const base = baseEntry('leak', [growth(HEAP, 60, 2), growth(TIMERS, 1, 0.001)]);
    const { verdict, changes } = against(base, drift, [TIMERS, iteration => iteration]);
    expect(changes).toEqual({ 'heap.used': 'worse', timers: 'same' });
    expect(verdict.outcome === 'leak' && verdict.findings.map(({ metric }) => metric.name)).toEqual([
      'heap.used',
    ]);
  });

  test('is steady for a drift that got smaller, which it says', () => {
    const base = baseEntry('leak', [growth(HEAP, 400, 2), growth(TIMERS, 0, 0.001)]);
    expect(against(base, drift, still)).toMatchObject({
      verdict: { outcome: 'steady' },
      changes: { 'heap.used': 'better' },
    });
  });

  test('is inconclusive where the interval of the difference spans the allowance', () => {
    const base = baseEntry('leak', [growth(HEAP, 110, 40), growth(TIMERS, 0, 0.001)]);
    expect(against(base, drift, still).verdict).toMatchObject({
      outcome: 'inconclusive',
      reason: 'interval-spans-allowance',
      metric: HEAP,
    });
  });

  test('is absolute for a metric that the base lacks', () => {
    const { verdict, changes } = against(baseEntry('leak', [growth(HEAP, 118, 2)]), drift, [
      TIMERS,
      iteration => 3 + iteration,
    ]);
    expect(changes).toEqual({ 'heap.used': 'same' });
    expect(verdict.outcome === 'leak' && verdict.findings.map(({ metric }) => metric.name)).toEqual([
      'timers',
    ]);
  });

  test('never excuses a count that grows by one that happened to be open in a steady base', () => {
    const base = baseEntry('steady', [growth(HEAP, 2, 1), growth(TIMERS, 0.0005, 0.01)]);
    const { verdict, changes } = against(base, steady, [TIMERS, iteration => Math.floor(iteration / 200)]);
    expect(changes).toMatchObject({ timers: 'worse' });
    expect(verdict.outcome).toBe('leak');
  });

  test('does not let twice as many things pass, however wide the interval', () => {
    const base = baseEntry('leak', [growth(HEAP, 2, 1), growth(TIMERS, 0.02, 0.5)]);
    expect(against(base, steady, [TIMERS, iteration => Math.floor(iteration / 10)])).toMatchObject({
      verdict: { outcome: 'inconclusive' },
      changes: { timers: 'unclear' },
    });
  });

  test('says of things that come and go, and may grow faster, no more than that', () => {
    const base = baseEntry('leak', [growth(HEAP, 2, 1), growth(TIMERS, 0.02, 0.5)]);
    const restless: Reading = iteration => 50 + Math.floor(iteration / 10) + (iteration % 3) * 4;
    expect(against(base, steady, [TIMERS, restless]).verdict).toMatchObject({
      outcome: 'inconclusive',
      reason: 'interval-spans-allowance',
      metric: TIMERS,
    });
  });

  describe('of a longer run than the base, in which a Map doubled its store', () => {
    const objects: readonly [Metric, Reading] = [POPULATION, census(iteration => 40_000 + iteration)];
    const growing = (
      perIteration: number,
      later = 0,
      from = 1018,
      doubling = 1500,
    ): readonly [Metric, Reading] => [
      HEAP,
      iteration =>
        6e6 +
        perIteration * iteration +
        later * Math.max(0, iteration - from) +
        (iteration > doubling ? 2 ** 16 : 0),
    ];
    const base = {
      ...baseEntry('leak', [growth(HEAP, 118, 6), growth(POPULATION, 1, 0.01)]),
      iterations: 1018,
    };

    test('is steady where as many objects were kept, and as many bytes over the length of the base', () => {
      for (const doubling of [1050, 1300, 1500]) {
        const { verdict, changes } = against(base, growing(118, 0, 0, doubling), objects);
        expect(verdict).toMatchObject({ outcome: 'steady' });
        expect(changes).toEqual({ 'heap.used': 'same', population: 'same' });
      }
      const read = completed(sampled([growing(118, 0, 0, 1050), objects]));
      const as = (iterations: number) => judgeAgainst(read, { ...base, iterations }).comparisons[0];
      expect(as(1018)).toMatchObject({ metric: HEAP, change: 'same', excused: true, sameOver: 1018 });
      expect(as(2037)).toMatchObject({ metric: HEAP, change: 'unclear' });
    });

    test('is open for more bytes over that length, and for more objects', () => {
      expect(against(base, growing(150), objects).verdict.outcome).not.toBe('steady');
      const more: readonly [Metric, Reading] = [POPULATION, census(iteration => 40_000 + iteration * 1.5)];
      expect(against(base, growing(118), more).verdict.outcome).toBe('leak');
    });

    test('is open for bytes that grow faster between the doublings, if only after that length', () => {
      expect(against(base, growing(118, 40), objects).verdict.outcome).toBe('inconclusive');
      expect(against(base, growing(118, 200), objects).verdict.outcome).toBe('inconclusive');
      expect(against(base, growing(118, 1000, 1649), objects).verdict.outcome).toBe('inconclusive');
    });
  });

  test('is open where more came in one window than a store can bring that doubles', () => {
    const objects: readonly [Metric, Reading] = [POPULATION, census(n => 40_000 + n)];
    const base = baseEntry('leak', [growth(HEAP, 118, 2), growth(POPULATION, 1, 0.01)]);
    const jumps = (bytes: number): readonly [Metric, Reading] => [
      HEAP,
      n => 6e6 + 118 * n + (n > 1600 ? bytes : 0),
    ];
    for (const iterations of [50, 2037, 9000]) {
      const warmup = { iterations, elapsed: 100, stable: true, drift: 0 };
      const outcomeOf = (bytes: number) =>
        judgeAgainst(completed(sampled([jumps(bytes), objects]), {}, { warmup }), base).verdict.outcome;
      expect(outcomeOf(150_000)).toBe('steady');
      expect(outcomeOf(50e6)).toBe('inconclusive');
    }
  });

  test('is open where bytes grow late and nothing says that as many objects are kept as in the base', () => {
    const still: readonly [Metric, Reading] = [POPULATION, census(() => 40_000)];
    const late: readonly [Metric, Reading] = [HEAP, n => 6e6 + 2 * n + 1000 * Math.max(0, n - 1649)];
    const base = baseEntry('steady', [growth(HEAP, 2, 1), growth(POPULATION, 0, 0.01)]);
    expect(against({ ...base, iterations: 1018 }, late, still).verdict.outcome).toBe('inconclusive');
  });

  test('accepts objects that were read too early to judge alone, if the base kept as many', () => {
    const early = [0, 97];
    const objects: readonly [Metric, Reading] = [
      POPULATION,
      iteration => (early.includes(iteration) ? 40_000 + 5 * iteration : undefined),
    ];
    const base = baseEntry('leak', [growth(HEAP, 118, 2), growth(POPULATION, 5, 0.1)]);
    expect(against(base, drift, objects).verdict.outcome).toBe('steady');
    expect(judgeAgainst(completed(sampled([steady, objects]))).verdict.outcome).toBe('inconclusive');
  });

  describe('of the classes in heap snapshots, where bytes differ by less than is allowed', () => {
    const STRINGS: Metric = { name: 'class.string', unit: 'strings', kind: 'exact' };
    const SYMBOLS: Metric = { name: 'class.symbol', unit: 'symbols', kind: 'exact' };
    const still: readonly [Metric, Reading] = [HEAP, iteration => 6e6 + 12 * iteration];
    const keeping = (strings: number) =>
      [0, 400, 800, 1200, 1600, 2037].map((iteration, place, places): HeapTable => {
        const kept = (iterations: number) => 500 + Math.round(iterations * strings);
        const seen = place === 0 ? 0 : kept(places[place - 1]!);
        return {
          iteration,
          newest: iteration,
          classes: { string: { count: kept(iteration), bytes: 24 * kept(iteration), seen } },
          seen: { count: seen, bytes: 24 * seen },
        };
      });
    const against = (strings: number, base: BaseEntry) =>
      judgeAgainst(completed(sampled([still]), {}, { heapTables: keeping(strings) }), base);
    const base = baseEntry('leak', [growth(HEAP, 12, 2), growth(STRINGS, 0.25, 0.02)]);

    test('one that grows faster than in the base is a leak, one that grows alike is not', () => {
      expect(against(0.5, base).verdict).toMatchObject({ outcome: 'leak', findings: [{ metric: STRINGS }] });
      expect(against(0.25, base).verdict.outcome).toBe('steady');
      expect(against(0.25, base).comparisons.map(({ metric }) => metric.name)).toContain('class.string');
    });

    test('one that may grow twice as fast, for all that is known of the base, leaves a doubt', () => {
      const vague = baseEntry('leak', [growth(HEAP, 12, 2), growth(STRINGS, 0.1, 0.5)]);
      expect(against(0.3, vague).verdict).toMatchObject({ outcome: 'inconclusive', metric: STRINGS });
    });

    test('one that the base lacks is judged alone, unless something certainly grew there that it may be part of', () => {
      const known = (heap: Growth, more: readonly Growth[] = []) =>
        against(0.25, baseEntry('inconclusive', [heap, ...more])).verdict.outcome;
      const open = growth(HEAP, 4, 12);
      expect(known(open)).toBe('leak');
      expect(known(growth(HEAP, 10, 4))).toBe('steady');
      expect(known(open, [growth(POPULATION, 0.2, 0.02)])).toBe('steady');
      expect(known(open, [growth(NATIVE, 900, 50)])).toBe('leak');
    });

    test('one that grows in place of one that the base has leaves a doubt', () => {
      const other = baseEntry('leak', [growth(HEAP, 12, 2), growth(SYMBOLS, 0.25, 0.02)]);
      expect(against(0.25, other).verdict).toMatchObject({ reason: 'exchanged', metric: STRINGS });
      expect(against(0.25, baseEntry('steady', [growth(HEAP, 12, 2)])).verdict.outcome).toBe('leak');
    });
  });

  test('of a subject that is steady by itself stays steady, even if the base shrank', () => {
    const base = baseEntry('steady', [growth(HEAP, -300, 2), growth(TIMERS, 0, 0.001)]);
    expect(against(base, steady, still).verdict.outcome).toBe('steady');
  });

  test('is the absolute one without a base', () => {
    const read = sampled([drift, still, [POPULATION, census(() => 40_000)]]);
    expect(judgeAgainst(completed(read))).toMatchObject({ verdict: { outcome: 'leak' }, comparisons: [] });
  });
});
