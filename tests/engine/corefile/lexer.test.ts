import { describe, expect, test } from 'vitest';
import { CorefileError } from '../../../harness/engine/corefile/error.ts';
import { lex, onSameLine } from '../../../harness/engine/corefile/lexer.ts';

describe('lex()', () => {
  test.each([
    ['nothing at all', '', []],
    ['words between any Unicode white space', 'a\tb\vc\fd\u0085e\u00a0f\u3000g\u2028h', 'abcdefgh'.split('')],
    ['one byte order mark in front, dropped', '\uFEFFa', ['a']],
    ['a second byte order mark, kept', '\uFEFF\uFEFFa', ['\uFEFFa']],
    ['carriage returns outside quotes, ignored even within a word', 'a\rb\r\nc\r\n', ['ab', 'c']],
    ['a carriage return before a quote', '\r"a b"', ['a b']],
    ['carriage returns in quotes, kept', '"a\r\nb"', ['a\r\nb']],
    ['a closing quote, which ends the word at once', '"d"e', ['d', 'e']],
    ['two quoted words side by side', '"a b""c d"', ['a b', 'c d']],
    ['quotes within a word, kept', 'a"b c"', ['a"b', 'c"']],
    ['an escaped quote', '"a\\"b"', ['a"b']],
    ['other backslashes in quotes, kept', '"a\\\\b\\n"', ['a\\\\b\\n']],
    ['an escaped backslash before the closing quote', '"a\\\\"b', ['a\\\\', 'b']],
    ['backslashes outside quotes, kept', 'a\\"b \\', ['a\\"b', '\\']],
    ['an empty quoted word', '""', ['']],
    ['a quote that is never closed', 'a "b c\nd', ['a', 'b c\nd']],
    ['a lone quote at the end', 'a "', ['a']],
    ['a lone backslash at the end of an open quote, dropped', '"a\\', ['a']],
    ['nothing but a backslash in an open quote', '"\\', []],
    ['a comment up to the end of the line', 'a # b "c\nd', ['a', 'd']],
    ['a comment right after a quoted word', '"a"#b\nc', ['a', 'c']],
    ['a number sign in quotes', '"a#b"', ['a#b']],
    ['braces, which are words only where they stand alone', '{ } {} {a} }{', ['{', '}', '{}', '{a}', '}{']],
    ['characters beyond the basic plane', '\u{1F511} \u{1F511}', ['\u{1F511}', '\u{1F511}']],
  ])('reads %s', (_what, text, words) => {
    expect(lex(text, 'Corefile').map(token => token.text)).toEqual(words);
  });

  test('notes the file and the line on which each word begins', () => {
    const tokens = lex('# one\n\na "b\n\nc" d\r\n  e', 'dir/Corefile');
    expect(tokens.map(({ text, line }) => [text, line])).toEqual([
      ['a', 3],
      ['b\n\nc', 3],
      ['d', 5],
      ['e', 6],
    ]);
    expect(new Set(tokens.map(token => token.file))).toEqual(new Set(['dir/Corefile']));
  });

  test('counts no line but at a line feed', () => {
    expect(lex('a\u2028b\u0085c\rd', 'f').map(token => token.line)).toEqual([1, 1, 1]);
  });

  test.each(['foo#bar baz qux', 'x\nfoo#', 'foo\r#bar'])('refuses a number sign inside a word: %j', text => {
    expect(() => lex(text, 'Corefile')).toThrow(CorefileError);
    expect(() => lex(text, 'Corefile')).toThrow(
      /^Corefile:[12] - Error during parsing: Unexpected '#' inside a word/,
    );
  });
});

describe('onSameLine()', () => {
  test.each([
    ['a b', true],
    ['a\nb', false],
    ['"a\na" b', true],
    ['"a\na"\nb', false],
  ])('of the two words in %j: %s', (text, expected) => {
    const [one, other] = lex(text, 'f');
    expect(onSameLine(one!, other!)).toBe(expected);
  });

  test('is never true across files', () => {
    expect(onSameLine(lex('a', 'f')[0]!, lex('a', 'g')[0]!)).toBe(false);
  });
});
