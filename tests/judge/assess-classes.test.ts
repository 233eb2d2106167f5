import { describe, expect, test } from 'vitest';
import { assessClasses } from '../../harness/judge/assess-classes.ts';
import { inspectionsOfClass } from '../../harness/judge/suspicion.ts';
import type { ClassCount, HeapTable } from '../../harness/model.ts';

const RULE = { allowance: 16, confidence: 0.99, warmup: 50, end: 8148 };
/** Snapshots at the begin, the middle and the end of three stages that follow the planned one. */
const TABLES = [2037, 3007, 4074, 6111, 8148, 12_000, 16_393];
const ENDS = [0, 2037, 4074, 8148, 16_393];

describe('a class', () => {
  test('of which one object is kept in a hundred iterations has grown, at that rate', () => {
    const [found] = assessed({ 'Object {path}': keeping(n => 300 + Math.floor(n / 100)) });
    expect(found).toMatchObject({ state: 'grows', metric: { name: 'class.Object {path}', kind: 'exact' } });
    expect(found?.estimate.slope).toBeCloseTo(0.01, 3);
  });

  test('that moves by a few objects has not', () => {
    expect(assessed({ string: keeping(n => 11_700 + (n % 4)) })).toEqual([]);
  });

  test('that filled up in the second stage has not', () => {
    expect(assessed({ Entry: keeping(n => Math.min(n, 3500)) })).toEqual([]);
  });

  test('whose last objects were made long before the end has not', () => {
    const strings = [14_837, 14_870, 14_882, 14_892, 14_892];
    const tables = tablesOf({ string: keeping(n => strings[TABLES.indexOf(n)] ?? 0) }).slice(0, 5);
    expect(assessClasses(tables, ENDS, { ...RULE, end: 8148 })).toEqual([]);
  });

  test('whose old objects still grow in number, while all of them have stopped to, has not', () => {
    const tables = readTables('string', {
      counts: [14_783, 14_817, 14_829, 14_839, 14_839],
      seen: [0, 14_807, 14_818, 14_830, 14_838],
    });
    expect(assessClasses(tables, ENDS, { ...RULE, end: 8148 })).toEqual([]);
  });

  test('whose objects grow older without becoming more has not', () => {
    const tables = readTables('number', {
      counts: [118, 130, 129, 132, 130],
      seen: [0, 100, 112, 120, 130],
    });
    expect(assessClasses(tables, ENDS, { ...RULE, end: 8148 })).toEqual([]);
  });

  test('of which fewer and fewer are left, and these grow older, has not', () => {
    const tables = readTables('Page', {
      counts: [980, 1000, 960, 920, 880],
      seen: [0, 500, 530, 560, 590],
    });
    expect(assessClasses(tables, ENDS, { ...RULE, end: 8148 })).toEqual([]);
  });

  test('of which many come and go beside the few that stay has grown by these', () => {
    const tables = readTables('string', {
      counts: [18_476, 18_673, 18_003, 17_974, 17_456],
      seen: [0, 13_970, 14_005, 14_038, 14_107],
    });
    const [found] = assessClasses(tables, ENDS, { ...RULE, end: 8148 });
    expect(found).toMatchObject({ state: 'grows', metric: { name: 'class.string' } });
    expect(found?.estimate.slope).toBeCloseTo(1 / 30, 3);
  });

  test('of which each snapshot happened to find fewer, unevenly, has grown by those that stay', () => {
    // Readings of one run, whose snapshots met a sawtooth ever earlier in its period.
    const at = [2037, 3091, 4074, 6151, 8148];
    const tables = readTables(
      'string',
      { counts: [16_104, 16_135, 15_744, 15_663, 14_765], seen: [0, 13_934, 13_970, 14_002, 14_072] },
      at,
    );
    const [found] = assessClasses(tables, ENDS, { ...RULE, end: 8148 });
    expect(found).toMatchObject({ state: 'grows', metric: { name: 'class.string' } });
    expect(found?.estimate.slope).toBeCloseTo(1 / 30, 3);
  });

  test.each([
    [[1000, 1000, 1000, 1000, 800]],
    [[1000, 1000, 1000, 800, 800]],
    [[2000, 1000, 1000, 800, 800]],
    [[1000, 1000, 990, 800, 790]],
  ])('that was trimmed once, %j, while the rest grows older, has not', counts => {
    const tables = readTables('Page', { counts, seen: [0, 500, 515, 545, 575] });
    expect(assessClasses(tables, ENDS, { ...RULE, end: 8148 })).toEqual([]);
  });

  test('of which the first snapshot alone found more, while the others grow older, has not', () => {
    const tables = readTables('Page', {
      counts: [2000, 1000, 1000, 1000, 1000],
      seen: [0, 500, 530, 560, 590],
    });
    expect(assessClasses(tables, ENDS, { ...RULE, end: 8148 })).toEqual([]);
  });

  test('of which the first snapshot happened to find many has grown all the same', () => {
    const at = [2037, 3091, 4074, 6151, 8148, 10_327, 12_194, 14_430, 16_296];
    const tables = readTables(
      'closure context',
      {
        counts: [1461, 1486, 1364, 1327, 1646, 1411, 1811, 1732, 1636],
        seen: [0, 975, 1007, 1037, 1100, 1160, 1226, 1283, 1350],
      },
      at,
    );
    expect(assessClasses(tables, ENDS, { ...RULE, end: 16_296 })[0]?.state).toBe('grows');
  });

  describe('of which one in 88 iterations stays beside up to 100 that live for up to 234', () => {
    // Readings of one run.
    const AT = [2037, 3091, 4074, 6151, 8148, 10_327, 12_194, 14_430, 16_296];
    const COUNTS = [424, 457, 458, 416, 432, 540, 490, 529, 577];
    const SEEN = [0, 343, 355, 366, 390, 412, 437, 458, 484];

    test('is looked at closer at four times the plan, and has grown at eight times', () => {
      const early = readTables('Object', { counts: COUNTS.slice(0, 5), seen: SEEN.slice(0, 5) }, AT);
      const [doubtful] = assessClasses(early, ENDS, { ...RULE, end: 8148 });
      expect(doubtful).toMatchObject({ state: 'flat', mayBearOut: true });
      expect(doubtful && inspectionsOfClass(doubtful)).toBe(3);
      const late = readTables('Object', { counts: COUNTS, seen: SEEN }, AT);
      const [found] = assessClasses(late, ENDS, { ...RULE, end: 16_296 });
      expect(found).toMatchObject({ state: 'grows' });
      expect(found?.mayBearOut).toBeUndefined();
    });

    test('is beyond doubt where all of them hardly swing', () => {
      const calm = readTables('Object', { counts: [424, 457, 458, 450, 452], seen: SEEN.slice(0, 5) }, AT);
      expect(assessClasses(calm, ENDS, { ...RULE, end: 8148 })).toEqual([]);
    });
  });

  test('that rises once by chance has not', () => {
    expect(assessed({ Entry: keeping(n => (n > 8148 ? 1000 : 200)) })).toEqual([]);
  });

  test('of which more and more are in use, but none for long, has not', () => {
    const inUse = (n: number) => 300 + Math.round(0.006 * n + 4 * Math.sin(n));
    expect(assessed({ Timeout: n => turnedOver(inUse(n)) })).toEqual([]);
  });

  test('of which one in ten is kept has grown, though batches of others came and went so that it never seemed to fall', () => {
    // Readings of one run, in which every other snapshot met a fuller batch.
    const at = [2037, 3091, 4074, 6151, 8148];
    const tables = readTables(
      'Row',
      { counts: [400, 554, 637, 689, 886], seen: [0, 254, 360, 458, 666] },
      at,
    );
    const [found] = assessClasses(tables, ENDS, { ...RULE, end: 8148 });
    expect(found).toMatchObject({ state: 'grows', metric: { name: 'class.Row' } });
    expect(found?.estimate.slope).toBeCloseTo(0.1, 3);
  });

  test('that is copied as a whole time and again, and grows evenly, has grown', () => {
    const [found] = assessed({ 'Object {path}': n => turnedOver(300 + Math.floor(n / 50)) });
    expect(found?.estimate.slope).toBeCloseTo(0.02, 3);
  });

  test('that fills up beneath what comes and goes has grown, at the rate of what stays', () => {
    const stays = keeping(n => 300 + Math.floor(n / 50));
    const [found] = assessed({
      Timeout: (n, earlier) => {
        const { count, seen } = stays(n, earlier);
        const going = Math.round(200 * Math.abs(Math.sin(n)));
        return sized(count + going, seen);
      },
    });
    expect(found?.estimate.slope).toBeCloseTo(0.02, 3);
  });

  test.each([3, 4])('that has been counted %i times is only said to have grown', times => {
    const tables = tablesOf({ Entry: keeping(n => n) }).slice(0, times);
    const end = tables.at(-1)?.iteration ?? 0;
    expect(assessClasses(tables, ENDS, { ...RULE, end })[0]?.state).toBe('unread');
  });

  test('of functions that are called store is counted, as any other', () => {
    const [found] = assessed({ 'function store': keeping(n => n) });
    expect(found).toMatchObject({ state: 'grows', metric: { unit: 'function store' } });
  });
});

test('the fastest growing class comes first', () => {
  const classes = Object.fromEntries(
    Array.from({ length: 20 }, (_, nth) => [`Class${nth}`, keeping(n => n * (nth + 1))]),
  );
  const found = assessed(classes);
  expect(found).toHaveLength(20);
  expect(found[0]?.metric.name).toBe('class.Class19');
});

/** What a snapshot holds of a class, given the iterations of those before it. */
type Growth = (iteration: number, earlier: readonly number[]) => ClassCount;

function assessed(classes: { readonly [name: string]: Growth }) {
  return assessClasses(tablesOf(classes), ENDS, { ...RULE, end: 16_393 });
}

function tablesOf(classes: { readonly [name: string]: Growth }): HeapTable[] {
  return TABLES.map((iteration, place) => ({
    iteration,
    newest: iteration,
    seen: { count: 0, bytes: 0 },
    classes: Object.fromEntries(
      Object.entries(classes).map(([name, growth]) => [name, growth(iteration, TABLES.slice(0, place))]),
    ),
  }));
}

/** Objects that are kept for good. */
function keeping(count: (iteration: number) => number): Growth {
  return (iteration, earlier) => {
    const before = earlier.at(-1);
    return sized(count(iteration), before === undefined ? 0 : count(before));
  };
}

/** Of one class, how many each snapshot counted, and how many of them an earlier one had seen. */
function readTables(
  name: string,
  { counts, seen }: { readonly counts: readonly number[]; readonly seen: readonly number[] },
  at: readonly number[] = TABLES,
): HeapTable[] {
  return counts.map((count, place) => ({
    iteration: at[place] ?? 0,
    newest: 0,
    seen: { count: 0, bytes: 0 },
    classes: { [name]: sized(count, seen[place] ?? 0) },
  }));
}

/** Objects none of which an earlier snapshot has seen. */
function turnedOver(count: number): ClassCount {
  return sized(count, 0);
}

function sized(count: number, seen: number): ClassCount {
  return { count, bytes: count * 32, seen };
}
