import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../harness/engine/corefile/duration.ts';

describe('parseDuration()', () => {
  test.each([
    ['0', 0],
    ['+0', 0],
    ['-0', 0],
    ['0s', 0],
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1500],
    ['500ms', 500],
    ['-2m', -120_000],
    ['+5s', 5000],
    ['.5s', 500],
    ['1.s', 1000],
    ['1h2m3s4ms5us6ns', 3_723_004.005006],
    ['1\u00b5s', 0.001],
    ['1\u03bcs', 0.001],
    ['0.29s', 290],
    ['1.1ms', 1.1],
    ['0.0000000019s', 0.000001],
    [`0.${'3'.repeat(400)}s`, 333.333333],
    ['1m1m', 120_000],
    ['00010s', 10_000],
    ['9223372036854775807ns', 9_223_372_036_854.775],
    ['-9223372036854775808ns', -9_223_372_036_854.775],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each([
    ['', 'numbers with units as in 1h30m are needed: ""'],
    ['foo', 'numbers with units as in 1h30m are needed: "foo"'],
    ['-', 'numbers with units as in 1h30m are needed: "-"'],
    ['.s', 'numbers with units as in 1h30m are needed: ".s"'],
    ['1..5s', 'a unit is missing, only h, m, s, ms, us and ns: "1..5s"'],
    ['10', 'a unit is missing, only h, m, s, ms, us and ns: "10"'],
    ['1h30', 'a unit is missing, only h, m, s, ms, us and ns: "1h30"'],
    ['00', 'a unit is missing, only h, m, s, ms, us and ns: "00"'],
    ['1d', 'there is no unit "d", only h, m, s, ms, us and ns: "1d"'],
    ['1 s', 'there is no unit " s", only h, m, s, ms, us and ns: "1 s"'],
    ['1S', 'there is no unit "S", only h, m, s, ms, us and ns: "1S"'],
    ['1s-2s', 'there is no unit "s-", only h, m, s, ms, us and ns: "1s-2s"'],
    [' 1s', 'numbers with units as in 1h30m are needed: " 1s"'],
  ])('refuses %j', (text, problem) => {
    expect(() => parseDuration(text)).toThrow(new SyntaxError(`Cannot parse duration, ${problem}`));
  });

  test.each([
    '9223372036854775808ns',
    '2562047h47m16.854775808s',
    '-9223372036854775809ns',
    '9'.repeat(1000).concat('h'),
  ])('refuses %s, which 64 bits cannot hold', text => {
    expect(() => parseDuration(text)).toThrow(RangeError);
  });
});

describe('formatDuration()', () => {
  test.each([
    [0, '0s'],
    [0.000001, '1ns'],
    [0.0011, '1.1µs'],
    [1.5, '1.5ms'],
    [999.999999, '999.999999ms'],
    [1000, '1s'],
    [22_500, '22.5s'],
    [60_000, '1m0s'],
    [90_000, '1m30s'],
    [3_600_000, '1h0m0s'],
    [5_400_500, '1h30m0.5s'],
    [-1500, '-1.5s'],
    [-0.0000001, '0s'],
    [100 * 3_600_000, '100h0m0s'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  test('is undone by parseDuration(), to the nanosecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), nanoseconds => {
        const milliseconds = nanoseconds / 1e6;
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

test('durations add up over their parts, whatever the order', () => {
  const part = fc
    .tuple(fc.nat(1000), fc.constantFrom('h', 'm', 's', 'ms', 'us', 'ns'))
    .map(([count, unit]) => `${count}${unit}`);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), parts => {
      const sum = parts.map(parseDuration).reduce((one, other) => one + other);
      expect(parseDuration(parts.join(''))).toBeCloseTo(sum, 5);
      expect(parseDuration(parts.toReversed().join(''))).toBe(parseDuration(parts.join('')));
    }),
    { seed: 3 },
  );
});

test('any text is a duration or refused in so many words', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.hmsun+-'.split('')) }));
  fc.assert(
    fc.property(text, candidate => {
      try {
        expect(Number.isFinite(parseDuration(candidate))).toBe(true);
      } catch (error) {
        expect((error as Error).message).toMatch(/^Cannot (parse|use) duration, /);
      }
    }),
    { seed: 4, numRuns: 3000 },
  );
});
