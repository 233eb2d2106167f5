import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../scripts/make-folder.ts';
import { temporaryFolder } from '../support/cli.ts';

test('makes a folder with those above it, and leaves one that is there', () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'a/b/c');
  makeFolder(path);
  makeFolder(path);
  expect(existsSync(path)).toBe(true);
  folder.remove();
});

test('fails below a file, and where no folder can be made', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder.path, 'file'), '');
  expect(() => makeFolder(join(folder.path, 'file/inner'))).toThrow(/\/file is a file$/);
  expect(() => makeFolder(join(folder.path, 'file'))).toThrow(/\/file is a file$/);
  if (existsSync('/proc/self')) expect(() => makeFolder('/proc/leakgate/out')).toThrow(/ENOENT/);
  folder.remove();
});
