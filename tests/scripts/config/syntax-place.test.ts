import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { syntaxPlace } from '../../../scripts/config/syntax-place.ts';
import { leakgate, temporaryFolder } from '../../support/cli.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function write(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

test('a module is named with line and column', async () => {
  const file = write('leakgate.config.mjs', 'export default {\n  out: = 3,\n};');
  const { exitCode, stderr } = await leakgate(['list'], folder.path);
  expect([exitCode, stderr]).toEqual([
    2,
    `leakgate: Cannot load the configuration ${file}:2:8: Unexpected token '='\n`,
  ]);
});

test('so is one that it imports, beside it', async () => {
  const sizes = write('sizes.mjs', 'export const jobs = ;');
  const file = write('leakgate.config.mjs', "import { jobs } from './sizes.mjs';\nexport default { jobs };");
  const { stderr } = await leakgate(['list'], folder.path);
  expect(stderr).toBe(
    `leakgate: Cannot load the configuration ${file}: Unexpected token ';' at ${sizes}:1:21\n`,
  );
});

test('an error that is none of syntax has no place, and neither has one that does not come again', () => {
  const file = write('fine.mjs', '');
  expect(syntaxPlace(new Error('no such day'), file)).toBeUndefined();
  expect(syntaxPlace(new SyntaxError('no such day'), file)).toBeUndefined();
});

test.each(['mjs', 'ts'])(
  'an error of syntax that comes of running a .%s has the line that ran',
  async ending => {
    const file = write(`leakgate.config.${ending}`, `\nexport default JSON.parse('{\\n nope');`);
    const { exitCode, stderr } = await leakgate(['list'], folder.path);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`leakgate: Cannot load the configuration ${file}:2: Expected property name`);
  },
);
