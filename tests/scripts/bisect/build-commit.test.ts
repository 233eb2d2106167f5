import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CommitBuilder } from '../../../scripts/bisect/build-commit.ts';
import { temporaryFolder } from '../../support/cli.ts';

// npm takes its time on machines that are busy.
vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function builder(command?: string, below = ''): CommitBuilder {
  return new CommitBuilder(join(folder.path, below), command, new AbortController().signal);
}

function write(name: string, content: object): void {
  mkdirSync(join(folder.path, name, '..'), { recursive: true });
  writeFileSync(join(folder.path, name), JSON.stringify(content));
}

describe('CommitBuilder', () => {
  test('says that a commit lacks the folder, instead of failing at the shell', async () => {
    expect(await builder('true', 'packages/later').build()).toEqual({
      built: false,
      reason: 'the commit lacks the folder in which leakgate was started',
    });
  });

  test('shows what a failed build said without its colors', async () => {
    expect(await builder("printf '\\033[31mno such rule\\033[0m\\n' >&2; exit 3").build()).toEqual({
      built: false,
      reason: expect.stringMatching(/: ended with 3\n {2}no such rule$/) as string,
    });
  });

  test('installs dependencies where there is no lock file, again only when they changed, and leaves no lock file', async () => {
    for (const name of ['first', 'second']) write(`${name}/package.json`, { name, version: '1.0.0' });
    write('package.json', { dependencies: { first: 'file:first' } });
    const install = builder();
    const has = (name: string) => existsSync(join(folder.path, 'node_modules', name));
    expect(await install.build()).toEqual({ built: true });
    expect(has('first')).toBe(true);
    expect(existsSync(join(folder.path, 'package-lock.json'))).toBe(false);

    rmSync(join(folder.path, 'node_modules'), { recursive: true });
    await install.build();
    expect(has('first')).toBe(false);

    write('package.json', { dependencies: { second: 'file:second' } });
    await install.build();
    expect(has('second')).toBe(true);
  });

  test('installs a package of a workspace by the lock file at its top, and builds in the package', async () => {
    mkdirSync(join(folder.path, '.git'));
    write('package.json', { workspaces: ['packages/*'] });
    write('packages/x/package.json', { name: 'x', version: '1.0.0', scripts: { build: 'node build.cjs' } });
    writeFileSync(join(folder.path, 'packages/x/build.cjs'), "require('fs').writeFileSync('built', '');");
    write('package-lock.json', {
      lockfileVersion: 3,
      packages: {
        '': { workspaces: ['packages/*'] },
        'node_modules/x': { resolved: 'packages/x', link: true },
        'packages/x': { version: '1.0.0' },
      },
    });
    expect(await builder(undefined, 'packages/x').build()).toEqual({ built: true });
    expect(existsSync(join(folder.path, 'node_modules/x'))).toBe(true);
    expect(existsSync(join(folder.path, 'packages/x/built'))).toBe(true);
  });

  test('installs nothing where nothing is needed', async () => {
    write('package.json', { name: 'alone' });
    expect(await builder().build()).toEqual({ built: true });
    expect(existsSync(join(folder.path, 'node_modules'))).toBe(false);
  });
});
