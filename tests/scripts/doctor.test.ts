import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSince } from '../../scripts/doctor.ts';
import { leakgate, temporaryFolder } from '../support/cli.ts';

test.each([
  ['22.17.1', false],
  ['22.18.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['20.20.2', false],
  ['24.0.0', true],
])('what came with 22.18 and 23.6 is in %s: %s', (version, has) => {
  expect(
    isSince(version, [
      [22, 18],
      [23, 6],
    ]),
  ).toBe(has);
});

test('exact counts are missing where Node keeps its timers in another form than their probe reads', async () => {
  const folder = temporaryFolder();
  const preload = join(folder.path, 'other-form.cjs');
  writeFileSync(
    preload,
    "try { require('internal/timers').immediateQueue = undefined; } catch { /* Not shown to this process. */ }\n",
  );
  const usual = await leakgate(['doctor'], folder.path);
  const other = await leakgate(['doctor'], folder.path, { NODE_OPTIONS: `--require ${preload}` });
  folder.remove();
  expect(usual.stdout).toMatch(/^ok +exact counts +gc\(\), v8\.queryObjects, timer lists$/m);
  expect(other.stdout).toMatch(/^missing +exact counts +Error: .*immediateQueue\.head/m);
  expect([usual.exitCode, other.exitCode]).toEqual([0, 2]);
});
