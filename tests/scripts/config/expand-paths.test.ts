import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesMatching } from '../../../scripts/config/expand-paths.ts';
import { temporaryFolder } from '../../support/cli.ts';

const FILES = [
  'a.mjs',
  'b.mjs',
  'b.ts',
  'leaks/c.mjs',
  'leaks/deep/d.mjs',
  'leaks/e+f,(1).mjs',
  'node_modules/x/g.mjs',
  '.hidden/h.mjs',
];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  for (const file of FILES) {
    mkdirSync(join(folder.path, file, '..'), { recursive: true });
    writeFileSync(join(folder.path, file), '');
  }
});
afterEach(() => folder.remove());

test.each([
  ['*.mjs', ['a.mjs', 'b.mjs']],
  ['?.mjs', ['a.mjs', 'b.mjs']],
  ['*.{mjs,ts}', ['a.mjs', 'b.mjs', 'b.ts']],
  ['leaks/*.mjs', ['leaks/c.mjs', 'leaks/e+f,(1).mjs']],
  ['leaks/e+f,(?).*', ['leaks/e+f,(1).mjs']],
  ['**/*.mjs', ['a.mjs', 'b.mjs', 'leaks/c.mjs', 'leaks/deep/d.mjs', 'leaks/e+f,(1).mjs']],
  ['leaks/**', ['leaks/c.mjs', 'leaks/deep/d.mjs', 'leaks/e+f,(1).mjs']],
  ['./leaks/../?.ts', ['b.ts']],
  ['**/./*.mjs', ['a.mjs', 'b.mjs', 'leaks/c.mjs', 'leaks/deep/d.mjs', 'leaks/e+f,(1).mjs']],
  ['*//c.mjs', ['leaks/c.mjs']],
  ['leaks/*/../c.mjs', ['leaks/c.mjs']],
  ['none/*.mjs', []],
])('%s stands for %j', (pattern, files) => {
  expect(filesMatching(pattern, folder.path).map(file => relative(folder.path, file))).toEqual(files);
});
