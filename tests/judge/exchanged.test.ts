import { describe, expect, test } from 'vitest';
import { assessClasses } from '../../harness/judge/assess-classes.ts';
import { compareGrowths } from '../../harness/judge/compare-growths.ts';
import { exchanged } from '../../harness/judge/exchanged.ts';
import type { Growth, HeapTable } from '../../harness/model.ts';
import { classMetric } from '../../harness/model.ts';
import { baseEntry } from '../support/judge-input.ts';

const RULE = { allowance: 16, confidence: 0.99, warmup: 50, end: 2037 };
const PLACES = [0, 400, 800, 1200, 1600, 2037];

/** What grows in place of what a base has, given objects per iteration of each class. */
function inPlaceOf(
  base: { readonly [name: string]: number },
  now: { readonly [name: string]: number },
  snapshots = PLACES.length,
): string | undefined {
  const classes = assessClasses(tables(now).slice(-snapshots), [0, 2037], RULE);
  const growths = classes.map(({ metric, estimate: { slope, low, high } }) => ({ metric, slope, low, high }));
  const known = baseEntry(
    'leak',
    Object.entries(base).map(([name, slope]) => growth(name, slope)),
  );
  return exchanged(classes, compareGrowths(growths, known.growths, RULE), known)?.metric.name;
}

describe('a class that the base lacks', () => {
  test('grows in place of one that no longer does, or does so less', () => {
    expect(inPlaceOf({ Entry: 1 }, { Session: 1 })).toBe('class.Session');
    expect(inPlaceOf({ Entry: 1 }, { Entry: 0.5, Session: 0.5 })).toBe('class.Session');
    expect(inPlaceOf({ Entry: 1 }, { B: 1 })).toBe('class.B');
  });

  test('is, of several, the one whose name tells most', () => {
    expect(inPlaceOf({ Entry: 1 }, { number: 2, string: 1, Session: 0.6 })).toBe('class.Session');
    expect(inPlaceOf({ Entry: 1 }, { number: 2, Session: 0.1 })).toBe('class.number');
  });

  test('grows in its place also in three snapshots, too few to judge it', () => {
    expect(inPlaceOf({ Entry: 1 }, { Session: 1 }, 3)).toBe('class.Session');
  });

  test('is no news where what the base has grows as it did', () => {
    expect(inPlaceOf({ Entry: 1 }, { Entry: 1, Session: 1 })).toBeUndefined();
  });

  test('is none where it makes up for little, or what is gone was little', () => {
    expect(inPlaceOf({ Entry: 1 }, { Entry: 0.5, Session: 0.1 })).toBeUndefined();
    expect(inPlaceOf({ Entry: 1, string: 0.1 }, { Entry: 1, Session: 0.1 })).toBeUndefined();
  });

  test('may be one that the base did not keep, where it has as many as it keeps', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`Entry${place}`, 1]));
    expect(inPlaceOf(many, { Session: 1 })).toBeUndefined();
  });
});

function tables(rates: { readonly [name: string]: number }): HeapTable[] {
  return PLACES.map((iteration, place) => {
    const countOf = (rate: number) => Math.floor(rate * iteration);
    const seenBy = place === 0 ? 0 : (PLACES[place - 1] ?? 0);
    const classes = Object.entries(rates).map(([name, rate]) => [
      name,
      { count: countOf(rate), bytes: 24 * countOf(rate), seen: Math.floor(rate * seenBy) },
    ]);
    return { iteration, newest: 0, classes: Object.fromEntries(classes), seen: { count: 0, bytes: 0 } };
  });
}

function growth(name: string, slope: number): Growth {
  return { metric: classMetric(name, name), slope, low: slope - 0.01, high: slope + 0.01 };
}
