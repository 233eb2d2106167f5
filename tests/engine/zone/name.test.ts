import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absoluteName,
  compareNames,
  InvalidNameError,
  isSubdomain,
  labelsOf,
  labelsToName,
  nameToWire,
  parentOf,
} from '../../../harness/engine/zone/name.ts';

const label = fc.uint8Array({ minLength: 1, maxLength: 12, size: 'max' }).map(octets => Buffer.from(octets));
const labels = fc.array(label, { maxLength: 8 });

describe('an absolute name', () => {
  test.each([
    ['@', 'example.org.', 'example.org.'],
    ['www', 'example.org.', 'www.example.org.'],
    ['www', '.', 'www.'],
    ['.', 'example.org.', '.'],
    ['WWW.Example.COM.', 'example.org.', 'www.example.com.'],
    ['*', 'example.org.', '*.example.org.'],
    ['_sip._udp', 'example.org.', '_sip._udp.example.org.'],
    ['a\\.b', 'example.org.', 'a\\.b.example.org.'],
    ['a\\.', 'example.org.', 'a\\..example.org.'],
    ['a\\\\.b', '.', 'a\\\\.b.'],
    ['\\065\\b', '.', 'ab.'],
    ['\\046', '.', '\\..'],
    ['a\\ b', '.', 'a\\032b.'],
    ['\\@', '.', '\\064.'],
    ['é.', '.', '\\195\\169.'],
    ['a', 'x\\.y.', 'a.x\\.y.'],
  ])('%s under %s is %s', (text, origin, name) => {
    expect(absoluteName(text, origin)).toBe(name);
  });

  test.each([
    ['', 'an empty text'],
    ['a..b', 'an empty label'],
    ['.a', 'an empty label in front'],
    ['a..', 'an empty label at the end'],
    ['..', 'nothing but dots'],
    ['a\\', 'an escape of nothing'],
    ['\\25', 'a short escape'],
    ['\\256', 'an octet above 255'],
    ['\\1a', 'an escape that is no number'],
    ['a'.repeat(64), 'a label of 64 octets'],
    [`${'a'.repeat(60)}.`.repeat(4).slice(0, -1), 'a name of 257 octets with its origin'],
  ])('%s is refused: %s', text => {
    expect(() => absoluteName(text, 'example.org.')).toThrow(InvalidNameError);
  });

  test('may have 63 octets in a label and 255 in all, and no more', () => {
    const full = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}.`;
    expect(absoluteName(full, '.')).toBe(full);
    expect(nameToWire(full)).toHaveLength(255);
    expect(() => absoluteName(`a${full.slice(0, -1)}`, '.')).toThrow(InvalidNameError);
    expect(() => absoluteName(full.replace('d.', 'dd.'), '.')).toThrow(InvalidNameError);
    expect(absoluteName('\\097'.repeat(63), '.')).toBe(`${'a'.repeat(63)}.`);
    expect(() => absoluteName('\\097'.repeat(64), '.')).toThrow(InvalidNameError);
  });
});

test('labels of any octets survive the way to a name, to wire form and back', () => {
  fc.assert(
    fc.property(labels, octets => {
      const name = labelsToName(octets);
      const lower = octets.map(one =>
        Buffer.from(one.map(octet => (octet >= 65 && octet <= 90 ? octet + 32 : octet))),
      );
      expect(absoluteName(name, 'elsewhere.')).toBe(name);
      expect(labelsOf(name)).toHaveLength(octets.length);
      const wire = Buffer.concat([...lower.flatMap(one => [Buffer.of(one.length), one]), Buffer.of(0)]);
      expect(nameToWire(name)).toEqual(wire);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('parents go up label by label to the root and stay there', () => {
  fc.assert(
    fc.property(labels, octets => {
      let name = labelsToName(octets);
      for (let rest = octets; rest.length > 0; rest = rest.slice(1)) {
        const parent = parentOf(name);
        expect(parent).toBe(labelsToName(rest.slice(1)));
        expect(isSubdomain(name, parent)).toBe(true);
        expect(isSubdomain(parent, name)).toBe(false);
        name = parent;
      }
      expect(name).toBe('.');
      expect(parentOf('.')).toBe('.');
    }),
    { seed: 2, numRuns: 200 },
  );
});

test.each([
  ['example.org.', 'example.org.', true],
  ['a.example.org.', 'example.org.', true],
  ['aexample.org.', 'example.org.', false],
  ['a\\.example.org.', 'example.org.', false],
  ['a\\\\.example.org.', 'example.org.', true],
  ['b.a\\.example.org.', 'a\\.example.org.', true],
  ['org.', 'example.org.', false],
  ['example.org.', '.', true],
  ['.', '.', true],
])('%s below %s: %s', (name, parent, expected) => {
  expect(isSubdomain(name, parent)).toBe(expected);
});

test('names sort as in the example of RFC 4034 section 6.1', () => {
  const sorted = [
    'example.',
    'a.example.',
    'yljkjljk.a.example.',
    'z.a.example.',
    'zabc.a.example.',
    'z.example.',
  ];
  const withOctets = [...sorted, '\\001.z.example.', '*.z.example.', '\\200.z.example.'];
  expect([...withOctets].reverse().sort(compareNames)).toEqual(withOctets);
  expect(compareNames('a.example.', 'a.example.')).toBe(0);
});
