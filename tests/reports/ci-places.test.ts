import { describe, expect, test } from 'vitest';
import { AS_GIVEN, fileOf, isInFile, uriOf } from '../../reports/ci-places.ts';

const PACKAGE = { cwd: '/repo/packages/dns', root: '/repo' };

describe('a place in the sources', () => {
  test.each([
    ['src/zones.ts', 'packages/dns/src/zones.ts'],
    ['../core/a.ts', 'packages/core/a.ts'],
    ['/repo/packages/dns/leaks/a.mjs', 'packages/dns/leaks/a.mjs'],
    ['/elsewhere/a.mjs', '/elsewhere/a.mjs'],
    ['../../../a.mjs', '/a.mjs'],
  ])('%s is %s to the repository', (file, expected) => {
    expect(fileOf(file, PACKAGE)).toBe(expected);
  });

  test('stays as it is where neither folder is known', () => {
    expect(fileOf('src/zones.ts', AS_GIVEN)).toBe('src/zones.ts');
    expect(fileOf('/a/b.ts', AS_GIVEN)).toBe('/a/b.ts');
  });

  test('is a URI reference in which nothing has a meaning of its own', () => {
    expect(uriOf({ file: 'a b/c#d?.ts' })).toBe('a%20b/c%23d%3F.ts');
    expect(uriOf({ file: '/a b.ts' })).toBe('file:///a%20b.ts');
  });

  test('may come from Windows', () => {
    expect(fileOf('src\\auto\\zones.ts', PACKAGE)).toBe('packages/dns/src/auto/zones.ts');
    const file = fileOf('D:\\a b\\zones.ts', PACKAGE);
    expect(file).toBe('D:/a b/zones.ts');
    expect(uriOf({ file })).toBe('file:///D:/a%20b/zones.ts');
  });

  test('is in a file unless it is one of Node', () => {
    const at = (file: string) => ({ file, line: 1, column: 1, function: '' });
    expect(['node:net', 'https://a/b.ts'].map(file => isInFile(at(file)))).toEqual([false, false]);
    expect(['src/a.ts', '/a.ts', 'C:\\a.ts'].map(file => isInFile(at(file)))).toEqual([true, true, true]);
  });
});
