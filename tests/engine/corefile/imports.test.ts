import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_FILE_IMPORTS, MAX_SNIPPET_IMPORTS } from '../../../harness/engine/corefile/imports.ts';
import { parseCorefile } from '../../../harness/engine/corefile/parser.ts';
import { summaryOf } from './summary.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corefile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('import of a snippet', () => {
  test.each([
    [
      'as directives',
      '(s) {\nlog\nerrors {\nx\n}\n}\na {\nimport s\nwhoami\n}',
      'a: log | errors { x } | whoami',
    ],
    ['as the only directives on one line', '(s) { log\n}\na { import s\n}', 'a: log'],
    ['inside the block of a directive', '(s) {\ny 1\n}\na {\nx {\nw\nimport s\nz\n}\n}', 'a: x { w y 1 z }'],
    ['as keys', '(s) {\nb, c\n}\na,\nimport s\n{\nlog\n}', 'a b c: log'],
    ['as whole blocks', '(s) {\na {\nlog\n}\n}\nimport s\nb {\n}', 'a: log\nb: '],
    ['that is empty', '(s) {\n}\na {\nimport s\nlog\n}', 'a: log'],
    ['twice', '(s) {\nlog\n}\na {\nimport s\n}\nb {\nimport s\n}', 'a: log\nb: log'],
    [
      'from within another one',
      '(s) {\nlog\n}\n(t) {\nimport s\nwhoami\n}\na {\nimport t\n}',
      'a: log | whoami',
    ],
    [
      'from within a block in another one',
      '(s) {\ny\n}\n(t) {\nimport s\n}\na {\nx {\nimport t\n}\n}',
      'a: x { y }',
    ],
    ['by a name from the environment', '(s) {\nlog\n}\na {\nimport {$NAME}\n}', 'a: log'],
    ['with placeholders in it', '(s) {\nlog {$NAME}\n}\na {\nimport s\n}', 'a: log s'],
    ['in a block without braces', '(s) {\nlog\n}\na\nimport s\nwhoami', 'a: log | whoami'],
  ])('%s', (_what, text, expected) => {
    expect(summary(text, { NAME: 's' })).toBe(expected);
  });

  test('reads nothing of a snippet that nobody imports', () => {
    expect(summary('(s) {\nno such directive {\n}\n}\na {\n}')).toBe('a: ');
  });

  test('does not find a snippet that comes later', () => {
    expect(messageOf('a {\nimport s\n}\n(s) {\nlog\n}')).toBe(
      `${corefile()}:2 - Error during parsing: File to import not found: s`,
    );
  });

  test.each(['(s) {\nimport s\n}', '(s) {\nlog\nimport {$NAME}\n}', '(s) {\nx {\nimport s\n}\n}'])(
    'refuses a snippet that imports itself: %j',
    text => {
      const message = 'Error during parsing: maximum snippet import depth (10000) exceeded';
      expect(messageOf(text, { NAME: 's' })).toBe(`${corefile()}:1 - ${message}`);
    },
  );

  test('takes a snippet for one that imports itself only where a line begins', () => {
    expect(summary('(s) {\nlog import s\n}\na {\nimport s\n}')).toBe('a: log import s');
  });

  test('ends snippets that import each other', () => {
    const text = '(s) {\nimport t\n}\n(t) {\nimport s\n}\na {\nimport s\n}';
    expect(messageOf(text)).toMatch(/Error during parsing: maximum snippet import depth \(10000\) exceeded$/);
  });

  test('counts the imports of one parse: the last one allowed passes, one more does not', () => {
    const text = (imports: number) => `(s) {\nlog\n}\na {\n${'import s\n'.repeat(imports)}}`;
    const [block] = parse(text(MAX_SNIPPET_IMPORTS));
    expect(block?.directives.get('log')).toHaveLength(MAX_SNIPPET_IMPORTS);
    expect(messageOf(text(MAX_SNIPPET_IMPORTS + 1))).toMatch(
      /maximum snippet import depth \(10000\) exceeded$/,
    );
  });
});

describe('import of a file', () => {
  test('puts its words in place, with its absolute path', () => {
    write('common', 'log\nerrors');
    const [block] = parse('a {\nimport common\nwhoami\n}');
    expect([...(block?.directives.values() ?? [])].flat()).toEqual([
      { file: join(folder, 'common'), line: 1, text: 'log' },
      { file: join(folder, 'common'), line: 2, text: 'errors' },
      { file: corefile(), line: 3, text: 'whoami' },
    ]);
  });

  test('is relative to the file that says so', () => {
    write('sub/one', 'import two\nimport ../three');
    write('sub/two', 'log');
    write('three', 'whoami');
    expect(summary('a {\nimport sub/one\n}')).toBe('a: log | whoami');
  });

  test('takes an absolute path', () => {
    write('sub/one', 'log');
    expect(summary(`a {\nimport "${join(folder, 'sub/one')}"\n}`)).toBe('a: log');
  });

  test('can hold blocks, keys, and snippets for later', () => {
    write('blocks', '(s) {\nlog\n}\nb.org {\nwhoami\n}\n');
    write('keys', 'c.org,\nd.org');
    expect(summary('import blocks\nimport keys\n{\nimport s\n}')).toBe('b.org: whoami\nc.org d.org: log');
  });

  test('can be empty', () => {
    write('empty', '# nothing');
    expect(summary('import empty\na {\nimport empty\nlog {\nimport empty\n}\n}\nimport empty\n')).toBe(
      'a: log { }',
    );
  });

  test('prefers a snippet of that name', () => {
    write('s', 'whoami');
    expect(summary('(s) {\nlog\n}\na {\nimport s\n}')).toBe('a: log');
  });

  test('drops a byte order mark in front of it', () => {
    write('common', '\uFEFFlog');
    expect(summary('a {\nimport common\n}')).toBe('a: log');
  });

  test('takes the matches of a pattern in lexical order', () => {
    write('conf.d/b.conf', 'errors');
    write('conf.d/a.conf', 'log');
    write('conf.d/c.txt', 'whoami');
    expect(summary('a {\nimport conf.d/*.conf\n}')).toBe('a: log | errors');
    expect(summary('a {\nimport conf.d/?.txt\n}')).toBe('a: whoami');
  });

  test('warns about a pattern that matches nothing', () => {
    const warnings: string[] = [];
    parseCorefile({
      text: 'a {\nimport no*\n}',
      path: corefile(),
      onWarning: warning => warnings.push(warning),
    });
    expect(warnings).toEqual(['No files matching import glob pattern: no*']);
  });

  test('names errors in it by its own path', () => {
    write('bad', '\nlog }\n');
    expect(messageOf('a {\nimport bad\n}')).toBe(
      `${join(folder, 'bad')}:2 - Error during parsing: Unexpected '}' because no matching opening brace`,
    );
  });

  test.each(['*/*.conf', 'a**', '??', '[ab]', 'a]b['])('refuses the pattern %s', pattern => {
    expect(messageOf(`a {\nimport ${pattern}\n}`)).toBe(
      `${corefile()}:2 - Error during parsing: Glob pattern may only contain one wildcard (*), but has others: ${pattern}`,
    );
  });

  test('refuses a file that is not there', () => {
    expect(messageOf('\na {\nimport none\n}')).toBe(
      `${corefile()}:3 - Error during parsing: File to import not found: none`,
    );
  });

  test('refuses a folder, named or matched', () => {
    mkdirSync(join(folder, 'sub'));
    const message = `${corefile()}:2 - Error during parsing: Could not import ${join(folder, 'sub')}: is a directory`;
    expect(messageOf('a {\nimport sub\n}')).toBe(message);
    expect(messageOf('a {\nimport su*\n}')).toBe(message);
  });

  test('refuses a file in place of a folder', () => {
    write('file', 'log');
    expect(messageOf('a {\nimport file/x\n}')).toMatch(/File to import not found: file\/x$/);
  });

  test('refuses a link that leads nowhere', () => {
    symlinkSync('nowhere', join(folder, 'link'));
    expect(messageOf('a {\nimport link\n}')).toMatch(/File to import not found: link$/);
  });

  test('ends a file that imports itself, wherever in it', () => {
    write('head', 'import head\nlog');
    write('tail', 'log\nimport tail');
    const message = /head:1 - Error during parsing: maximum file import depth \(10000\) exceeded$/;
    expect(messageOf('a {\nimport head\n}')).toMatch(message);
    expect(messageOf('a {\nimport tail\n}')).toMatch(/tail:2 - .*maximum file import depth/);
  });

  test('ends files that import each other twice', () => {
    write('one', 'import two\nimport two');
    write('two', 'import one\nimport one');
    expect(messageOf('import one')).toMatch(/maximum file import depth \(10000\) exceeded$/);
  });

  test('counts the imports of one parse: the last one allowed passes, one more does not', () => {
    write('common', 'log');
    const text = (imports: number) => `a {\n${'import common\n'.repeat(imports)}}`;
    const [block] = parse(text(MAX_FILE_IMPORTS));
    expect(block?.directives.get('log')).toHaveLength(MAX_FILE_IMPORTS);
    expect(messageOf(text(MAX_FILE_IMPORTS + 1))).toMatch(/maximum file import depth \(10000\) exceeded$/);
  });
});

function corefile(): string {
  return join(folder, 'Corefile');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function parse(text: string, env = {}) {
  return parseCorefile({ text, path: corefile(), env });
}

function summary(text: string, env = {}): string {
  return summaryOf(parse(text, env));
}

function messageOf(text: string, env = {}): string {
  try {
    parse(text, env);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('Nothing was refused');
}
