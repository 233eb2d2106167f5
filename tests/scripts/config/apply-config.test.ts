import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withConfig } from '../../../scripts/config/apply-config.ts';
import { type MeasuringOptions, requestOf } from '../../../scripts/measuring-options.ts';
import { temporaryFolder } from '../../support/cli.ts';

const GIVEN: MeasuringOptions = {
  build: [],
  set: {},
  option: {},
  reporter: [],
  github: false,
  evidence: true,
  keepSnapshots: false,
  json: false,
};

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  const config = {
    scenarios: ['queries-only'],
    builds: ['fixed'],
    base: 'upstream',
    repetitions: 3,
    jobs: 1,
    out: '/results',
    options: { iterations: 500, windows: 9 },
  };
  writeFileSync(join(folder.path, 'leakgate.config.json'), JSON.stringify(config));
});
afterEach(() => folder.remove());

test('what the command line leaves open comes from the file', async () => {
  const { scenarios, options } = await withConfig([], GIVEN, folder.path);
  expect(requestOf(scenarios, options, [])).toMatchObject({
    scenarios: ['queries-only'],
    builds: ['fixed'],
    repetitions: 3,
    jobs: 1,
    out: '/results',
    overrides: { iterations: 500, windows: 9 },
  });
  expect(options).toHaveProperty('base', 'upstream');
});

test('the command line goes over the file, by a flag of its own and by --option', async () => {
  const given = {
    ...GIVEN,
    build: ['leaky'],
    repetitions: 1,
    jobs: 2,
    out: 'mine',
    base: 'fixed',
    iterations: 700,
    option: { windows: 12 },
  };
  const { scenarios, options } = await withConfig(['fuzz'], given, folder.path);
  expect(requestOf(scenarios, options, [])).toMatchObject({
    scenarios: ['fuzz'],
    builds: ['leaky'],
    repetitions: 1,
    jobs: 2,
    out: 'mine',
    overrides: { iterations: 700, windows: 12 },
  });
  expect(options).toHaveProperty('base', 'fixed');
});

test('what neither says is as usual: every build, once', async () => {
  writeFileSync(join(folder.path, 'leakgate.config.json'), '{}');
  const { scenarios, options } = await withConfig(['auto-reload'], GIVEN, folder.path);
  expect(requestOf(scenarios, options, [])).toMatchObject({
    scenarios: ['auto-reload'],
    builds: [],
    repetitions: 1,
    overrides: {},
  });
});

test('where none is named a project is not taken for leakgate itself', async () => {
  writeFileSync(join(folder.path, 'leakgate.config.json'), '{}');
  await expect(withConfig([], GIVEN, folder.path)).rejects.toThrow(/a scenario must be named/);
  expect((await withConfig([], GIVEN, folder.path, [])).scenarios).toEqual([]);
});

test('its reporters are used unless the command line has some, and must be known', async () => {
  const file = join(folder.path, 'reporting.json');
  writeFileSync(file, JSON.stringify({ scenarios: ['fuzz'], reporters: ['junit=a.xml', 'tap'] }));
  const { options } = await withConfig([], { ...GIVEN, config: file }, folder.path);
  expect(options.reporter).toEqual([
    { format: 'junit', path: join(folder.path, 'a.xml') },
    { format: 'tap' },
  ]);
  const given = { ...GIVEN, config: file, reporter: [{ format: 'sarif' }] as const };
  expect((await withConfig([], given, folder.path)).options.reporter).toEqual([{ format: 'sarif' }]);
  writeFileSync(file, JSON.stringify({ scenarios: ['fuzz'], reporters: ['xunit'] }));
  await expect(withConfig([], { ...GIVEN, config: file }, folder.path)).rejects.toThrow(
    /reporting\.json:\n {2}reporters\[0\] must have the form/,
  );
});
