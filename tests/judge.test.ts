import { describe, expect, test } from 'vitest';
import { judge, judgeResult } from '../harness/judge.ts';
import { endOf, type HeapTable, type Metric, NULL_SCENARIO } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { nextStage, plannedStage } from '../harness/stages.ts';
import {
  census,
  completed,
  EXTERNAL,
  faulted,
  HEAP,
  NATIVE,
  POPULATION,
  type Reading,
  RSS,
  sampled,
  TIMERS,
  ZONES,
} from './support/judge-input.ts';

const steadyHeap: readonly [Metric, Reading] = [HEAP, iteration => 6e6 + 2 * iteration];
const steadyPopulation: readonly [Metric, Reading] = [POPULATION, census(() => 40_000)];

function verdictOf(readings: readonly (readonly [Metric, Reading])[], at?: readonly number[]) {
  return judgeResult(completed(sampled(readings, at)));
}

describe('a steady trial', () => {
  const verdict = verdictOf([
    steadyHeap,
    [TIMERS, () => 11],
    steadyPopulation,
    [RSS, iteration => 9e7 + 900 * iteration],
  ]);

  test('says what it would have caught', () => {
    expect(verdict.outcome).toBe('steady');
    if (verdict.outcome !== 'steady') return;
    expect(verdict.limit.bytesPerIteration).toBeGreaterThan(DEFAULT_OPTIONS.allowance);
    expect(verdict.limit.bytesPerIteration).toBeLessThan(DEFAULT_OPTIONS.allowance + 1);
    expect(verdict.limit.objectEvery).toBeGreaterThanOrEqual(35);
    expect(verdict.limit.handleEvery).toBeGreaterThan(100);
  });

  test('has an estimate of every metric that is judged, and none of RSS', () => {
    expect(verdict.estimates.map(({ metric }) => metric.name)).toEqual(['heap.used', 'timers', 'population']);
    expect(verdict.estimates[0]).toMatchObject({
      slope: 2,
      low: 2,
      high: 2,
      points: 22,
      method: 'theil-sen',
    });
  });

  test('names the growth that stopped', () => {
    const cache = verdictOf([
      [HEAP, iteration => 6e6 + 300 * Math.min(iteration, 900)],
      [POPULATION, census(iteration => 40_000 + Math.min(iteration, 900))],
    ]);
    expect(cache.outcome).toBe('steady');
    expect(cache.plateaus).toEqual([
      { metric: HEAP, after: 970, growth: 270_000 },
      { metric: POPULATION, after: 1358, growth: 900 },
    ]);
  });

  test('would have noticed a single timer where their number never changed, two where it did', () => {
    const limitOf = (timers: Reading) => {
      const judged = verdictOf([[HEAP, () => 6e6], [TIMERS, timers], steadyPopulation]);
      return judged.outcome === 'steady' ? judged.limit.handleEvery : judged.outcome;
    };
    expect(limitOf(() => 11)).toBeGreaterThan(650);
    expect(limitOf(iteration => (iteration === 97 ? 12 : 11))).toBeLessThan(600);
  });

  test('would have noticed a single timer only where a closer look would have followed', () => {
    const limitAfter = (stages: number) => {
      const all = [plannedStage(DEFAULT_OPTIONS)];
      while (all.length < stages) all.push(nextStage(all.at(-1)!, 'inspect', DEFAULT_OPTIONS)!);
      const end = endOf(all.at(-1)!);
      const iterations = Array.from({ length: 41 }, (_, place) => Math.round((end * place) / 40));
      const record = sampled(
        [
          [HEAP, () => 6e6],
          [TIMERS, () => 11],
          [POPULATION, () => 9000],
        ],
        iterations,
      );
      const judged = judgeResult(completed(record, {}, { stages: all }));
      return judged.outcome === 'steady' ? judged.limit.handleEvery / end : Number.NaN;
    };
    expect(limitAfter(2)).toBeGreaterThan(0.3);
    expect(limitAfter(3)).toBeLessThan(0.2);
    expect(limitAfter(5)).toBeLessThan(0.2);
  });

  test('says of timers and handles what the least sensitive would have caught, in whichever order', () => {
    const still: Reading = () => 11;
    const moved: Reading = iteration => (iteration === 97 ? 12 : 11);
    const immediates = { ...TIMERS, name: 'immediates' };
    const limitOf = (timers: Reading, others?: Reading) => {
      const judged = verdictOf([
        [HEAP, () => 6e6],
        [TIMERS, timers],
        ...(others ? [[immediates, others] as const] : []),
      ]);
      return judged.outcome === 'steady' ? judged.limit.handleEvery : judged.outcome;
    };
    expect(limitOf(still, moved)).toBe(limitOf(moved));
    expect(limitOf(moved, still)).toBe(limitOf(moved));
    expect(limitOf(moved)).toBeLessThan(Number(limitOf(still)));
  });

  test('would have caught fewer objects in the null run, which nobody looks into', () => {
    const objectsOf = (scenario: string) => {
      const record = sampled([[HEAP, () => 6e6], steadyPopulation]);
      const judged = judgeResult(completed(record, { scenario }));
      return judged.outcome === 'steady' ? judged.limit.objectEvery : Number.NaN;
    };
    expect(objectsOf(NULL_SCENARIO)).toBeLessThan(objectsOf('auto-reload') / 2);
  });

  test('says of memory off the heap what the least sensitive metric would have caught, and nothing where none was read', () => {
    const restless: Reading = iteration => 2e6 + 20 * ((iteration * 7919) % 1000);
    const buffers: Metric = { name: 'heap.arrayBuffers', unit: 'B', kind: 'bytes' };
    const limitOf = (readings: readonly (readonly [Metric, Reading])[]) => {
      const judged = verdictOf([[HEAP, () => 6e6], ...readings]);
      return judged.outcome === 'steady' ? judged.limit.offHeapBytesPerIteration : judged.outcome;
    };
    expect(limitOf([])).toBeUndefined();
    expect(limitOf([[EXTERNAL, () => 2e6]])).toBeCloseTo(DEFAULT_OPTIONS.allowance, 0);
    const noisy = [
      [EXTERNAL, restless],
      [buffers, () => 1e6],
    ] as const;
    expect(limitOf(noisy)).toBeGreaterThan(2 * DEFAULT_OPTIONS.allowance);
    expect(limitOf(noisy.toReversed())).toBe(limitOf(noisy));
  });

  test('says what it would have caught of native memory, the null run does not', () => {
    const record = sampled([
      [HEAP, () => 6e6],
      [NATIVE, iteration => 5e6 + Math.min(1e6 + ((iteration * 7919) % 1013), 4e4 * iteration)],
    ]);
    const told = judgeResult(completed(record));
    expect(told.outcome === 'steady' && told.limit.nativeBytesPerIteration).toBeCloseTo(515, -1);
    const nullRun = judgeResult(completed(record, { scenario: NULL_SCENARIO }));
    expect(nullRun).toMatchObject({ outcome: 'steady' });
    expect(nullRun).not.toHaveProperty('limit.nativeBytesPerIteration');
  });

  test('says 0 where the population was not read', () => {
    expect(verdictOf([steadyHeap])).toMatchObject({
      outcome: 'steady',
      limit: { objectEvery: 0, handleEvery: 0 },
    });
  });
});

describe('a heap that rises without anything to show for it', () => {
  const swinging: Reading = iteration => 6e6 + 60 * iteration + (iteration % 50 === 0 ? 0 : 1.3e5);
  const straight: Reading = iteration => 6e6 + 60 * iteration;
  const tables: HeapTable[] = [0, 1, 2, 3, 4].map(snapshot => ({
    iteration: snapshot * 1000,
    newest: snapshot,
    classes: { Entry: { count: 500, bytes: 20_000, seen: 500 } },
    seen: { count: 500, bytes: 20_000 },
  }));
  const at = Array.from({ length: 161 }, (_, place) => place * 25);
  const outcomeOf = (heap: Reading, heapTables: readonly HeapTable[]) => judged(heap, heapTables).outcome;
  const reasonOf = (heap: Reading, heapTables: readonly HeapTable[]) => {
    const verdict = judged(heap, heapTables);
    return verdict.outcome === 'inconclusive' && verdict.reason;
  };
  const judged = (heap: Reading, heapTables: readonly HeapTable[]) =>
    judgeResult({
      ...completed(
        sampled(
          [
            [HEAP, heap],
            [POPULATION, () => 40_000],
          ],
          at,
        ),
      ),
      heapTables,
    });

  test('is no leak where it gives as much back on the way', () => {
    expect(outcomeOf(swinging, [])).toBe('leak');
    expect(outcomeOf(swinging, tables)).toBe('inconclusive');
    expect(reasonOf(swinging, tables)).toBe('unwitnessed');
  });

  test('is no leak in three snapshots either, unless a class became more that earlier ones had seen', () => {
    const strings = (counts: readonly number[], seen: readonly number[]) =>
      tables.slice(2).map((table, place): HeapTable => {
        const count = counts[place] ?? 0;
        return { ...table, classes: { string: { count, bytes: 40 * count, seen: seen[place] ?? 0 } } };
      });
    expect(outcomeOf(swinging, tables.slice(2))).toBe('inconclusive');
    expect(outcomeOf(swinging, tables.slice(3))).toBe('leak');
    expect(outcomeOf(swinging, strings([79_500, 80_000, 80_300], [0, 15_904, 15_933]))).toBe('inconclusive');
    expect(outcomeOf(swinging, strings([79_500, 80_000, 80_300], [0, 15_904, 16_400]))).toBe('leak');
    const denied = judged(straight, strings([79_500, 80_000, 80_300], [0, 15_904, 15_933]));
    const named = denied.outcome === 'leak' ? denied.findings.map(({ metric }) => metric.name) : [];
    expect(named).toEqual(['heap.used']);
    // A state that is copied as a whole has no old objects, and grows evenly.
    expect(outcomeOf(swinging, strings([79_500, 80_000, 80_500], [0, 0, 0]))).toBe('leak');
  });

  test('is one where old objects of a class became more as evenly as all of them, unless something fills up', () => {
    const entries = tables.slice(2).map((table, place): HeapTable => {
      const count = 100 + [2000, 3000, 4000][place]! / 10;
      const seen = place === 0 ? 0 : count - 100;
      return { ...table, classes: { 'Object {path}': { count, bytes: 24 * count, seen } } };
    });
    const aged = entries.map((table, place): HeapTable => {
      const { count, bytes } = table.classes['Object {path}']!;
      return { ...table, classes: { 'Object {path}': { count, bytes, seen: place === 0 ? 0 : 150 } } };
    });
    const restless: Reading = iteration => 6e6 + (iteration % 50 === 0 ? 0 : 2e6) * ((iteration % 7) / 7);
    const filling = (iteration: number) => 40_000 + 400 * Math.sqrt(iteration);
    const outcomeOf = (heapTables: readonly HeapTable[], population: (iteration: number) => number) =>
      judgeResult({
        ...completed(
          sampled(
            [
              [HEAP, restless],
              [POPULATION, population],
            ],
            at,
          ),
        ),
        heapTables,
      });
    expect(outcomeOf(entries, () => 40_000)).toMatchObject({
      outcome: 'leak',
      findings: [{ metric: { name: 'class.Object {path}' } }],
    });
    expect(outcomeOf(aged, () => 40_000).outcome).not.toBe('leak');
    expect(outcomeOf(entries, filling).outcome).toBe('inconclusive');
  });

  test('is one where it gives nothing back, as code that is kept does not', () => {
    expect(outcomeOf(straight, tables)).toBe('leak');
  });
});

describe('a leak', () => {
  test('of counts is stated as an exact rate', () => {
    const verdict = verdictOf([steadyHeap, [TIMERS, iteration => 11 + 10 * iteration]]);
    expect(verdict).toMatchObject({
      outcome: 'leak',
      findings: [
        {
          metric: TIMERS,
          growth: 20_370,
          from: 0,
          to: 2037,
          exactMultiple: true,
          estimate: { slope: 10, low: 10, high: 10, points: 22, method: 'exact' },
        },
      ],
    });
    expect(verdict.estimates[0]!.metric).toEqual(HEAP);
  });

  test('once in forty is no exact multiple', () => {
    const verdict = verdictOf([steadyHeap, [TIMERS, iteration => Math.floor(iteration / 40)]]);
    expect(verdict).toMatchObject({ outcome: 'leak', findings: [{ metric: TIMERS, exactMultiple: false }] });
  });

  test('of objects is exact although the population is off by a few', () => {
    const noise: Record<number, number> = { 679: -2, 1358: 5, 2037: 8 };
    const verdict = verdictOf([
      steadyHeap,
      [POPULATION, census(iteration => 40_000 + 4 * iteration + (noise[iteration] ?? 0))],
    ]);
    expect(verdict).toMatchObject({
      outcome: 'leak',
      findings: [{ metric: POPULATION, exactMultiple: true }],
    });
  });

  test('of one object in forty iterations is found in four readings of the population', () => {
    const verdict = verdictOf([
      steadyHeap,
      [POPULATION, census(iteration => 40_000 + Math.ceil(iteration / 40))],
    ]);
    expect(verdict).toMatchObject({ outcome: 'leak', findings: [{ metric: POPULATION }] });
  });

  test.each([HEAP, EXTERNAL])('of $name has an interval above the allowance', metric => {
    const readings: readonly (readonly [Metric, Reading])[] = [
      ...(metric === HEAP ? [] : [steadyHeap]),
      [metric, iteration => 1e6 + 10_000 * iteration],
      steadyPopulation,
    ];
    const verdict = verdictOf(readings);
    expect(verdict).toMatchObject({ outcome: 'leak', findings: [{ metric, growth: 20_370_000 }] });
  });

  test('lists counts before bytes', () => {
    const verdict = verdictOf([
      [HEAP, iteration => 5e6 + 2e5 * iteration],
      [TIMERS, iteration => iteration],
    ]);
    const names = verdict.outcome === 'leak' ? verdict.findings.map(({ metric }) => metric.name) : [];
    expect(names).toEqual(['timers', 'heap.used']);
  });

  test('of objects, or of few timers beside them, may be a cache or a pool that fills up, one of many timers not', () => {
    const objects = [POPULATION, census(n => 40_000 + n)] as const;
    const heap = [HEAP, (n: number) => 5e6 + 200 * n] as const;
    expect(verdictOf([heap, objects])).toHaveProperty('mayFill', true);
    expect(verdictOf([heap, [EXTERNAL, n => 1e6 + 500 * n]])).toHaveProperty('mayFill', true);
    expect(verdictOf([heap, objects, [TIMERS, n => 11 + n]])).not.toHaveProperty('mayFill');
    expect(verdictOf([heap, objects, [TIMERS, n => 11 + Math.floor(n / 20)]])).toHaveProperty('mayFill');
  });

  test('lists classes that a program has named before its functions, then what any stream has, then stores', () => {
    const names = namesOf({
      'array store': [0, 20_000],
      string: [3, 9600],
      ReadableState: [4, 9600],
      'function onEnd': [2, 8000],
      Session: [1, 4000],
    });
    expect(names).toEqual([
      'heap.used',
      'class.Session',
      'class.function onEnd',
      'class.ReadableState',
      'class.string',
      'class.array store',
    ]);
  });

  test('lists twelve classes at most, those that tell most', () => {
    const streams = Array.from({ length: 20 }, (_, place) => [`system / Part${place}`, [2, 800]] as const);
    const names = namesOf({ ...Object.fromEntries(streams), Session: [1, 4000] });
    expect(names.slice(0, 2)).toEqual(['heap.used', 'class.Session']);
    expect(names).toHaveLength(13);
  });

  /**
   * Of the findings, where heap snapshots hold ever more of classes: hundreds of objects and bytes from each
   * to the next.
   */
  function namesOf(classes: { readonly [name: string]: readonly [number, number] }): string[] {
    const tables: HeapTable[] = [1, 2, 3, 4, 5, 6].map(snapshot => {
      const kept = ([each, bytes]: readonly [number, number]) => ({
        count: 100 * each * snapshot,
        bytes: bytes * snapshot,
        seen: 100 * each * (snapshot - 1),
      });
      return {
        iteration: snapshot * 407,
        newest: snapshot,
        classes: Object.fromEntries(Object.entries(classes).map(([name, growth]) => [name, kept(growth)])),
        seen: kept([4, 13_600]),
      };
    });
    const record = sampled([[HEAP, iteration => 5e6 + 500 * iteration]]);
    const stages = [407, 814, 1628].map(from => ({ ...plannedStage(DEFAULT_OPTIONS), from, length: 39 }));
    const verdict = judgeResult(completed(record, {}, { heapTables: tables, stages }));
    return verdict.outcome === 'leak' ? verdict.findings.map(({ metric }) => metric.name) : [];
  }

  test('counts what was read only twice, early, among its findings', () => {
    const early =
      (rate: number): Reading =>
      iteration =>
        iteration <= 291 ? 7 + rate * iteration : undefined;
    const verdict = verdictOf(
      [
        [HEAP, iteration => 5e6 + 2e5 * iteration],
        [TIMERS, iteration => 10 * iteration],
        [ZONES, early(10)],
        [POPULATION, early(1120)],
      ],
      [0, 291, 582, 873, 1164, 1455, 1746, 2037],
    );
    const found = verdict.outcome === 'leak' ? verdict.findings : [];
    expect(found.map(({ metric, exactMultiple }) => [metric.name, exactMultiple])).toEqual([
      ['timers', true],
      ['instances.Zone', true],
      ['population', true],
      ['heap.used', false],
    ]);
  });
});

describe('beyond eight times the plan', () => {
  const stages = [plannedStage(DEFAULT_OPTIONS)];
  while (stages.length < 6) stages.push(nextStage(stages.at(-1)!, 'resolve', DEFAULT_OPTIONS)!);
  const growingFrom = (begin: number, times: 16 | 32 = 16) => {
    const done = stages.slice(0, times === 16 ? 5 : 6);
    const end = endOf(done.at(-1)!);
    const iterations = Array.from({ length: 129 }, (_, place) => Math.round((end * place) / 128));
    return judgeResult(
      completed(
        sampled(
          [
            [HEAP, () => 6e6],
            [TIMERS, n => 11 + Math.floor(Math.max(0, n - begin) / 40)],
          ],
          iterations,
        ),
        {},
        { stages: done },
      ),
    );
  };

  test('nothing becomes a leak that was none there', () => {
    expect(growingFrom(16_500)).toMatchObject({ outcome: 'inconclusive', metric: TIMERS });
    expect(growingFrom(16_500, 32)).toMatchObject({ outcome: 'inconclusive', metric: TIMERS });
  });

  test('what was a leak there is one', () => {
    expect(growingFrom(9000)).toMatchObject({ outcome: 'leak', findings: [{ metric: TIMERS }] });
  });
});

describe('an inconclusive trial', () => {
  test('of no samples, or of one, has too few', () => {
    const reason = { outcome: 'inconclusive', reason: 'too-few-samples' };
    expect(verdictOf([steadyHeap], [])).toMatchObject(reason);
    expect(verdictOf([steadyHeap], [0])).toMatchObject(reason);
    expect(verdictOf([steadyHeap], [0, 97, 194])).toMatchObject({ ...reason, metric: HEAP });
  });

  test('grew in what was read only early', () => {
    const verdict = verdictOf([
      steadyHeap,
      [POPULATION, iteration => (iteration < 300 ? 40_000 + iteration : undefined)],
    ]);
    expect(verdict).toMatchObject({ outcome: 'inconclusive', reason: 'too-few-samples', metric: POPULATION });
  });

  test('was still filling up', () => {
    const verdict = verdictOf([steadyHeap, [TIMERS, iteration => Math.min(iteration, 1600)]]);
    expect(verdict).toMatchObject({ outcome: 'inconclusive', reason: 'still-filling', metric: TIMERS });
  });

  test('is what bytes alone claim while the population fills up ever more slowly', () => {
    const filling = (iteration: number) => 1000 * (1 - Math.exp(-iteration / 700));
    const verdict = verdictOf([
      [HEAP, iteration => 6e6 + 100 * iteration],
      [POPULATION, census(iteration => 40_000 + Math.round(filling(iteration)))],
    ]);
    expect(verdict).toMatchObject({ outcome: 'inconclusive', reason: 'still-filling' });
  });

  test('has an interval that spans the allowance, or readings that never settled', () => {
    const input = sampled([[HEAP, iteration => 6e6 + (iteration > 1500 ? 300_000 : 0)]]);
    const options = { allowance: 32, confidence: 0.99 };
    expect(judge({ ...input, options })).toMatchObject({
      outcome: 'inconclusive',
      reason: 'interval-spans-allowance',
      metric: HEAP,
    });
    const samples = input.samples.map(sample => ({ ...sample, settled: false }));
    expect(judge({ ...input, samples, options })).toMatchObject({ reason: 'not-settled' });
  });

  test('rose by one step where its late half begins, though its interval stays within the allowance', () => {
    const step = (iteration: number) => 6e6 + (iteration > 990 ? 40_000 : 0);
    expect(verdictOf([[HEAP, step]])).toMatchObject({
      outcome: 'inconclusive',
      reason: 'rose-late',
      metric: HEAP,
    });
  });

  test('is every fault, with the estimates of its samples', () => {
    const verdict = judgeResult(faulted(sampled([[HEAP, iteration => 6e6 + 1e5 * iteration]])));
    expect(verdict).toMatchObject({
      outcome: 'inconclusive',
      reason: 'trial-faulted',
      estimates: [{ slope: 1e5 }],
    });
  });
});

test('the late half begins earlier after a longer warm-up, as a container doubles from its first iteration on', () => {
  const input = sampled([[HEAP, iteration => 6e6 + 300 * Math.min(iteration, 1000)]]);
  const options = { allowance: 32, confidence: 0.99 };
  const warmup = (iterations: number) => ({ iterations, elapsed: 1, stable: true, drift: 0 });
  expect(judge({ ...input, options, warmup: warmup(50) }).outcome).toBe('steady');
  expect(judge({ ...input, options, warmup: warmup(900) }).outcome).toBe('inconclusive');
});

test('a verdict survives JSON', () => {
  const verdict = verdictOf([steadyHeap, [TIMERS, () => 11], steadyPopulation]);
  expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
});

describe('a population that stepped up late', () => {
  const times = Array.from({ length: 22 }, (_, window) => window * 97);
  const stepped: readonly (readonly [Metric, Reading])[] = [
    [HEAP, () => 6e6],
    [POPULATION, iteration => 40_000 + (iteration > 1700 ? 200 : 0)],
  ];
  const judged = (heapTables: readonly HeapTable[]) =>
    judgeResult(completed(sampled(stepped, times), {}, { heapTables }));

  test('leaves the verdict open', () => {
    expect(judged([])).toMatchObject({ outcome: 'inconclusive', reason: 'still-filling' });
  });

  test('is steady if none of what was made before is still there', () => {
    expect(judged(snapshots(3)).outcome).toBe('steady');
  });

  test('says what would have been left then, or in place of what went', () => {
    const limits = [3, -375].map(left => judged(snapshots(left)));
    expect(limits).toMatchObject([{ limit: { objectEvery: 62 } }, { limit: { objectEvery: 3 } }]);
  });

  test('leaves it open if what was made stays', () => {
    expect(judged(snapshots(400)).outcome).toBe('inconclusive');
  });

  test('leaves it open where a snapshot that soon followed another had seen as much of what lives for a while', () => {
    const [first, second, ...late] = snapshots(400);
    const inflated = { ...second!, seen: { count: 50_500, bytes: 32 * 50_500 } };
    expect(judged([first!, inflated, ...late]).outcome).toBe('inconclusive');
  });

  function seenBy(place: number, left: number): HeapTable['seen'] {
    const count = [0, 50_000, 50_000, 50_000 + left][place] ?? 0;
    return { count, bytes: 32 * count };
  }

  /**
   * After 0, 1,067, 1,552 and 2,037 iterations; of what was made before the third, so many objects are left
   * at the end.
   */
  function snapshots(left: number): HeapTable[] {
    return [0, 1067, 1552, 2037].map((iteration, place) => ({
      iteration,
      newest: 1001 + iteration,
      classes: {},
      seen: seenBy(place, left),
    }));
  }
});

test('a run of 100 iterations may gain 4 kB over its late half, which is 82 B per iteration', () => {
  const at = Array.from({ length: 21 }, (_, window) => window * 5);
  const growing = (rate: number) =>
    judge({ ...sampled([[HEAP, n => 6e6 + rate * n]], at), options: DEFAULT_OPTIONS });
  expect(growing(75).outcome).toBe('steady');
  expect(growing(90).outcome).toBe('leak');
});

describe('native memory', () => {
  const stages = [plannedStage(DEFAULT_OPTIONS)];
  while (stages.length < 3) stages.push(nextStage(stages.at(-1)!, 'resolve', DEFAULT_OPTIONS)!);
  const verdictAfter = (
    count: number,
    native: Reading,
    { readTo = Number.POSITIVE_INFINITY, budget = DEFAULT_OPTIONS.budget } = {},
  ) => {
    const some = stages.slice(0, count);
    const at = Array.from(
      { length: 30 * count + 1 },
      (_, place) => (endOf(some.at(-1)!) * place) / (30 * count),
    );
    const readings: [Metric, Reading][] = [
      [HEAP, () => 6e6],
      [NATIVE, n => (n > readTo ? undefined : native(n))],
      [TIMERS, () => 11],
      [POPULATION, () => 40_000],
    ];
    const options = { ...DEFAULT_OPTIONS, budget };
    return judgeResult(completed(sampled(readings, at), { options }, { stages: some }));
  };
  const rising: Reading = n => 5e6 + 1500 * n;

  test('that rises evenly is a leak at four times the plan, and leaves the verdict open before', () => {
    expect(verdictAfter(1, rising)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'still-filling',
      metric: NATIVE,
    });
    expect(verdictAfter(3, rising)).toMatchObject({
      outcome: 'leak',
      mayFill: true,
      findings: [{ metric: NATIVE, estimate: { slope: 1500 } }],
    });
  });

  test('that rises by less than half a megabyte over the judged half is steady', () => {
    expect(verdictAfter(3, n => 5e6 + 100 * n)).toMatchObject({ outcome: 'steady', plateaus: [] });
  });

  test('that an allocator spreads over for a while is steady, and so is a single step', () => {
    expect(verdictAfter(3, n => 5e6 + 1500 * Math.min(n, 3000))).toMatchObject({ outcome: 'steady' });
    expect(verdictAfter(3, n => (n > 7000 ? 25e6 : 5e6))).toMatchObject({ outcome: 'steady' });
  });

  test('that rose where no longer run can follow, or until it was read no more, is steady, and the verdict says so', () => {
    const accepted = [{ metric: NATIVE, because: 'untold' }];
    expect(verdictAfter(1, rising, { budget: 0 })).toMatchObject({ outcome: 'steady', accepted });
    // As far as it was read: half a megabyte over the late half of 4,000 iterations.
    const ofReadings = [{ ...accepted[0], allowance: expect.closeTo(2 ** 20 / 4000, -1) }];
    expect(verdictAfter(3, rising, { readTo: 4000 })).toMatchObject({
      outcome: 'steady',
      accepted: ofReadings,
    });
    expect(verdictAfter(3, () => 5e6, { readTo: 4000 })).not.toHaveProperty('accepted');
  });
});
