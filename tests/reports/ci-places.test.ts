import { describe, expect, test } from 'vitest';
import { AS_GIVEN, fileOf, isInFile, placeOfCase, thrownAt, uriOf } from '../../reports/ci-places.ts';

const PACKAGE = { cwd: '/repo/packages/dns', root: '/repo' };

describe('a place in the sources', () => {
  test.each([
    ['src/zones.ts', 'packages/dns/src/zones.ts'],
    ['../core/a.ts', 'packages/core/a.ts'],
    ['/repo/packages/dns/leaks/a.mjs', 'packages/dns/leaks/a.mjs'],
    ['/elsewhere/a.mjs', '/elsewhere/a.mjs'],
    ['../../../a.mjs', '/a.mjs'],
    ['/repo/..cache/a.mjs', '..cache/a.mjs'],
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
    expect(uriOf({ file: 'C:/src/C#/x?.js' })).toBe('file:///C:/src/C%23/x%3F.js');
  });

  test.each([
    ['    at fail (file:///repo/leaks/a%20b.mjs:10:9)', '/repo/leaks/a b.mjs'],
    ['    at file:///repo/leaks/a.mjs:10:9', '/repo/leaks/a.mjs'],
    ['    at async Object.iterate (/repo/leaks/a.cjs:10:9)', '/repo/leaks/a.cjs'],
    [
      '    at async file:///repo/leaks/a.mjs:10:9\n    at async run (file:///repo/b.mjs:99:1)',
      '/repo/leaks/a.mjs',
    ],
    [
      '    at step (file:///repo/node_modules/x/i.js:1:2)\n    at run (file:///repo/a.mjs:10:9)',
      '/repo/a.mjs',
    ],
    ['    at step (node:fs:1:2)\n    at odd (file:///a%2Fb.mjs:10:9)', 'file:///a%2Fb.mjs'],
    ['    at printed (file:///srv/50%/a.mjs:10:9)', 'file:///srv/50%/a.mjs'],
    ['    at fail (file:///repo/a%20(1)/b.mjs:10:9)', '/repo/a (1)/b.mjs'],
    ['    at fail (file:///D:/repo/a.mjs:10:9)', 'D:/repo/a.mjs'],
  ])('is where the program threw: %s', (stack, file) => {
    const thrown = thrownAt(`Error: at rest (nowhere)\n${stack}`);
    expect(thrown).toMatchObject({ file, line: 10, column: 9 });
  });

  test('is not where a package threw that nothing of the program called', () => {
    expect(thrownAt('Error: no\n    at run (file:///repo/node_modules/x/b.mjs:1:2)')).toBeUndefined();
  });

  test('of a case that failed is where it threw, else its scenario', () => {
    const path = '/repo/packages/dns/leaks/a.mjs';
    const stacks = ['Error: no\n    at iterate (file:///repo/packages/dns/src/b.mjs:3:7)'];
    expect(placeOfCase({ stacks, path }, PACKAGE)).toEqual({
      file: 'packages/dns/src/b.mjs',
      line: 3,
      column: 7,
    });
    expect(placeOfCase({ stacks: ['exit code 1'], path }, PACKAGE)).toEqual({
      file: 'packages/dns/leaks/a.mjs',
    });
    expect(placeOfCase({ stacks: [], path: '' }, PACKAGE)).toBeUndefined();
  });

  test('is in a file unless it is one of Node', () => {
    const at = (file: string) => ({ file, line: 1, column: 1, function: '' });
    expect(['node:net', 'https://a/b.ts'].map(file => isInFile(at(file)))).toEqual([false, false]);
    expect(['src/a.ts', '/a.ts', 'C:\\a.ts'].map(file => isInFile(at(file)))).toEqual([true, true, true]);
  });
});
