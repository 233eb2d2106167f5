import { describe, expect, test } from 'vitest';
import { CorefileError } from '../../../harness/engine/corefile/error.ts';
import { type ParseInput, parseCorefile, withDefaultBlock } from '../../../harness/engine/corefile/parser.ts';
import { summaryOf } from './summary.ts';

describe('parseCorefile() groups words', () => {
  test.each([
    ['nothing', '', ''],
    ['comments only', '# a\n  # b', ''],
    ['keys only', 'a.org b.org', 'a.org b.org: '],
    ['a block with the brace on the key line', 'a.org {\nlog\n}', 'a.org: log'],
    ['a block with the brace on the next line', 'a.org\n{\nlog\n}', 'a.org: log'],
    ['an empty block', 'a.org { }', 'a.org: '],
    ['a first directive on the line of the brace', 'a.org { whoami\n}', 'a.org: whoami'],
    ['another block on the line of the closing brace', 'a {\n} b {\n}', 'a: \nb: '],
    ['a block without braces', 'a.org\nlog\nerrors x\n', 'a.org: log | errors x'],
    ['keys that go on after a comma', 'a,\nb c, d {\n}', 'a b c d: '],
    ['a comma without a space, part of the key', 'a,b {\n}', 'a,b: '],
    ['a lone comma, an empty key', 'a , b {\n}', 'a  b: '],
    ['an empty quoted key, no key', '"" a {\n}', 'a: '],
    ['a block without keys, dropped', '{\nlog\n}\na {\n}', 'a: '],
    ['a stray brace at the top, a key', 'a {\n}\n}', 'a: \n}: '],
    ['braces that touch other characters, plain words', 'a {} {b} {\nlog {x}\n}', 'a {} {b}: log {x}'],
    ['the block of a directive', 'a {\nx y {\nz\nw {\nv\n}\n}\nlog\n}', 'a: x y { z w { v } } | log'],
    ['a directive block on one line', 'a {\nx { y }\n}', 'a: x { y }'],
    ['a brace on the line after its directive', 'a {\nlog\n{\nx\n}\n}', 'a: log { x }'],
    ['a directive used twice, in one list', 'a {\nx 1\ny\nx 2 {\n}\n}', 'a: x 1 x 2 { } | y'],
    ['a directive called like a property of objects', 'a {\n__proto__ 1\n}', 'a: __proto__ 1'],
    ['an argument that spans lines', 'a {\nx "1\n2" 3\ny\n}', 'a: x 1\n2 3 | y'],
    ['two keys in parentheses, no snippet', '(a) (b) {\nlog\n}', '(a) (b): log'],
    ['import inside a line, a plain word', 'a import b {\nlog import b\n}', 'a import b: log import b'],
  ])('%s', (_what, text, expected) => {
    expect(summary({ text, path: 'Corefile' })).toBe(expected);
  });

  test('and notes where they stand', () => {
    const [block] = parseCorefile({ text: '\na.org {\n  x 1\n\n  x 2\n}', path: 'dir/Corefile' });
    expect(block).toMatchObject({ file: 'dir/Corefile', line: 2 });
    expect(block?.directives.get('x')).toEqual([
      { file: 'dir/Corefile', line: 3, text: 'x' },
      { file: 'dir/Corefile', line: 3, text: '1' },
      { file: 'dir/Corefile', line: 5, text: 'x' },
      { file: 'dir/Corefile', line: 5, text: '2' },
    ]);
  });

  test('whatever the line ends and the byte order mark', () => {
    const text = 'a.org b.org {\n  x 1 {\n    y\n  }\n}\n';
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(parseCorefile({ text: windows, path: 'f' })).toEqual(parseCorefile({ text, path: 'f' }));
  });
});

describe('parseCorefile() refuses', () => {
  test.each([
    ['a directive nobody knows', 'a {\nlog\nfoo\n}', 3, "Unknown directive 'foo'"],
    ['a directive nobody knows, in a block without keys', '{\nfoo\n}', 2, "Unknown directive 'foo'"],
    [
      'a closing brace after a directive',
      'a.org { log }',
      1,
      "Unexpected '}' because no matching opening brace",
    ],
    [
      'a closing brace that nothing opened',
      'a.org\nlog\n}',
      3,
      "Unexpected '}' because no matching opening brace",
    ],
    ['a directive block without an end', 'a {\nlog {\nx\n', 3, 'Unexpected EOF'],
    [
      'a comma before the brace',
      'a,\n{\n}',
      2,
      "Expected another address but had '{' - check for extra comma",
    ],
    ['a comma at the end of the file', 'a,\n', 1, 'Unexpected EOF'],
    [
      'import of nothing',
      'a {\nimport\n}',
      2,
      "Wrong argument count or unexpected line ending after 'import'",
    ],
    [
      'import of nothing, for keys',
      'import\na',
      1,
      "Wrong argument count or unexpected line ending after 'import'",
    ],
    [
      'import of two things',
      'a {\nimport b c\n}',
      2,
      'Import takes only one argument (glob pattern or file)',
    ],
    ['import of an empty path', 'a {\nimport ""\n}', 2, 'Import requires a non-empty filepath'],
    ['import of an empty variable', 'a {\nimport {$UNSET}\n}', 2, 'Import requires a non-empty filepath'],
    ['a snippet defined twice', '(x) {\n}\n(x) {\n}', 3, 'redeclaration of previously declared snippet x'],
  ])('%s', (_what, text, line, message) => {
    expect(errorOf(text)).toEqual({ message: `Corefile:${line} - Error during parsing: ${message}`, line });
  });

  test.each([
    ['a server block without an end', 'a {\nlog\n', 2, 'log', '}'],
    ['a server block that only begins', 'a {', 1, '{', '}'],
    ['a snippet without braces', '(x)\nlog\n', 2, 'log', '{'],
    ['a snippet name at the end of the file', 'a {\n}\n(x)', 3, '(x)', '{'],
    ['a snippet without an end', '(x) {\nlog {\n}\n', 3, '}', '}'],
    ['a snippet that only begins', '(x) {', 1, '{', '}'],
  ])('%s', (_what, text, line, token, expected) => {
    const message = `Corefile:${line} - Syntax error: Unexpected token '${token}', expecting '${expected}'`;
    expect(errorOf(text)).toEqual({ message, line });
  });

  test('no directive when it is not told which ones there are', () => {
    expect(summary({ text: 'a {\nfoo\n}', path: 'Corefile' })).toBe('a: foo');
  });
});

describe('parseCorefile() and the environment', () => {
  const env = {
    ZONE: 'a.org',
    NAME: 'log',
    FOO: 'bar baz',
    BRACE: '{',
    CLOSE: '}',
    WORD: 'import',
    COMMA: 'c,',
  };

  test('replaces placeholders in keys, directive names and arguments, quoted or not, and splits nothing', () => {
    const text = '{$ZONE}:{%PORT%} {\n{$NAME} {$FOO} "x {%FOO%}" {$UNSET} y\n}';
    const [block] = parseCorefile({ text, path: 'f', env: { ...env, PORT: '53' } });
    expect(block?.keys).toEqual(['a.org:53']);
    const words = block?.directives.get('log')?.map(token => token.text);
    expect(words).toEqual(['log', 'bar baz', 'x bar baz', '', 'y']);
  });

  test('takes no brace and no import from a variable', () => {
    const text = 'a {$WORD} {\nlog {$BRACE}\nerrors {$CLOSE}\n}';
    expect(summary({ text, path: 'f', env })).toBe('a import: log { | errors }');
  });

  test('takes a comma at the end of a value for one in the file', () => {
    expect(summary({ text: '{$COMMA}\nd {\n}', path: 'f', env })).toBe('c d: ');
  });

  test('drops a key that turns out empty', () => {
    expect(summary({ text: '{$UNSET} {\n}', path: 'f', env })).toBe('');
  });

  test('checks directive names after replacement', () => {
    const validDirectives = new Set(['log']);
    expect(summary({ text: 'a {\n{$NAME}\n}', path: 'f', env, validDirectives })).toBe('a: log');
    expect(() => parseCorefile({ text: 'a {\n{$FOO}\n}', path: 'f', env, validDirectives })).toThrow(
      "f:2 - Error during parsing: Unknown directive 'bar baz'",
    );
  });

  test('is that of the process unless another one is given', () => {
    process.env.LEAKGATE_TEST_ZONE = 'from.process';
    try {
      expect(parseCorefile({ text: '{$LEAKGATE_TEST_ZONE}', path: 'f' })[0]?.keys).toEqual(['from.process']);
      expect(parseCorefile({ text: '{$LEAKGATE_TEST_ZONE}', path: 'f', env: {} })).toEqual([]);
    } finally {
      delete process.env.LEAKGATE_TEST_ZONE;
    }
  });
});

describe('withDefaultBlock()', () => {
  test('gives the root zone with whoami and log when there is nothing', () => {
    const [block, ...others] = withDefaultBlock(parseCorefile({ text: '# nothing\n', path: 'f' }));
    expect(others).toEqual([]);
    expect(block?.keys).toEqual(['.']);
    expect([...(block?.directives.keys() ?? [])]).toEqual(['whoami', 'log']);
  });

  test('leaves blocks alone', () => {
    const blocks = parseCorefile({ text: 'a {\n}', path: 'f' });
    expect(withDefaultBlock(blocks)).toBe(blocks);
  });
});

function summary(input: ParseInput): string {
  return summaryOf(parseCorefile(input));
}

function errorOf(text: string): { message: string; line: number } {
  try {
    parseCorefile({ text, path: 'Corefile', env: {}, validDirectives: new Set(['log', 'errors']) });
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    expect(error.file).toBe('Corefile');
    return { message: error.message, line: error.line };
  }
  throw new Error('Nothing was refused');
}
