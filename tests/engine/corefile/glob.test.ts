import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFiles, isTooWild } from '../../../harness/engine/corefile/glob.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'glob-[*]-'));
  for (const path of ['z', 'a1', 'a1/db.x', 'a1/db.é', 'a2', 'a2/db.x', 'b+c']) mkdirSync(join(folder, path));
  for (const path of ['.hidden', 'a10', 'z/one', 'z/two\n']) writeFileSync(join(folder, path), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('findFiles()', () => {
  test.each([
    ['z', ['z']],
    ['./z/../a10', ['a10']],
    ['*', ['.hidden', 'a1', 'a10', 'a2', 'b+c', 'z']],
    ['a?', ['a1', 'a2']],
    ['a?/db.*', ['a1/db.x', 'a1/db.é', 'a2/db.x']],
    ['a1/db.?', ['a1/db.x', 'a1/db.é']],
    ['*/one', ['z/one']],
    ['z/two*', ['z/two\n']],
    ['b+*', ['b+c']],
    ['b.*', []],
    ['none', []],
    ['none/*', []],
    ['a10/*', []],
    ['a\0*', []],
  ])('finds what %j stands for, even in a folder whose name is a pattern', (pattern, expected) => {
    expect(findFiles(pattern, folder).map(path => relative(folder, path))).toEqual(expected);
  });

  test('takes absolute patterns', () => {
    mkdirSync(join(folder, 'plain'));
    expect(findFiles('/tm?', folder)).toEqual(findFiles('/tmp', folder));
    expect(findFiles('/no such folder/*', folder)).toEqual([]);
  });
});

describe('isTooWild()', () => {
  test.each(['*', 'a*b?', '?', 'a[', ']', 'plain'])('lets %s pass', pattern =>
    expect(isTooWild(pattern)).toBe(false),
  );
  test.each(['**', '*/*', '?a?', '[a]', ']['])('catches %s', pattern =>
    expect(isTooWild(pattern)).toBe(true),
  );
});
