import { describe, expect, test } from 'vitest';
import { assessClasses } from '../../harness/judge/assess-classes.ts';
import { flatInBase } from '../../harness/judge/flat-in-base.ts';
import { classMetric, type HeapTable } from '../../harness/model.ts';
import { baseEntry } from '../support/judge-input.ts';

const RULE = { allowance: 16, confidence: 0.99, warmup: 50, end: 8148 };
const PLACES = [2037, 3091, 4074, 5107, 6111, 8148];

/** Objects per iteration of each class, after a hundred of each. */
type Rates = { readonly [name: string]: number };

/** Which classes of `now` are told to be flat in a base, given what its trials kept of each. */
function flat(now: Rates, ...base: readonly (readonly HeapTable[])[]): string[] {
  const classes = assessClasses(tables(now), [0, 2037, 2037, 4074, 4074, 8148], RULE);
  const kept = { metric: classMetric('Entry', 'Entry'), slope: 4, low: 3.9, high: 4.1 };
  const entry = { ...baseEntry('leak', [kept]), heapTables: base };
  return flatInBase(classes, tables(now), entry, RULE).map(({ metric }) => metric.name);
}

describe('a class that grows beside those of a leaking base', () => {
  test('is flat in the base if snapshots there held no more at the end', () => {
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, tables({ Entry: 4 }))).toEqual(['class.Ticket']);
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, tables({ Entry: 4, Ticket: 0 }))).toEqual(['class.Ticket']);
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, tables({ Entry: 4, Ticket: 1 / 60 }))).toEqual([]);
  });

  test('has bounds there that leave room for what comes and goes', () => {
    const classes = assessClasses(tables({ Ticket: 1 / 60 }), [0, 2037, 2037, 4074, 4074, 8148], RULE);
    const entry = { ...baseEntry('leak', []), heapTables: [tables({ Ticket: 0 })] };
    const [growth] = flatInBase(classes, tables({ Ticket: 1 / 60 }), entry, RULE);
    expect(growth?.slope).toBe(0);
    expect(growth?.high).toBeCloseTo(8 / (8148 - 2037), 9);
  });

  test('is not told of where the base has it already, or saved no snapshots, or too few', () => {
    expect(flat({ Entry: 4 }, tables({ Entry: 0 }))).toEqual([]);
    expect(flat({ Entry: 4, Ticket: 1 / 60 })).toEqual([]);
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, [])).toEqual([]);
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, tables({ Entry: 4 }).slice(0, 5))).toEqual([]);
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, tables({ Entry: 4 }).slice(1))).toEqual([]);
  });

  test('has to be flat in every trial of the base', () => {
    expect(flat({ Ticket: 1 / 60 }, tables({}), tables({ Ticket: 0 }))).toEqual(['class.Ticket']);
    expect(flat({ Ticket: 1 / 60 }, tables({}), tables({ Ticket: 1 / 60 }))).toEqual([]);
  });

  test('may be another of the base by another name, where that one is kept less often', () => {
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, tables({ Entry: 4, Receipt: 1 / 60 }))).toEqual([]);
    expect(flat({ Entry: 3.98, Ticket: 0.02 }, tables({ Entry: 4 }))).toEqual([]);
    expect(flat({ Entry: 4, Ticket: 1 / 60 }, tables({ Entry: 4, Receipt: 1 / 240 }))).toEqual([
      'class.Ticket',
    ]);
  });

  test('may be several of the base that have become one', () => {
    const parts = { A: 1 / 90, B: 1 / 90, C: 1 / 90 };
    expect(flat({ Entry: 4, Ticket: 1 / 30 }, tables({ Entry: 4, ...parts }))).toEqual([]);
  });

  test('is one of objects: texts, numbers and stores may differ between builds that keep the same', () => {
    const now = { string: 1, number: 1, 'array store': 1, Ticket: 1 };
    expect(flat(now, tables({}))).toEqual(['class.Ticket']);
    expect(flat({ Ticket: 1 }, tables({ 'array store': 1 }))).toEqual(['class.Ticket']);
  });

  test('may be what was a text, unless texts are so many that fewer are chance', () => {
    expect(flat({ Ticket: 1 / 60 }, tables({ string: 1 / 60 }))).toEqual([]);
    expect(flat({ string: 12, Ticket: 1 / 60 }, tables({ string: 12 + 1 / 60 }))).toEqual(['class.Ticket']);
  });

  test('was not flat in a base where it rose and fell, or where old ones became more', () => {
    const swinging = [100, 160, 220, 280, 340, 100].map(count => ({ count, seen: 90 }));
    expect(flat({ Ticket: 1 / 17 }, tablesOf({ Ticket: swinging }))).toEqual([]);
    const ageing = [560, 562, 560, 561, 562, 560].map((count, place) => ({ count, seen: 20 * place }));
    expect(flat({ Ticket: 1 / 17 }, tablesOf({ Ticket: ageing }))).toEqual([]);
    const quiet = [560, 562, 560, 561, 562, 560].map(count => ({ count, seen: 540 }));
    expect(flat({ Ticket: 1 / 17 }, tablesOf({ Ticket: quiet }))).toEqual(['class.Ticket']);
  });

  test('has to grow faster for certain: by a few objects two runs may differ', () => {
    expect(flat({ Ticket: 18 / 6111 }, tables({}))).toEqual([]);
    expect(flat({ Ticket: 40 / 6111 }, tables({}))).toEqual(['class.Ticket']);
  });

  test('lies between the bounds of all trials of the base', () => {
    const classes = assessClasses(tables({ Ticket: 1 / 60 }), [0, 2037, 2037, 4074, 4074, 8148], RULE);
    const of = (...heapTables: readonly (readonly HeapTable[])[]) =>
      flatInBase(classes, tables({ Ticket: 1 / 60 }), { ...baseEntry('leak', []), heapTables }, RULE)[0];
    const risen = tablesOf({ Ticket: [100, 100, 101, 102, 103, 104].map(count => ({ count, seen: 99 })) });
    expect(of(risen, tables({}))).toEqual(of(tables({}), risen));
    expect(of(risen, tables({}))?.high).toBeGreaterThan(of(tables({}))?.high ?? 1);
  });
});

/** Of each class what was counted at each place. */
function tablesOf(counts: {
  readonly [name: string]: readonly { readonly count: number; readonly seen: number }[];
}): HeapTable[] {
  return PLACES.map((iteration, place) => {
    const classes = Object.entries(counts).map(([name, known]) => {
      const { count = 0, seen = 0 } = known[place] ?? {};
      return [name, { count, bytes: 24 * count, seen: place === 0 ? 0 : seen }] as const;
    });
    return { iteration, newest: 0, classes: Object.fromEntries(classes), seen: { count: 0, bytes: 0 } };
  });
}

function tables(rates: Rates): HeapTable[] {
  return PLACES.map((iteration, place) => {
    const countOf = (rate: number, at: number) => 100 + Math.floor(rate * at);
    const before = PLACES[place - 1];
    const classes = Object.entries(rates).map(([name, rate]) => {
      const count = countOf(rate, iteration);
      return [
        name,
        { count, bytes: 24 * count, seen: before === undefined ? 0 : countOf(rate, before) },
      ] as const;
    });
    return { iteration, newest: 0, classes: Object.fromEntries(classes), seen: { count: 0, bytes: 0 } };
  });
}
