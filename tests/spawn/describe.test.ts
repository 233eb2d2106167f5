import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, describe as suite, test } from 'vitest';
import { UsageError } from '../../harness/errors.ts';
import { describe } from '../../harness/spawn/describe.ts';
import { scenarioPath } from '../support/trials.ts';

suite('describe()', () => {
  test('fills in what a scenario leaves out', async () => {
    const path = scenarioPath('rare-timer-leak.mjs');
    expect(await describe([path])).toEqual([
      {
        name: 'rare-timer-leak',
        description: '',
        path,
        unit: 'iteration',
        target: 'module',
        builds: { default: {} },
        expect: { default: 'steady' },
        parameters: {},
        options: {},
      },
    ]);
  });

  test('keeps the order of the paths, and expects steady where a scenario says nothing', async () => {
    const described = await describe([scenarioPath('timer-leak.mjs'), scenarioPath('heap-leak.mjs')]);
    expect(described.map(({ name }) => name)).toEqual(['timer-leak', 'heap-leak']);
    expect(described[0]?.expect).toEqual({ clean: 'steady', leaky: 'leak' });
    expect(described[1]?.unit).toBe('entry');
  });

  test('gives times that are text in milliseconds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'timed.mjs');
    const source = `export default { name: 'timed', options: { budget: '30s', warmup: 5 }, iterate() {} }`;
    try {
      writeFileSync(path, source);
      expect((await describe([path]))[0]?.options).toEqual({ warmup: 5, budget: 30_000 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('expects of every build what a scenario expects of all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'all.mjs');
    const source = `export default { name: 'all', builds: { a: {}, b: {} }, expect: 'leak', iterate() {} }`;
    try {
      writeFileSync(path, source);
      expect((await describe([path]))[0]?.expect).toEqual({ a: 'leak', b: 'leak' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('takes the default export of what was compiled to CommonJS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'compiled.cjs');
    const source = `Object.defineProperty(exports, '__esModule', { value: true });
      exports.default = { name: 'compiled', iterate() {} };`;
    try {
      writeFileSync(path, source);
      expect((await describe([path]))[0]?.name).toBe('compiled');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('blames the file that a TypeScript scenario cannot import, not itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'styled.mjs');
    const style = join(folder, 'a.css');
    writeFileSync(style, '');
    writeFileSync(path, "import './a.css'; export default { name: 'styled', iterate() {} };");
    await expect(describe([path])).rejects.toThrow(/Cannot load scenario.*Unknown file extension "\.css"/s);
    await expect(describe([path])).rejects.not.toThrow('strip types');
    rmSync(folder, { recursive: true });
  });

  test('loads a module under the flags that are given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'flagged.mjs');
    writeFileSync(
      path,
      "export default { name: process.noDeprecation ? 'flagged' : 'plain', iterate() {} };",
    );
    const [plain, flagged] = [
      await describe([path]),
      await describe([path], { nodeFlags: ['--no-deprecation'] }),
    ];
    rmSync(folder, { recursive: true });
    expect([plain[0]?.name, flagged[0]?.name]).toEqual(['plain', 'flagged']);
  });

  test('describes more modules than it runs at once, each once', async () => {
    const files = ['steady', 'heap-leak', 'timer-leak', 'steady', 'throwing'];
    const described = await describe(files.map(file => scenarioPath(`${file}.mjs`)));
    expect(described.map(({ name }) => name)).toEqual(files);
  });

  test('describes nothing of nothing', async () => {
    expect(await describe([])).toEqual([]);
  });

  test('ends what it has started when it is told to', async () => {
    const abortion = new AbortController();
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'endless.mjs');
    writeFileSync(path, 'await new Promise(resolve => setInterval(resolve, 60_000));\n');
    const refusal = describe([path, path, path], { signal: abortion.signal }).catch(
      (error: unknown) => error,
    );
    abortion.abort(new Error('enough'));
    expect(String(await refusal)).toBe('Error: enough');
    rmSync(folder, { recursive: true });
  });

  test('gives an engine scenario that names no builds those of the engine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'engine.mjs');
    writeFileSync(path, "export default { name: 'engine', target: 'engine', iterate() {} };");
    const [description] = await describe([path]);
    rmSync(folder, { recursive: true });
    expect(Object.keys(description?.builds ?? {})).toEqual(['fixed', 'leaky', 'upstream']);
    expect(description?.expect).toEqual({ fixed: 'steady', leaky: 'steady', upstream: 'steady' });
  });

  test.each([
    ['no-default.mjs', 'it must have a default export, as in export default {'],
    ['no-iterate.mjs', 'its "iterate" must be a function: current value is 5'],
    [
      'bad-name.mjs',
      'its "name" must be a string of letters, digits, ".", "_" and "-": current value is "bad name"',
    ],
    ['unknown-target.mjs', 'its "target" must be "engine" or "module": current value is "browser"'],
    ['unknown-build.mjs', 'its "expect" must name builds it has (clean): current value names "dirty"'],
    ['foreign-build.mjs', 'its "builds" must be among fixed, leaky, upstream: current value names "mended"'],
    ['inherited-build.mjs', 'its "expect" must name builds it has (clean): current value names "toString"'],
    ['inherited-engine-build.mjs', 'its "builds" must be among fixed, leaky, upstream'],
    ['throws-on-import.mjs', 'Error: not today'],
    ['missing.mjs', 'Cannot find module'],
  ])('refuses %s, naming the file', async (file, message) => {
    const path = scenarioPath(`broken/${file}`);
    const refusal = await describe([path]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(String(refusal)).toContain(path);
    expect(String(refusal)).toContain(message);
  });

  test.each(['Cannot use scenario at all', 'Cannot load scenario at all'])(
    'names the file of a module that fails with words like its own: %s',
    async said => {
      const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
      const path = join(folder, 'own-words.mjs');
      const errors = pathToFileURL(resolve('dist/harness/errors.js')).href;
      writeFileSync(
        path,
        `import { UsageError } from '${errors}';\nthrow new UsageError('${said}');\nexport default {};\n`,
      );
      const refusal = await describe([path]).catch((error: unknown) => error);
      rmSync(folder, { recursive: true });
      expect(refusal).toBeInstanceOf(UsageError);
      expect(String(refusal)).toBe(`UsageError: Cannot load scenario "${path}": ${said}`);
    },
  );

  test('shows the line of a syntax error', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const path = join(folder, 'syntax.mjs');
    writeFileSync(path, 'export default {\n  name: 5 5,\n};\n');
    const refusal = await describe([path]).catch((error: unknown) => String(error));
    rmSync(folder, { recursive: true });
    expect(refusal).toContain(`${path}:2`);
    expect(refusal).toContain('SyntaxError');
  });

  test.runIf(Number(process.versions.node.split('.')[0]) < 22)(
    'says what to do about TypeScript',
    async () => {
      await expect(describe([scenarioPath('typed.ts')])).rejects.toThrow(
        /must be able to strip types \(22\.18 or newer\), or the file must be compiled to JavaScript first/,
      );
    },
  );

  test.runIf(Number(process.versions.node.split('.')[0]) > 23)(
    'loads TypeScript where Node can',
    async () => {
      expect((await describe([scenarioPath('typed.ts')]))[0]?.name).toBe('typed');
    },
  );
});

test('a field that is unknown is refused with the one that was probably meant', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-'));
  const path = join(folder, 'misspelt.mjs');
  writeFileSync(path, "export default { name: 'a', iterate() {}, tearDown() {}, expects: 'leak' };");
  await expect(describe([path])).rejects.toThrow(
    'current value has "tearDown" (did you mean "teardown"?), "expects" (did you mean "expect"?)',
  );
  rmSync(folder, { recursive: true });
});
