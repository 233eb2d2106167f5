import { describe, expect, test } from 'vitest';
import { expandEnvironment } from '../../../harness/engine/corefile/environment.ts';

const ENVIRONMENT = { FOO: 'bar baz', PORT: '1053', INNER: '{$PORT}', EMPTY: '', A: 'O' };

describe('expandEnvironment()', () => {
  test.each([
    ['plain', 'plain'],
    ['{$FOO}', 'bar baz'],
    ['{%FOO%}', 'bar baz'],
    ['.:{$PORT}', '.:1053'],
    ['{$PORT}{%PORT%}{$PORT}', '105310531053'],
    ['<{$UNSET}>', '<>'],
    ['<{$EMPTY}>', '<>'],
    ['{%INNER%}', '1053'],
    ['{$INNER}', '{$PORT}'],
    ['{$F{%A%}O}', 'bar baz'],
    ['{$FOO', '{$FOO'],
    ['{%FOO', '{%FOO'],
    ['{%FOO}', '{%FOO}'],
    ['{$}', '{$}'],
    ['{%%}', '{%%}'],
    ['{%}', '{%}'],
    ['{$}{$PORT}', '{$}1053'],
    ['{}', '{}'],
    ['{1}', '{1}'],
    ['{$constructor}{%__proto__%}', ''],
  ])('turns %j into %j', (text, expected) => {
    expect(expandEnvironment(text, ENVIRONMENT)).toBe(expected);
  });

  test('takes a value literally, replacement patterns and all', () => {
    expect(expandEnvironment('{$X}{%X%}', { X: '$& $1 $$' })).toBe('$& $1 $$$& $1 $$');
  });
});
