import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatByteInterval,
  formatByteRate,
  formatBytes,
  formatCount,
  formatCountRate,
  formatCountRateShort,
  formatDuration,
  formatEvery,
  formatNumber,
  formatRatio,
  formatShare,
  formatSigned,
  formatSignedBytes,
  plural,
  singular,
} from '../../reports/format.ts';

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [1.2, '1.2 B'],
    [-0.04, '0 B'],
    [999, '999 B'],
    [999.6, '1 kB'],
    [231_012, '231 kB'],
    [12_340, '12.3 kB'],
    [999_700, '1 MB'],
    [470_612_000, '471 MB'],
    [-4_200_000, '-4.2 MB'],
    [3e9, '3 GB'],
    [Number.POSITIVE_INFINITY, 'Infinity GB'],
  ])('%d is written %s', (value, text) => expect(formatBytes(value)).toBe(text));

  test('growth has a plus sign, no growth has none', () => {
    expect([120_000, 0, -3, 0.02].map(formatSignedBytes)).toEqual(['+120 kB', '0 B', '-3 B', '0 B']);
  });

  test('an interval is written in the unit of its value', () => {
    expect(formatByteRate(231_012, 228_104, 233_190, 'reload')).toBe('+231 kB/reload [228, 233]');
    expect(formatByteRate(1.2, -0.4, 2.9, 'reload')).toBe('+1.2 B/reload [-0.4, 2.9]');
    expect(formatByteInterval(231_012, 228_104, 233_190)).toBe('+231 kB [228, 233]');
  });

  test('no size is written with more than three digits before the point', () => {
    const sizes = fc.double({ min: -9e11, max: 9e11, noNaN: true });
    fc.assert(
      fc.property(sizes, value => /^-?\d{1,3}(\.\d)? (B|kB|MB|GB)$/.test(formatBytes(value))),
      { seed: 5 },
    );
  });
});

describe('counts', () => {
  test.each([
    [10, 'timers', '+10 timers/reload'],
    [1, 'timers', '+1 timer/reload'],
    [2310, 'objects', '+2,310 objects/reload'],
    [0.025, 'timers', '+1 timer per 40 reloads'],
    [0.5, 'child processes', '+1 child process per 2 reloads'],
    [0.999, 'timers', '+1 timer/reload'],
    [1.02, 'strings', '+1 string/reload'],
    [0.8, 'strings', '+0.8 strings/reload'],
    [0.65, 'strings', '+0.65 strings/reload'],
    [0.4, 'strings', '+0.4 strings/reload'],
    [0.33, 'strings', '+1 string per 3 reloads'],
    [10, 'Zone', '+10 Zone/reload'],
    [0.1, 'Zones', '+1 Zones per 10 reloads'],
    [-2, 'timers', '-2 timers/reload'],
  ])('%d %s a reload is written %s', (slope, noun, text) => {
    expect(formatCountRate(slope, noun, 'reload')).toBe(text);
  });

  test('a name that ends in s is no plural', () => {
    expect(formatCountRate(1, 'module.exports', 'reload', 'module.exports')).toBe('+1 module.exports/reload');
  });

  test('a table cell needs no noun', () => {
    expect([10, 0.8, 1 / 700, 0, -0.2].map(formatCountRateShort)).toEqual([
      '+10',
      '+0.8',
      '+1 per 700',
      '0',
      '-0.2',
    ]);
  });

  test('a number takes its noun in the right form', () => {
    expect([formatCount(1, 'reload'), formatCount(2037, 'reload'), formatCount(0, 'query')]).toEqual([
      '1 reload',
      '2,037 reloads',
      '0 queries',
    ]);
  });

  test('once per iteration needs no number', () => {
    expect([formatEvery(1, 'reload'), formatEvery(0.2, 'reload'), formatEvery(80.4, 'reload')]).toEqual([
      'per reload',
      'per reload',
      'per 80 reloads',
    ]);
  });

  test('small shares keep two significant digits and large numbers lose their decimals', () => {
    expect([0.0251, 12.34, 1234.5, 0, -0.5].map(formatNumber)).toEqual([
      '0.025',
      '12.3',
      '1,235',
      '0',
      '-0.5',
    ]);
    expect([0.0251, -1, 0].map(formatSigned)).toEqual(['+0.025', '-1', '0']);
  });
});

describe('times and shares', () => {
  test.each([
    [0, '0 ms'],
    [0.0000412, '41.2 ns'],
    [0.000_999_4, '999 ns'],
    [0.000_999_6, '1 µs'],
    [0.0412, '41.2 µs'],
    [0.9994, '999 µs'],
    [0.9996, '1 ms'],
    [812, '812 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [3420, '3.4 s'],
    [59_990, '1 min'],
    [125_000, '2 min 5 s'],
  ])('%d ms is written %s', (value, text) => expect(formatDuration(value)).toBe(text));

  test('shares are whole percents and ratios keep two decimals while they are small', () => {
    expect([formatShare(0.2312), formatRatio(1.038), formatRatio(12.34), formatRatio(123.4)]).toEqual([
      '23 %',
      '1.04x',
      '12.3x',
      '123x',
    ]);
  });
});

test('nouns find their way from singular to plural and back', () => {
  for (const noun of ['reload', 'query', 'process', 'timer', 'socket', 'batch', 'key']) {
    expect(singular(plural(noun))).toBe(noun);
  }
});
