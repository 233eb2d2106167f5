import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const AT_EXIT = pathToFileURL(resolve('dist/harness/spawn/at-exit.js'));

test('does the steps that were not taken back, the latest first, whatever one of them does', () => {
  const program = `import { atExit } from '${AT_EXIT.href}';
    atExit(() => console.log('folder'));
    atExit(() => { throw new Error('broken'); });
    const takeBack = atExit(() => console.log('done before'));
    atExit(() => { console.log('child'); takeBack(); });
    takeBack();
    process.exit(0);`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(said).toBe('child\nfolder\n');
});
