import { existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { withFolder } from '../../harness/spawn/folder.ts';

vi.mock('node:fs/promises', async original => {
  const actual = await original<typeof import('node:fs/promises')>();
  return { ...actual, rm: vi.fn(actual.rm) };
});

test('gives an empty folder, and removes it with all that is in it, also after a failure', async () => {
  let path = '';
  const failing = withFolder(async directory => {
    path = directory;
    mkdirSync(join(directory, 'a/b'), { recursive: true });
    throw new Error('no luck');
  });
  await expect(failing).rejects.toThrow('no luck');
  expect(existsSync(path)).toBe(false);
});

test('a folder that cannot be removed loses nothing of what was done in it, and is tried again at the exit', async () => {
  vi.mocked(rm).mockRejectedValueOnce(Object.assign(new Error('EACCES'), { code: 'EACCES' }));
  const listeners = process.listeners('exit');
  expect(await withFolder(async directory => directory)).toMatch(/leakgate-/);
  const [added] = process.listeners('exit').filter(listener => !listeners.includes(listener));
  expect(added).toBeDefined();
  const path = await withFolder(async directory => {
    vi.mocked(rm).mockRejectedValueOnce(new Error('ENOTEMPTY'));
    return directory;
  });
  expect(existsSync(path)).toBe(true);
  added?.(0);
  expect(existsSync(path)).toBe(false);
});
