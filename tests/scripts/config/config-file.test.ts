import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../scripts/config/config-file.ts';
import { temporaryFolder } from '../../support/cli.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  write('package.json', '{}');
});
afterEach(() => folder.remove());

function write(name: string, text: string): string {
  const path = join(folder.path, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('where the file is found', () => {
  test('none is none', async () => {
    expect(await loadConfig(undefined, folder.path)).toBeUndefined();
  });

  test('from a folder below, but not beyond the package', async () => {
    const file = write('leakgate.config.json', '{"jobs": 1}');
    mkdirSync(join(folder.path, 'src/deep'), { recursive: true });
    expect(await loadConfig(undefined, join(folder.path, 'src/deep'))).toEqual({ file, config: { jobs: 1 } });
    write('src/package.json', '{}');
    expect(await loadConfig(undefined, join(folder.path, 'src/deep'))).toBeUndefined();
  });

  test('two in one folder are refused, unless one is named', async () => {
    write('leakgate.config.json', '{"jobs": 1}');
    write('leakgate.config.mjs', 'export default { jobs: 2 };');
    await expect(loadConfig(undefined, folder.path)).rejects.toThrow(/must hold one, or --config name it/);
    expect((await loadConfig('leakgate.config.mjs', folder.path))?.config).toEqual({ jobs: 2 });
  });

  test('one that is named must be there', async () => {
    await expect(loadConfig('other.json', folder.path)).rejects.toThrow(
      /the file must exist: .*other\.json$/,
    );
  });
});

describe('what it holds', () => {
  test('TypeScript with enums works on every Node, and defineConfig needs no installed package', async () => {
    write(
      'leakgate.config.ts',
      `import { defineConfig } from 'leakgate/config';
      import { defineConfig as same } from 'leakgate';
      enum Size { small = 300 }
      const iterations: number = same === defineConfig ? Size.small : 0;
      export default defineConfig({ options: { iterations } });`,
    );
    expect((await loadConfig(undefined, folder.path))?.config).toEqual({ options: { iterations: 300 } });
  });

  test('paths start from its folder; globs are expanded; a name without an ending comes with leakgate', async () => {
    const [cache, bus] = [write('leaks/cache.mjs', ''), write('leaks/deep/bus.leak.mjs', '')];
    write('leaks/notes.txt', '');
    write(
      'leakgate.config.json',
      JSON.stringify({
        scenarios: ['leaks/**/*.mjs', 'auto-reload', 'a.mjs'],
        out: 'o',
        reporters: ['tap', 'junit=reports/a=b.xml'],
      }),
    );
    mkdirSync(join(folder.path, 'src'));
    const { config } = (await loadConfig(undefined, join(folder.path, 'src'))) ?? {};
    expect(config?.scenarios).toEqual([cache, bus, 'auto-reload', join(folder.path, 'a.mjs')]);
    expect(config?.out).toBe(join(folder.path, 'o'));
    expect(config?.reporters).toEqual(['tap', `junit=${join(folder.path, 'reports/a=b.xml')}`]);
  });

  test('a base is a path where it looks like one or is there, else the name of a build', async () => {
    const base = async (value: string) => {
      write('leakgate.config.json', JSON.stringify({ base: value }));
      return (await loadConfig(undefined, folder.path))?.config.base;
    };
    expect(await base('main')).toBe('main');
    expect(await base('saved.json')).toBe(join(folder.path, 'saved.json'));
    mkdirSync(join(folder.path, 'main'));
    expect(await base('main')).toBe('main');
    write('main/report.json', '{}');
    expect(await base('main')).toBe(join(folder.path, 'main'));
  });
});

test('a budget is milliseconds or a time as on the command line', async () => {
  for (const budget of ['3s', '1.5min', 250, 0]) {
    write('leakgate.config.json', JSON.stringify({ options: { budget } }));
    expect((await loadConfig(undefined, folder.path))?.config.options).toEqual({ budget });
  }
});

test('the $schema that editors look at is accepted', async () => {
  write('leakgate.config.json', '{"$schema": "https://example.org/leakgate.json", "jobs": 1}');
  expect((await loadConfig(undefined, folder.path))?.config.jobs).toBe(1);
});

describe('what is refused, by a message that says where', () => {
  const problems = async (config: string) => {
    write('leakgate.config.json', config);
    return loadConfig(undefined, folder.path).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  };

  test.each([
    ['{"jobs": 0}', 'jobs must be a whole number from 1: current value is 0'],
    ['{"repetitions": 10001}', 'repetitions must be a whole number from 1 to 10000: current value is 10001'],
    ['{"jobs": "2"}', 'jobs must be a whole number from 1: current value is "2"'],
    [
      '{"options": {"windows": 1}}',
      'options.windows must be a whole number from 2 to 60: current value is 1',
    ],
    ['{"options": {"nodeFlags": "x"}}', 'options.nodeFlags must be a list of flags: current value is "x"'],
    ['{"scenarios": "a.mjs"}', 'scenarios must be a list of texts: current value is "a.mjs"'],
    ['{"scenarios": []}', 'scenarios must name one: current value is []'],
    [
      '{"reporters": ["tap", "xunit"]}',
      'reporters[1] must have the form format or format=path, and format must be one of text,',
    ],
    ...['"3 s"', '"3"', '-1'].map(budget => [
      `{"options": {"budget": ${budget}}}`,
      `options.budget must be milliseconds >= 0, or a time such as "30s", "500ms" or "2min": current value is ${budget}`,
    ]),
    ['{"builds": ["a", 3]}', 'builds[1] must be text: current value is 3'],
    ['[]', 'it must be an object: current value is []'],
    ['{"scenarois": []}', 'scenarois is no field: did you mean "scenarios"?'],
    ['{"options": {"warmuplimit": 3}}', 'options.warmuplimit is no field: did you mean "warmupLimit"?'],
    ['{"colour": "red"}', 'colour is no field: must be one of scenarios, builds, base'],
    ['{"scenarios": ["leaks/*.mjs"]}', 'scenarios must match a file: "leaks/*.mjs"'],
  ])('%s', async (config, message) => {
    expect(await problems(config)).toContain(`leakgate.config.json:\n  ${message}`);
  });

  test('all of them at once', async () => {
    expect(await problems('{"jobs": 0, "repetitions": 0, "oyt": ""}')).toMatch(
      /repetitions must.*\n {2}jobs must.*\n {2}oyt is no field: did you mean "out"\?$/,
    );
  });

  test('what throws, or has no default export', async () => {
    const empty = write('empty.mjs', 'export const config = {};');
    await expect(loadConfig(empty, folder.path)).rejects.toThrow(/empty\.mjs: it must have a default export/);
    const broken = write('broken.ts', 'throw new Error("no such day");');
    await expect(loadConfig(broken, folder.path)).rejects.toThrow(/broken\.ts:1: no such day/);
    const undefinedList = write('list.mjs', '\nexport default { scenarios: undefined.files };');
    await expect(loadConfig(undefinedList, folder.path)).rejects.toThrow(
      /list\.mjs:2: Cannot read properties/,
    );
    await expect(loadConfig(write('a.yaml', ''), folder.path)).rejects.toThrow(
      /must end in .ts, .mjs or .json/,
    );
  });

  test.each([
    ['a.json', '{\n  "jobs": 1,\n  "out": ,\n}', "a.json:3:10: Unexpected token ',' in JSON"],
    ['a.json', '{\n  "jobs": 1\n', "a.json:3: Expected ',' or '}' after property value in JSON"],
    ['a.json', '', 'a.json:1: Unexpected end of JSON input'],
    ['a.ts', 'export default {\n  out: = 3,\n};', 'a.ts:2:8: Unexpected token'],
  ])('a syntax error in %s, with its line: %j', async (name, text, message) => {
    const file = write(name, text);
    await expect(loadConfig(name, folder.path)).rejects.toThrow(
      `Cannot load the configuration ${file.slice(0, -name.length)}${message}`,
    );
  });
});
