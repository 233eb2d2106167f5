import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intern } from '../../../harness/engine/zone/intern.ts';

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      expect(intern(one + other)).toBe(one + other);
    }),
    { seed: 1 },
  );
});

test.each(['', '0', '__proto__', 'constructor', 'toString', 'host0.example.org.'])(
  '%j comes back as it was, the first time and again',
  text => {
    expect([intern(text), intern(`${text.slice(0, 1)}${text.slice(1)}`)]).toEqual([text, text]);
  },
);
