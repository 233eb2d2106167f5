import { describe, expect, test } from 'vitest';
import { functionOf, untilClosed } from '../../../harness/evidence/heap/function-text.ts';

describe('the text of a function after the bracket of its parameters', () => {
  test.each<[what: string, text: string, parameters: string[], body: string]>([
    ['a method', 'table, key) { table.set(key, {}); } other() {}', ['table', 'key'], ' table.set(key, {}); '],
    [
      'one with types',
      'table: Map<string, Row[]>, key: string): Row {\nget();\n}',
      ['table', 'key'],
      '\nget();\n',
    ],
    [
      'an arrow function',
      'list, row) => {\nlist.push(row);\n};\nlater();',
      ['list', 'row'],
      '\nlist.push(row);\n',
    ],
    ['an expression', 'list, row) =>\n list.push(row);\none;\ntwo;', ['list', 'row'], 'list.push(row)'],
    [
      'an expression without a sign at its end',
      'list, row) => list\n  .filter(one => one !== row)\nconst put = (list, row) => list.push(row)',
      ['list', 'row'],
      'list\n  .filter(one => one !== row)',
    ],
    [
      'one with a function among its types',
      'make: (key: K) => V, table: Map<K, V>) { }',
      ['make', 'table'],
      ' ',
    ],
    ['one with a default', 'n, list = all(1, 2)) { }', ['n', 'list'], ' '],
    ['one without a name of its own', '{ list }, [row], last) { }', ['', '', 'last'], ' '],
    ['one that is cut off', 'list) { list.push(', ['list'], ' list.push('],
  ])('%s', (_, text, parameters, body) => {
    expect(functionOf(text)).toEqual({ parameters, body });
  });

  test.each(['table, key);', 'table, key).push(1); {', 'table, key) + { a: 1 };', 'table, (key'])(
    'is none where it is called: %s',
    text => {
      expect(functionOf(text)).toBeUndefined();
    },
  );
});

test('a block ends with the bracket that closes it, or not at all', () => {
  expect(untilClosed('a { b } (c) d } e }')).toBe('a { b } (c) d ');
  expect(untilClosed('a { b')).toBe('a { b');
});
