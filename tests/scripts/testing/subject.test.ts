import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Subject, type SubjectOptions, scenarioOf } from '../../../scripts/testing/subject.ts';
import { temporaryFolder } from '../../support/cli.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

interface Loaded {
  readonly name: string;
  readonly iterate: (session: undefined, iteration: number) => unknown;
}

/** The scenario that a subject becomes, loaded here. */
async function scenario(subject: Subject, options: SubjectOptions = {}): Promise<Loaded> {
  const path = scenarioOf(subject, options, folder.path);
  const loaded = (await import(/* @vite-ignore */ `${pathToFileURL(path).href}?${Math.random()}`)) as {
    default: Loaded;
  };
  return loaded.default;
}

describe('a file', () => {
  test.each([
    ['a URL', pathToFileURL('/x/a b.mjs'), '/x/a b.mjs'],
    ['a URL as text', 'file:///x/a%20b.mjs', '/x/a b.mjs'],
    ['an absolute path', '/x/y.mjs', '/x/y.mjs'],
    ['a path from the working directory', 'leaks/y.mjs', resolve('leaks/y.mjs')],
    ['a URL of another realm', { href: 'file:///x/y.mjs' } as URL, '/x/y.mjs'],
  ])('%s is used as it is', (_name, subject, path) => {
    expect(scenarioOf(subject, {}, folder.path)).toBe(path);
  });
});

describe('a function', () => {
  test('gets the number of the iteration', async () => {
    const { iterate } = await scenario(iteration => iteration * 2);
    expect(iterate(undefined, 21)).toBe(42);
  });

  test('imports and requires relative to the file that it is said to come from', async () => {
    const from = pathToFileURL(resolve('tests/support/x.ts'));
    const imported = await scenario(
      async () => (await import('./scenarios/steady.mjs' as string)).default.name,
      {
        from,
      },
    );
    expect(await imported.iterate(undefined, 0)).toBe('steady');
    const required = await scenario(
      () =>
        (require(['.', 'scenarios', 'steady.mjs'].join('/')) as { readonly default: Loaded }).default.name,
      { from },
    );
    expect(required.iterate(undefined, 0)).toBe('steady');
  });

  test('takes no variable along', async () => {
    const around = 1;
    const { iterate } = await scenario(() => around);
    expect(() => iterate(undefined, 0)).toThrow('around is not defined');
  });

  test('is named after itself or as told, in letters that a scenario may have', async () => {
    expect((await scenario(function openAndClose() {})).name).toBe('openAndClose');
    expect((await scenario(() => {}, { name: 'the cache, emptied' })).name).toBe('the-cache-emptied');
    expect((await scenario(() => {})).name).toBe('function');
  });

  test.each([
    ['generator', function* () {}],
    ['async generator', async function* () {}],
  ])('is refused where it is a %s, whose body a call does not run', (_kind, subject) => {
    expect(() => scenarioOf(subject, {}, folder.path)).toThrow(/must not be a generator function/);
  });

  test('is refused where its source is none that can be sent', () => {
    const refused = /must be an arrow function or a function expression/;
    expect(() => scenarioOf({ method(this: void) {} }.method, {}, folder.path)).toThrow(refused);
    expect(() => scenarioOf(Math.random, {}, folder.path)).toThrow(refused);
    expect(() => scenarioOf((() => {}).bind(undefined), {}, folder.path)).toThrow(refused);
  });
});

test.each([
  [null, 'null'],
  [undefined, 'undefined'],
  [5, '5'],
  [{}, '{}'],
  [{ module: 5 }, '{ module: 5 }'],
])('%s is refused, with what must be given', (subject, shown) => {
  expect(() => scenarioOf(subject as unknown as Subject, {}, folder.path)).toThrow(
    `must be a path, a URL, { module, export } or a function: current value is ${shown}`,
  );
});

describe('something exported', () => {
  const module = resolve('tests/support/scenarios/steady.mjs');

  test('may be a scenario', async () => {
    expect((await scenario({ module })).name).toBe('steady');
  });

  test('may lie below a folder of Windows', () => {
    const path = scenarioOf({ module: 'C:\\users\\x.mjs' }, {}, folder.path);
    expect(readFileSync(path, 'utf8')).toContain('C:\\\\users\\\\x.mjs');
    expect(readFileSync(path, 'utf8')).not.toContain('C:\\users');
  });

  test.each(['b`c', `d"'e`])('may lie in a folder called %s', async name => {
    const file = join(folder.path, name, 'm.mjs');
    mkdirSync(join(folder.path, name));
    writeFileSync(file, 'export const twice = n => 2 * n;');
    expect((await scenario({ module: file, export: 'twice' })).iterate(undefined, 3)).toBe(6);
    const missing = scenarioOf({ module: file, export: 'nothing' }, {}, folder.path);
    await expect(import(/* @vite-ignore */ `${pathToFileURL(missing).href}?${name}`)).rejects.toThrow(
      `Cannot repeat "nothing" of ${file} as it must be a function or a scenario: it exports twice`,
    );
  });

  test('must be exported, and be a function or a scenario', async () => {
    const path = scenarioOf({ module, export: 'nothing' }, {}, folder.path);
    expect(readFileSync(path, 'utf8')).toContain(pathToFileURL(module).href);
    await expect(import(/* @vite-ignore */ pathToFileURL(join(path)).href)).rejects.toThrow(
      /Cannot repeat "nothing" of .*steady\.mjs as it must be a function or a scenario: it exports default/,
    );
  });

  test('must not be a generator function', async () => {
    const generating = join(folder.path, 'generating.mjs');
    writeFileSync(generating, 'export function* rows() {}');
    const path = scenarioOf({ module: generating, export: 'rows' }, {}, folder.path);
    await expect(import(/* @vite-ignore */ pathToFileURL(path).href)).rejects.toThrow(
      /"rows" of .*generating\.mjs as it must not be a generator function/,
    );
  });
});
