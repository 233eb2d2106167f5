import { describe, expect, test } from 'vitest';
import { type Entry, scanEntry } from '../../../harness/engine/zone/scan.ts';
import { ZoneFileError } from '../../../harness/engine/zone/zone-file-error.ts';

function entriesOf(text: string): Entry[] {
  const source = { path: 'db', text };
  const entries: Entry[] = [];
  for (let offset = 0; offset < text.length; offset = entries.at(-1)!.end)
    entries.push(scanEntry(source, offset));
  return entries;
}

const words = (text: string) => entriesOf(text).map(entry => entry.tokens.map(token => token.text));

describe('an entry', () => {
  test('is a line', () => {
    expect(words('a b\n c\t d\r\n\ne')).toEqual([['a', 'b'], ['c', 'd'], [], ['e']]);
  });

  test('goes over several lines within parentheses, comments left out', () => {
    expect(words('a ( b ; one ) (\n c\n\n) d\ne')).toEqual([['a', 'b', 'c', 'd'], ['e']]);
  });

  test('says whether it begins with white space', () => {
    expect(entriesOf('a\n b\n\tc\n').map(entry => entry.indented)).toEqual([false, true, true]);
  });

  test('keeps escapes, and keeps what is quoted together', () => {
    expect(words('a\\;b\\ c "d; (e)\\" f" ""')).toEqual([['a\\;b\\ c', 'd; (e)\\" f', '']]);
  });

  test('may have a line break in quotes', () => {
    expect(words('a "b\nc" d\ne')).toEqual([['a', 'b\nc', 'd'], ['e']]);
  });

  test('tells a quoted string that continues a word from one that stands alone', () => {
    const tokens = entriesOf('key="a"b "c" d')[0]!.tokens;
    expect(tokens.map(token => [token.text, token.quoted, token.adjacent])).toEqual([
      ['key=', false, false],
      ['a', true, true],
      ['b', false, true],
      ['c', true, false],
      ['d', false, false],
    ]);
  });
});

test.each([
  ['a ( b\n', 'db: dns: unbalanced brace: "(" at line: 1:3'],
  ['a ) b\n', 'db: dns: extra closing brace: ")" at line: 1:3'],
  ['a ( ( b\n', 'db: dns: extra opening brace: "(" at line: 1:5'],
  ['a\n"b\n', 'db: dns: unbalanced quote: "\\"" at line: 2:1'],
  ['a b\\', 'db: dns: bad escape: "\\\\" at line: 1:4'],
  ['a b\\\nc', 'db: dns: bad escape: "\\\\" at line: 1:4'],
])('%j fails', (text, message) => {
  expect(() => entriesOf(text)).toThrow(
    expect.objectContaining({ message, file: 'db', line: message.includes('line: 2') ? 2 : 1 }),
  );
});

test('endless strings of escapes end in an error, not in a stack overflow', () => {
  for (const text of [`"${'\\a'.repeat(3e6)}"`, `"${'\\a'.repeat(3e6)}`]) {
    expect(() => entriesOf(text)).toThrow(ZoneFileError);
  }
  expect(words('\\a'.repeat(1e6)).flat().join('')).toHaveLength(2e6);
});
