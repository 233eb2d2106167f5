import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, padEnd, padStart, truncate, wrap } from '../../reports/wrap.ts';

test('breaks between words and indents what follows', () => {
  expect(wrap('one two three four', 9, 2)).toBe('one two\n  three\n  four');
});

test('keeps the indent of the first line', () => expect(wrap('    one two', 8, 4)).toBe('    one\n    two'));

test('keeps a number with its unit and an interval in one piece', () => {
  expect(wrap('grew by 41 bytes', 12, 0)).toBe('grew by\n41 bytes');
  expect(wrap('heap grew [1.2, 3]', 15, 0)).toBe('heap grew\n[1.2, 3]');
});

test('does not count colours', () =>
  expect(wrap('\u001b[31mone\u001b[39m two', 7, 0)).toBe('\u001b[31mone\u001b[39m two'));

test('wide characters take two columns and joined emoji one character', () => {
  expect([columnsOf('abc'), columnsOf('漢字'), columnsOf('👩‍💻')]).toEqual([3, 4, 2]);
});

test('pads and truncates by columns', () => {
  expect([
    padEnd('漢', 4),
    padStart('ab', 4),
    truncate('abcdefgh', 6),
    truncate('漢字漢字', 6),
    truncate('abc', 3),
  ]).toEqual(['漢  ', '  ab', 'abc...', '漢...', 'abc']);
});

test('no word is lost and no line is too wide unless it is one piece', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 60 }), (list, width) => {
      const lines = wrap(list.join(' '), width, 2).split('\n');
      expect(lines.flatMap(line => line.trim().split(' '))).toEqual(list);
      expect(lines.every(line => line.length <= width)).toBe(true);
    }),
    { seed: 3 },
  );
});
