import { expect, test } from 'vitest';
import { contentOf, failureOf, recordsOf } from './support.ts';

function readFrom(files: { readonly [path: string]: string }) {
  return (path: string) => {
    const text = files[path];
    if (text === undefined) throw new Error(`no such file: ${path}`);
    return text;
  };
}

test('an included file is read in place, relative to the file that names it', () => {
  const readFile = readFrom({
    'zones/sub/one': 'a A 1.1.1.1\n$INCLUDE two ; next to one\n',
    'zones/sub/two': 'b TXT x',
  });
  const content = contentOf('$INCLUDE sub/one\nc A 1.1.1.2', { path: 'zones/db', readFile });
  expect(recordsOf(content)).toEqual([
    'a.example.org. 60 IN A 1.1.1.1',
    'b.example.org. 60 IN TXT "x"',
    'c.example.org. 60 IN A 1.1.1.2',
  ]);
});

test('an absolute path is taken as it is, and quotes are for paths with blanks', () => {
  const readFile = readFrom({ '/srv/my zone': 'a A 1.1.1.1' });
  expect(recordsOf(contentOf('$INCLUDE "/srv/my zone"', { readFile }))).toHaveLength(1);
});

test('origin, owner and TTL of the included file end with it', () => {
  const readFile = readFrom({ inc: '\tTXT owner\na A 1.1.1.1\n$ORIGIN deep\n$TTL 5\nb TXT x\n' });
  const content = contentOf('first A 1.1.1.1\n$INCLUDE inc sub\n\tTXT y\nc A 1.1.1.2', { readFile });
  expect(recordsOf(content)).toEqual([
    'first.example.org. 60 IN A 1.1.1.1',
    'first.example.org. 60 IN TXT "owner"',
    'first.example.org. 60 IN TXT "y"',
    'a.sub.example.org. 60 IN A 1.1.1.1',
    'b.deep.sub.example.org. 5 IN TXT "x"',
    'c.example.org. 60 IN A 1.1.1.2',
  ]);
});

test('an error in an included file names that file and line', () => {
  const readFile = readFrom({ 'sub/inc': '\n\na A x\n' });
  const failure = failureOf('$INCLUDE sub/inc', { readFile });
  expect(failure.message).toBe('sub/inc: dns: bad A A: "x" at line: 3:5');
  expect([failure.file, failure.line]).toEqual(['sub/inc', 3]);
});

test.each([
  ['$INCLUDE', 'expecting $INCLUDE value, not this...: "" at line: 3:9'],
  ['$INCLUDE inc a..b', 'bad origin name: "a..b" at line: 3:14'],
  ['$INCLUDE inc sub x', 'garbage after $INCLUDE: "x" at line: 3:18'],
  ['$INCLUDE gone', 'failed to open `gone\', no such file: gone: "gone" at line: 3:10'],
])('%s fails', (line, problem) => {
  expect(failureOf(line, { readFile: readFrom({ inc: '' }) }).message).toBe(
    `db.example.org: dns: ${problem}`,
  );
});

test('seven files deep is the limit', () => {
  const chain = (depth: number) =>
    Object.fromEntries(
      Array.from({ length: depth }, (_, index) => [
        `f${index + 1}`,
        index + 1 < depth ? `$INCLUDE f${index + 2}` : 'a A 1.1.1.1',
      ]),
    );
  expect(recordsOf(contentOf('$INCLUDE f1', { readFile: readFrom(chain(7)) }))).toHaveLength(1);
  expect(failureOf('$INCLUDE f1', { readFile: readFrom(chain(8)) }).message).toBe(
    'f7: dns: too deeply nested $INCLUDE: "f8" at line: 1:10',
  );
});

test('a file that includes itself ends at that limit', () => {
  expect(failureOf('$INCLUDE f', { readFile: () => '$INCLUDE f\n'.repeat(50) }).message).toContain(
    'too deeply nested',
  );
});

test('a tree of files that include many others ends after a thousand', () => {
  let reads = 0;
  const readFile = (path: string) => {
    reads += 1;
    return path.length < 7 ? `$INCLUDE ${path}x\n`.repeat(50) : '';
  };
  expect(failureOf('$INCLUDE x', { readFile }).message).toContain('more than 1000 files included');
  expect(reads).toBe(1000);
});
