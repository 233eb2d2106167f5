import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

test('pictures are missing without the native part of what draws them, and nothing else is', async () => {
  const folder = temporaryFolder();
  const preload = join(folder.path, 'no-resvg.cjs');
  writeFileSync(
    preload,
    `const Module = require('node:module');
    const load = Module._load;
    Module._load = function (name, ...more) {
      if (name === '@resvg/resvg-js') throw new Error('Cannot find module resvg-js-linux-x64-gnu');
      return load.call(this, name, ...more);
    };\n`,
  );
  const without = (...args: string[]) =>
    leakgate(args, folder.path, { NODE_OPTIONS: `--require ${preload}` });
  const report = resolve('reports/sample/report.json');
  const doctor = await without('doctor');
  const text = await without('render', report, '--format', 'text');
  const drawn = await without('render', report, '--out', 'drawn');
  const files = readdirSync(join(folder.path, 'drawn')).sort();
  const png = await without('render', report, '--format', 'png');
  folder.remove();
  expect(doctor).toMatchObject({ exitCode: 0 });
  expect(doctor.stdout).toMatch(/^missing +charts as PNG +Cannot draw a PNG as @resvg\/resvg-js must be /m);
  expect(text).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('auto-reload leaky') });
  expect(drawn.exitCode).toBe(0);
  expect(files).toEqual(['heap-growth.svg', 'report.html']);
  expect(png.exitCode).toBe(2);
  expect(png.stderr).toMatch(/^leakgate: Cannot draw a PNG as .* for \S+-\S+: Cannot find module \S+\n$/);
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
