import { describe, expect, test } from 'vitest';
import { listsMore } from '../../../scripts/detectors/active-resources.ts';
import { grewByOneMegabyte, grewByTenPercent } from '../../../scripts/detectors/heap-growth.ts';
import { whatIsHeld } from '../../../scripts/detectors/jest-leak-detector.ts';
import { grewInARow } from '../../../scripts/detectors/leakage.ts';
import { listsShapes } from '../../../scripts/detectors/memlab.ts';
import { hasGrowingClass } from '../../../scripts/detectors/memwatch-heap-diff.ts';
import { grewFiveTimes } from '../../../scripts/detectors/memwatch-leak.ts';
import { trendOf } from '../../../scripts/detectors/next-leak.ts';
import { grewByTenMegabytes } from '../../../scripts/detectors/rss-growth.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('heap thresholds', () => {
  test('call more than 10 % a leak, and 10 % none', () => {
    expect(grewByTenPercent([10 * MIB, 11 * MIB + 1])).toEqual({
      verdict: 'leak',
      evidence: 'heap 10.5 MB, +10 %',
    });
    expect(grewByTenPercent([10 * MIB, 11 * MIB]).verdict).toBe('clean');
    expect(grewByTenPercent([10 * MIB, 5 * MIB])).toEqual({
      verdict: 'clean',
      evidence: 'heap 10.5 MB, -50 %',
    });
  });

  test('call more than 1 MiB a leak, whatever the heap was before', () => {
    expect(grewByOneMegabyte([100 * MIB, 101 * MIB + 1]).verdict).toBe('leak');
    expect(grewByOneMegabyte([4 * MIB, 5 * MIB]).verdict).toBe('clean');
  });

  test('allow resident memory the 5 MB by which clean runs grow', () => {
    expect(grewByTenMegabytes([50 * MIB, 55 * MIB]).verdict).toBe('clean');
    expect(grewByTenMegabytes([50 * MIB, 61 * MIB])).toEqual({ verdict: 'leak', evidence: 'RSS +11.5 MB' });
  });
});

describe('active resources', () => {
  test('are a leak when one type has more than before, named with how many', () => {
    const judged = listsMore([
      ['Timeout', 'TCPSocketWrap'],
      ['Timeout', 'Timeout', 'Timeout'],
    ]);
    expect(judged).toEqual({ verdict: 'leak', evidence: 'Timeout +2' });
  });

  test('are clean when types only went away', () => {
    expect(listsMore([['Timeout', 'Timeout'], ['Timeout']]).verdict).toBe('clean');
  });
});

describe("memwatch's leak event", () => {
  test('comes after five growths in a row, the first collection counting as one', () => {
    expect(grewFiveTimes([100, 101, 102, 103, 104])).toMatchObject({ verdict: 'leak' });
    expect(grewFiveTimes([100, 101, 102, 103])).toMatchObject({ verdict: 'clean' });
  });

  test('does not come when every second collection shrinks a little, as after memwatch.gc()', () => {
    const doubled = [100, 99, 200, 199, 300, 299, 400, 399, 500, 499, 600, 599];
    expect(grewFiveTimes(doubled)).toEqual({
      verdict: 'clean',
      evidence: 'heap +499 B, grew over 1 collection in a row',
    });
  });
});

describe("memwatch's heap diff", () => {
  test('is a leak when a class grows with the iterations, largest first', () => {
    const classes = [
      { name: 'Timeout', net: 200 },
      { name: 'Entry', net: 1_800 },
      { name: 'Array', net: 4_000 },
    ];
    expect(hasGrowingClass(classes, 2_000)).toEqual({
      verdict: 'leak',
      evidence: 'Array +4,000, Entry +1,800',
    });
  });

  test('is clean when classes grow by less than nine in ten iterations', () => {
    expect(hasGrowingClass([{ name: 'Timeout', net: 1_799 }], 2_000).verdict).toBe('clean');
  });
});

describe("jest's leak detector", () => {
  test('is unclear where there is no object to watch', () => {
    expect(whatIsHeld(0, []).verdict).toBe('unclear');
  });

  test('names what is still held', () => {
    expect(whatIsHeld(2, ['the session'])).toEqual({ verdict: 'leak', evidence: 'the session still held' });
    expect(whatIsHeld(2, []).verdict).toBe('clean');
  });
});

describe("memlab's unbound shapes", () => {
  test('are shown with their counts and without colours', () => {
    const shapes = [{ shape: '\u001b[31mEntry\u001b[39m', counts: [200, 1200, 2200] }];
    expect(listsShapes(shapes)).toEqual({ verdict: 'leak', evidence: 'Entry 200 > 1200 > 2200' });
    expect(listsShapes([]).verdict).toBe('clean');
  });
});

describe("leakage's rule", () => {
  const series = (...growths: number[]) => {
    let heap = 10 * MIB;
    return [heap, ...growths.map(growth => (heap += growth * KIB))];
  };

  test('wants more than four of six blocks in a row above 5 KiB', () => {
    expect(grewInARow(series(6, 6, 6, 6, 6, 0)).verdict).toBe('leak');
    expect(grewInARow(series(6, 6, 6, 6, 0, 6)).verdict).toBe('clean');
  });

  test('does not see 4 KiB per block', () => {
    expect(grewInARow(series(4, 4, 4, 4, 4, 4)).verdict).toBe('clean');
  });
});

describe("next-leak's rule", () => {
  const series = (...growths: number[]) => {
    let heap = 10 * MIB;
    return [heap, ...growths.map(growth => (heap += growth * KIB))];
  };

  test('leaves the first cycle out', () => {
    expect(trendOf(series(9_000, 0, 0, 0)).verdict).toBe('clean');
  });

  test('calls growth of 256 KiB in every cycle a leak, and a little less clean', () => {
    expect(trendOf(series(0, 256, 256, 256)).verdict).toBe('leak');
    expect(trendOf(series(0, 255, 255, 255)).verdict).toBe('clean');
  });

  test('sees a leak that pauses and gives nothing back', () => {
    expect(trendOf(series(0, 600, 0, 600)).verdict).toBe('leak');
  });

  test('acquits a series that gives back what it took', () => {
    expect(trendOf(series(0, 2_000, -1_000, 2_000)).verdict).toBe('clean');
  });

  test('cannot tell when one large cycle carries the mean and none is flat', () => {
    expect(trendOf(series(0, 900, 10, 10)).verdict).toBe('unclear');
  });
});
