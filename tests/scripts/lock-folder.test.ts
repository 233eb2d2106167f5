import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder, repositoryOf } from '../../scripts/lock-folder.ts';
import { temporaryFolder } from '../support/cli.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'repository/.git'), { recursive: true });
  write('repository/packages/x/package.json', '{}');
});
afterEach(() => folder.remove());

const at = (name: string) => join(folder.path, name);

function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

test.each(['package-lock.json', 'yarn.lock', 'bun.lock'])(
  'a package of a workspace is installed by the %s at its top',
  lockFile => {
    write(`repository/${lockFile}`, '');
    write('repository/package.json', '{"workspaces": ["packages/*"]}');
    expect(lockFolder(at('repository/packages/x'))).toBe(at('repository'));
  },
);

test.each([
  ['a line each', "packages:\n  - 'packages/*'\n"],
  ['one line', 'catalog: {}\npackages: [apps/*, "packages/*"] # all of them\n'],
  ['one list over several lines', "packages: [\n  'apps/*',\n  'packages/*',\n]\n"],
])('pnpm names its workspace in a file of its own: %s', (_, text) => {
  write('repository/pnpm-lock.yaml', '');
  write('repository/pnpm-workspace.yaml', text);
  expect(lockFolder(at('repository/packages/x'))).toBe(at('repository'));
});

test('a folder that the workspace does not name has none above', () => {
  write('repository/package-lock.json', '');
  write('repository/package.json', '{"workspaces": ["packages/*"]}');
  write('repository/examples/demo/package.json', '{}');
  expect(lockFolder(at('repository/examples/demo'))).toBe(at('repository/examples/demo'));
});

test('a folder without a package.json belongs to the package that it is in', () => {
  write('repository/package-lock.json', '');
  write('repository/package.json', '{"workspaces": ["packages/*"]}');
  mkdirSync(at('repository/packages/x/leaks'));
  expect(lockFolder(at('repository/packages/x/leaks'))).toBe(at('repository'));
});

test('a lock file of its own comes first, and one above of no workspace is of something else', () => {
  write('repository/package-lock.json', '');
  write('repository/package.json', '{}');
  expect(lockFolder(at('repository/packages/x'))).toBe(at('repository/packages/x'));
  write('repository/package.json', '{"workspaces": ["packages/*"]}');
  write('repository/packages/x/package-lock.json', '');
  expect(lockFolder(at('repository/packages/x'))).toBe(at('repository/packages/x'));
});

test('nothing above the repository is looked at', () => {
  write('package-lock.json', '');
  write('package.json', '{"workspaces": ["repository/packages/*"]}');
  expect(lockFolder(at('repository/packages/x'))).toBe(at('repository/packages/x'));
  expect(repositoryOf(at('repository/packages/x'))).toBe(at('repository'));
});
