import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../support/cli.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('what was compiled from a source that is gone is removed, in a folder with a space in its name too', () => {
  const root = join(folder.path, 'a checkout');
  for (const name of ['harness', 'scenarios/old', 'reports', 'scripts'])
    mkdirSync(join(root, name), { recursive: true });
  for (const name of ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'scripts/build.mjs'])
    cpSync(name, join(root, name));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const name of ['kept', 'gone', 'old/inner'])
    writeFileSync(join(root, `scenarios/${name}.ts`), 'export const x = 1;\n');
  const compiled = () =>
    ['kept.js', 'kept.d.ts', 'kept.js.map', 'gone.js', 'gone.d.ts', 'gone.js.map', 'old'].filter(name =>
      existsSync(join(root, 'dist/scenarios', name)),
    );
  const build = () => execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });

  build();
  expect(compiled()).toHaveLength(7);
  rmSync(join(root, 'scenarios/gone.ts'));
  rmSync(join(root, 'scenarios/old'), { recursive: true });
  build();
  expect(compiled()).toEqual(['kept.js', 'kept.d.ts', 'kept.js.map']);
});
